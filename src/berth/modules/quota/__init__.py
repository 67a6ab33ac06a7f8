"""Allowances per person and period: what is left, what is held for reservations, and what was used."""
