"""Saved searches, as pure rules: what an event frees, and which of it fits a search."""
