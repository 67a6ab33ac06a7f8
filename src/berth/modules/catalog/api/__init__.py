"""The doors of the catalogue for HTTP."""
