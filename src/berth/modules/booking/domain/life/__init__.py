"""The life of a reservation, as pure rules: what is asked and answered, what time brings, coming and going."""
