"""Contracts asked from another process: the same Protocol, spoken over HTTP."""
