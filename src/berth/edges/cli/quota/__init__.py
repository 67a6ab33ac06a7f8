"""The commands of allowances."""
