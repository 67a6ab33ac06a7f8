"""The rules of allowances, without I/O."""
