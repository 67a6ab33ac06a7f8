"""The language of seating: venues, what is on there, its seats, and who bought which."""
