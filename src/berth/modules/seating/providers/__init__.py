"""What seating needs of the world outside: paper."""
