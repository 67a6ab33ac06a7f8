"""The routes of seating."""
