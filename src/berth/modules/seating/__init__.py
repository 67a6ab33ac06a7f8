"""Sells auditoriums seat by seat: venues with their seat maps."""
