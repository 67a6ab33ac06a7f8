"""The present moment, handed in where a rule needs it, so that a test can choose it."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Answers the present as an aware datetime in UTC."""


def system_clock() -> datetime:
    """Answer the machine's present."""
    return datetime.now(UTC)
