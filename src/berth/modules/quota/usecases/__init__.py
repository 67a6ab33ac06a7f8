"""The verbs of allowances: set, grant, hold, and tell what is left."""
