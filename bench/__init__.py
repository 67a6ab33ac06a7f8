"""Measures Berth against bare PostgreSQL, in one run on one machine: ratios, never absolute times."""
