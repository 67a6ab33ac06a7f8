"""Durations and moments as people type and read them, in the zone of the thing that they reserve.

A local time that daylight saving skips or repeats is resolved by the one rule of ``kit.localtime``, and
the person is told so.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from berth.edges.cli.failure import Misused
from berth.kit.localtime import UnknownZone, exists, resolve
from berth.kit.localtime import zone as zone_named

DAYS_MAX = 3660
DASH = "\N{EN DASH}"
_DURATION = re.compile(r"(?=.)(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m(?:in)?)?", re.ASCII)
CLOCK = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)
_DAYS_AHEAD = {"today": 0, "tomorrow": 1}
TIME_FORMS = "2027-03-01T09:00, 2027-03-01T09:00+01:00, 09:00, 'tomorrow 09:00' or now"


def parse_duration(text: str) -> timedelta:
    """Answer the length of ``1h30m``, ``90m``, ``2h`` or ``1d``; a day is 24 hours."""
    found = _DURATION.fullmatch(text.strip().lower().replace(" ", ""))
    if not found:
        raise Misused(f"{text!r} is not a duration; write one such as 1h30m, 90m, 2h or 1d.")
    days, hours, minutes = (int(part or 0) for part in found.groups())
    length = timedelta(days=days, hours=hours, minutes=minutes)
    if not timedelta(0) < length <= timedelta(days=DAYS_MAX):
        raise Misused(f"A duration is at least one minute and at most {DAYS_MAX} days, and {text!r} is not.")
    return length


def parse_minutes(text: str) -> int:
    """Answer the minutes of a duration, or of a plain number, which means minutes; 0 is allowed."""
    if text.isascii() and text.isdigit() and len(text) < 8:
        return int(text)
    return int(parse_duration(text).total_seconds()) // 60


def show_duration(length: timedelta) -> str:
    """Answer the length the way ``parse_duration`` reads it."""
    minutes = int(length.total_seconds()) // 60
    parts = ((minutes // 1440, "d"), (minutes // 60 % 24, "h"), (minutes % 60, "m"))
    return "".join(f"{count}{unit}" for count, unit in parts if count) or "0m"


@dataclass(frozen=True)
class Moment:
    """An instant in UTC, and what the person must know about how it was read (or nothing)."""

    instant: datetime
    note: str | None = None

    @property
    def wire(self) -> str:
        """Answer it as the API takes it."""
        return self.instant.isoformat().replace("+00:00", "Z")


def is_local(text: str) -> bool:
    """Tell whether a zone is needed to know which instant the text means."""
    words = text.strip()
    if words.lower() == "now":
        return False
    try:
        return datetime.fromisoformat(words).tzinfo is None
    except ValueError:
        return True


def parse_moment(text: str, where: ZoneInfo, now: datetime) -> Moment:
    """Answer the instant that the text means to somebody in the zone.

    ``now`` is the next full minute. A text with an offset means itself in any zone.
    """
    words = text.strip()
    if words.lower() == "now":
        full = now.astimezone(UTC).replace(second=0, microsecond=0)
        return Moment(full if full == now else full + timedelta(minutes=1))
    try:
        return _resolved(_written(words, now.astimezone(where).date()), where)
    except OverflowError as error:
        raise Misused(f"{text!r} is too far away.") from error


def _written(words: str, today: date) -> datetime:
    """Answer the wall-clock time that the words name, or the aware one if they carry an offset."""
    day_name, _, rest = words.lower().partition(" ")
    if day_name in _DAYS_AHEAD:
        return _at(today + timedelta(days=_DAYS_AHEAD[day_name]), rest.strip() or "00:00")
    if CLOCK.fullmatch(words):
        return _at(today, words)
    try:
        if words.endswith(("T24:00", " 24:00")):
            return datetime.fromisoformat(words[:-5] + "00:00") + timedelta(days=1)
        return datetime.fromisoformat(words)
    except ValueError as error:
        raise Misused(f"{words!r} is not a time; write {TIME_FORMS}.") from error


def _at(day: date, clock: str) -> datetime:
    found = CLOCK.fullmatch(clock)
    hour, minute = (int(part) for part in found.groups()) if found else (99, 0)
    if minute > 59 or hour * 60 + minute > 24 * 60:
        raise Misused(f"{clock!r} is not a time of day; write one from 00:00 to 24:00.")
    return datetime(day.year, day.month, day.day) + timedelta(minutes=hour * 60 + minute)  # noqa: DTZ001 wall clock


def _resolved(written: datetime, where: ZoneInfo) -> Moment:
    if written.tzinfo is not None:
        return Moment(written.astimezone(UTC))
    instant = resolve(written, where)
    shown = f"{written:%a %Y-%m-%d %H:%M}"
    if not exists(written, where):
        moved = f"{instant.astimezone(where):%H:%M}"
        return Moment(instant, f"{shown} does not exist in {where.key}: the clocks skip it. Read as {moved}.")
    if _repeated(instant, where):
        offset = _offset(instant.astimezone(where))
        return Moment(
            instant,
            f"{shown} happens twice in {where.key}, when the clocks go back. Read as the first ({offset}).",
        )
    return Moment(instant)


def _repeated(instant: datetime, where: ZoneInfo) -> bool:
    """Tell whether clocks in the zone show this instant's time twice."""
    local = instant.astimezone(where)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _offset(local: datetime) -> str:
    return local.isoformat()[-6:]


