"""All SQL of allowances."""
