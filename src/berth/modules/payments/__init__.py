"""Owns prices and what becomes of the money for a reservation; never the reservation itself."""
