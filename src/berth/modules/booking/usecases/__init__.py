"""The verbs of reserving, one transaction each."""
