"""Commands of the life of a reservation: coming, going, going on, and who approves."""
