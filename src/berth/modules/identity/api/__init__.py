"""Identity over HTTP."""
