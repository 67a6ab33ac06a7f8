"""Series as pure rules: what a rule means, which times it gives, and how reservations follow it."""
