"""``berth prices`` and ``berth payments``: what reservations cost, and what was paid."""
