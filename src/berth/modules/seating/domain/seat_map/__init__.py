"""Seat maps: what they are, and where they come from."""
