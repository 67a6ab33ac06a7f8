"""The building of the web app."""
