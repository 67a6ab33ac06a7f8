"""``berth calendar``: feeds, calendars from outside, and app passwords."""