def zone(name: str) -> ZoneInfo:
    """Answer the zone of a name that a person typed."""
    try:
        return zone_named(name)
    except UnknownZone as error:
        raise Misused(f"{error}.") from error


def instant_of(text: str) -> datetime:
    """Answer the instant of a time in one of the API's answers."""
    return datetime.fromisoformat(text)


def show_moment(instant: datetime, where: ZoneInfo) -> str:
    """Answer ``Mon 2027-03-01 09:00 Europe/Rome``."""
    return f"{_day(instant, where)} {_clock(instant, where)} {where.key}"


def show_range(start: datetime, end: datetime, where: ZoneInfo) -> str:
    """Answer ``Mon 2027-03-01 09:00-10:00 Europe/Rome`` (with an en dash), with both days if there are two."""
    return f"{_range(start, end, where)} {where.key}"


def show_ranges(items: Sequence[Mapping[str, Any]], zones: Sequence[ZoneInfo], name: str) -> tuple[str, list[str]]:
    """Answer the heading and the cells of a column of ranges; a zone that all share is named in the heading."""
    ranges = [(instant_of(one["start"]), instant_of(one["end"])) for one in items]
    if len({where.key for where in zones}) == 1:
        shown = [_range(start, end, where) for (start, end), where in zip(ranges, zones, strict=True)]
        return f"{name} ({zones[0].key})", shown
    return name, [show_range(start, end, where) for (start, end), where in zip(ranges, zones, strict=True)]


def _range(start: datetime, end: datetime, where: ZoneInfo) -> str:
    first = f"{_day(start, where)} {_clock(start, where)}"
    local_start, local_end = start.astimezone(where), end.astimezone(where)
    if local_end.date() == local_start.date():
        return f"{first}{DASH}{_clock(end, where)}"
    midnight = not local_end.hour and not local_end.minute
    if midnight and local_end.date() == local_start.date() + timedelta(days=1):
        return f"{first}{DASH}24:00"
    return f"{first} {DASH} {_day(end, where)} {_clock(end, where)}"


def show_item_range(item: Mapping[str, Any], where: ZoneInfo) -> str:
    """Answer the range of anything with ``start`` and ``end`` from the API."""
    return show_range(instant_of(item["start"]), instant_of(item["end"]), where)


def _day(instant: datetime, where: ZoneInfo) -> str:
    return f"{instant.astimezone(where):%a %Y-%m-%d}"


def _clock(instant: datetime, where: ZoneInfo) -> str:
    """Answer the wall-clock time, with its offset where the clock alone would mean two instants."""
    local = instant.astimezone(where)
    return f"{local:%H:%M}{_offset(local) if _repeated(instant, where) else ''}"
