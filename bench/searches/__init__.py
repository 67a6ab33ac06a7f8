"""What saved searches cost those who free something, and how soon they are told."""
