"""The verbs of the record: append, list, export, verify, and remove what is too old."""
