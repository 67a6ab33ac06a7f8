"""The rules of seating, without I/O."""
