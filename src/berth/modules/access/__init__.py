"""Owns door codes: who may read them, when they are valid, and what the lock was told; never the reservations."""
