"""The verbs of notifications."""
