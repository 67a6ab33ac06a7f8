"""Holding slots, giving them back, and reserving them."""
