"""A payment server of the tests' own that speaks the part of Stripe's HTTP API which Berth uses."""
