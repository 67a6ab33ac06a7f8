"""What an entry is, how entries are chained, and how they are written for others to read."""
