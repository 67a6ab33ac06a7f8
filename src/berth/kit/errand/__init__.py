"""Errands: what is done in the world outside, asked for together with the change that wants it."""
