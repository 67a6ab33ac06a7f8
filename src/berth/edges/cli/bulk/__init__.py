"""Many reservations at once from a file, all or nothing."""
