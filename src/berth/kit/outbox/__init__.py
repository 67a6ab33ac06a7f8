"""Events: committed with the change they tell of, and handled once in effect by every group that listens."""
