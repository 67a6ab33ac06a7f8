"""Local wall-clock times to instants and back, with one rule for the hours that daylight saving takes or repeats.

A local time that does not exist (clocks go forward) is read with the offset in force before the
change, so it moves forward by the length of the gap: 02:30 becomes 03:30. A local time that exists
twice (clocks go back) means its first occurrence. This is the rule of RFC 5545, section 3.3.5.
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

DAY_MINUTES = 24 * 60


class UnknownZone(ValueError):
    """The name is not in the IANA time zone database."""


@lru_cache(maxsize=1)
def _zone_names() -> frozenset[str]:
    return frozenset(available_timezones())


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """Answer the zone of an IANA name such as ``Europe/Rome``; raise ``UnknownZone`` for any other text."""
    if name not in _zone_names():
        raise UnknownZone(f"{name!r} is not an IANA time zone; write one such as Europe/Rome or UTC")
    return ZoneInfo(name)


def resolve(local: datetime, where: ZoneInfo) -> datetime:
    """Answer the instant, in UTC, of a naive local time, by the rule on top of this module."""
    if local.tzinfo is not None:
        raise ValueError("a local time carries no offset")
    return local.replace(tzinfo=where, fold=0).astimezone(UTC)


def exists(local: datetime, where: ZoneInfo) -> bool:
    """Tell whether a clock in this zone ever shows the naive local time."""
    return resolve(local, where).astimezone(where).replace(tzinfo=None) == local


def minute_of(day: date, minute: int, where: ZoneInfo) -> datetime:
    """Answer the instant at ``minute`` (0 to 1440, counted on the wall clock) of a local day."""
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 a wall-clock time on purpose
    return resolve(midnight + timedelta(minutes=minute) if minute else midnight, where)
