"""What people and administrators do with accounts and sessions; one transaction each."""
