"""Saved searches over HTTP."""
