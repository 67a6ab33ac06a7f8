"""Rules of accounts, passwords, the lockout and tokens, without input or output."""
