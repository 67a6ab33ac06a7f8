"""SQL for series."""
