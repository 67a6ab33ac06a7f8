"""What people are told, and in which words: rules without I/O."""
