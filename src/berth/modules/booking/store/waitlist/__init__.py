"""The tables of holds and of the waitlist."""
