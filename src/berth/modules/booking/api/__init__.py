"""Booking's door for HTTP."""
