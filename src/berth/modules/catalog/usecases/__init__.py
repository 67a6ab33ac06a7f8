"""The verbs of the catalogue, one transaction each, and its memory."""
