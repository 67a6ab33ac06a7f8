"""Saved searches on the database: told once, not too often, and of nothing that is not free."""
