"""Berth reserves anything that has a calendar, and never twice."""
