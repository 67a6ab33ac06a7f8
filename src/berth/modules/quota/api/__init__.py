"""The routes of allowances."""
