"""The SQL of seating."""
