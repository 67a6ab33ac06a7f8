"""What to do when many want to change the same."""
