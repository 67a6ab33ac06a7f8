"""Connections of their own to the outside, and never a table."""
