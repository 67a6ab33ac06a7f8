"""Venues and their seats."""
