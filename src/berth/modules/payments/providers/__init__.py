"""Who moves the money: a person at a desk, or Stripe."""
