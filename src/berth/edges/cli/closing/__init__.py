"""Closing a resource: what is in the way is shown, and done once a person has said yes."""
