"""Seats in SQL: every change is one guarded statement, which writes the event that tells of it."""
