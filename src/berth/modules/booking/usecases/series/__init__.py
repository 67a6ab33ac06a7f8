"""The verbs of series, one transaction each."""
