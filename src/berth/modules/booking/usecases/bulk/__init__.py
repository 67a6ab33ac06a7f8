"""Many operations on reservations at once, all or nothing."""
