"""The rules of seats: where they are to each other, which are the best, and what a choice leaves alone."""
