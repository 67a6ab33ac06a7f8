"""Machinery without a business word: any reservation system, or none, could use it."""
