"""Owns reservations and everything else that occupies a resource; never who people are or what resources are."""
