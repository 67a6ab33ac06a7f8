"""Saved searches, as rules."""
