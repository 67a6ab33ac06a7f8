"""Closing a resource over HTTP: first shown, then confirmed."""
