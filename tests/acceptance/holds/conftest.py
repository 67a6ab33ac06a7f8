"""Rooms to hold."""

from tests.acceptance.booking.conftest import new_room

__all__ = ["new_room"]
