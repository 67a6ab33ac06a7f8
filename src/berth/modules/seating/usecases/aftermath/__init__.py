"""What follows for those who hold or bought seats when a performance is cancelled or changed."""
