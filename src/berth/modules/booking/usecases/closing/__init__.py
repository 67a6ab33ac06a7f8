"""Closing a resource for a time, with all that is in the way."""
