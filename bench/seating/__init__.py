"""The sale of an evening, and those who watch it."""
