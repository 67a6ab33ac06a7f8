"""What calendars read of booking, and what calendars from outside close, in SQL."""
