"""People and their roles, sign-in, sessions and tokens."""
