"""What access does: gives and takes codes, tells the lock, shows a code to its owner, checks one."""
