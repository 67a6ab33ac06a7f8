"""The waiting room in SQL: the line of those who wait, and the room of those who are inside."""
