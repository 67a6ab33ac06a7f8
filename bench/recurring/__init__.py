"""What a series costs beside the plain SQL."""
