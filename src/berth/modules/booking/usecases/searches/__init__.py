"""Saved searches: keeping them, noting what becomes free, and telling their owners."""
