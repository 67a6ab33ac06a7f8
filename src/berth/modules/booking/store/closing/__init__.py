"""Closing a resource, as rows: what is in the way, what takes its place, and what is remembered of it."""
