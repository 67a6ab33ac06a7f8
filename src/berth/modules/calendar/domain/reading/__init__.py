"""Reading calendars from outside: content lines, zones, and recurrences within bounds (RFC 5545)."""
