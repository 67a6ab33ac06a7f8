"""Reads the files that people and programs send, within bounds."""
