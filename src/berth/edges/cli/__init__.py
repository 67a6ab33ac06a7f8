"""The command line, which speaks only the public API."""
