"""Owns what people are told and what they want to be told of; never the reservations that it is about."""
