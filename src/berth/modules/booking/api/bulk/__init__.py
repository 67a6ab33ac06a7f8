"""Many operations over HTTP: as JSON, and as CSV."""
