"""Times of a calendar as instants: in UTC, in a zone that it names or describes, or in that of who subscribed."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from berth.kit.localtime import UnknownZone, resolve, zone
from berth.modules.calendar.domain.reading.lines import Component, FeedBroken, Line

Resolve = Callable[[datetime], datetime]
"""Answers the instant of a naive local time."""

DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
TIME = re.compile(r"(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(Z?)")
DURATION = re.compile(r"([+-]?)P(?:(\d{1,6})W|(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?)")


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as it was written: on the wall clock, and how to turn that into an instant."""

    local: datetime
    resolve: Resolve
    is_date: bool

    @property
    def instant(self) -> datetime:
        """Answer the instant; of a date that of its first moment."""
        return self.resolve(self.local)


def _in_utc(local: datetime) -> datetime:
    return local.replace(tzinfo=UTC)


class Zones:
    """The zones that a calendar may name; times that name none are read in ``own``."""

    def __init__(self, parts: Iterable[Component], own: ZoneInfo) -> None:
        self._own: Resolve = lambda local: resolve(local, own)
        self._described = {
            one.text: part for part in parts if part.name == "VTIMEZONE" if (one := part.one("TZID")) is not None
        }
        self._known: dict[str, Resolve] = {"UTC": _in_utc, "": self._own}

    def of(self, name: str) -> Resolve:
        """Answer how local times of a zone are resolved; raise ``FeedBroken`` if nobody knows it."""
        if name not in self._known:
            self._known[name] = self._find(name)
        return self._known[name]

    def moments(self, line: Line) -> list[str]:
        """Answer the values of a line that may have several."""
        return [one.strip() for one in line.value.split(",") if one.strip()]

    def read(self, line: Line, value: str | None = None) -> Moment:
        """Answer the time of a line, or of one of its values; raise ``FeedBroken`` if it is none."""
        text = line.value if value is None else value
        try:
            if found := DATE.fullmatch(text):
                return Moment(_local(found.groups()), self._own, True)
            if found := TIME.fullmatch(text):
                # A leap second is the last one of its minute, to who knows none.
                local = _local((*found.groups()[:5], str(min(int(found[6]), 59))))
                return Moment(local, _in_utc if found[7] else self.of(line.parameters.get("TZID", "")), False)
        except (ValueError, OverflowError) as error:
            raise FeedBroken(
                f"{line.name}: {error}" if isinstance(error, FeedBroken) else _no_time(line, text)
            ) from error
        raise FeedBroken(_no_time(line, text))

    def _find(self, name: str) -> Resolve:
        try:
            found = zone(WINDOWS_TO_OLSON.get(name, name).strip("/"))
        except UnknownZone:
            return self._from_description(name)
        return lambda local: resolve(local, found)

    def _from_description(self, name: str) -> Resolve:
        part = self._described.get(name)
        if part is None:
            raise FeedBroken(f"the time zone {name[:80]!r} is neither known nor described in the calendar.")
        try:
            described = Timezone.from_ical("\r\n".join(part.source[1:]))
            if not isinstance(described, Timezone):
                raise TypeError(type(described))
            where = described.to_tz()
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, IndexError) as error:
            raise FeedBroken(f"the time zone {name[:80]!r} is described in a way that cannot be read.") from error
        return lambda local: local.replace(tzinfo=where, fold=0).astimezone(UTC)


def read_duration(line: Line, text: str | None = None) -> timedelta:
    """Answer the length that is written as ``PT1H30M`` or ``P1D``; raise ``FeedBroken`` if it is none."""
    value = line.value if text is None else text
    found = DURATION.fullmatch(value)
    if found is None or not any(found.groups()[1:]):
        raise FeedBroken(f"{line.name}: {value[:40]!r} is no duration.")
    weeks, days, hours, minutes, seconds = (int(one or 0) for one in found.groups()[1:])
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if found[1] == "-" else length


def _local(parts: Sequence[str]) -> datetime:
    year, month, day, hour, minute, second = map(int, (*parts, "0", "0", "0")[:6])
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 a wall-clock time on purpose


def _no_time(line: Line, text: str) -> str:
    return f"{line.name}: {text[:40]!r} is no date and no time."
