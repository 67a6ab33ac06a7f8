"""What calendars hold and how they are written and read: rules alone."""
