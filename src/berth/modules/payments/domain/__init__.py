"""The pure rules of payments: what something costs, and what is to be done about it."""
