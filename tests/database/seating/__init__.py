"""Seating alone on a database: seats, holds, orders and the door."""
