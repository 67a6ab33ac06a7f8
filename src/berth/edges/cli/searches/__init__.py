"""Saved searches from a terminal."""
