"""Commands about reservations that recur."""
