"""The verbs of seating, one transaction each."""
