"""What booking tells, and what it is asked: one file for each capability."""
