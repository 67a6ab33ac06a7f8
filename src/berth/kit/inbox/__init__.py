"""What the groups of a module are to handle, and its handling: each event once in effect."""
