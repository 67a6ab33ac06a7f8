"""When a resource is open, as instants: weekly hours and exceptions of its zone, over any window."""

from collections.abc import Hashable, Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from berth.contracts.catalog import Interval, Opening
from berth.kit.localtime import minute_of, zone

Range = tuple[datetime, datetime]
"""Two instants in UTC, half-open, the first before the second."""

ONE_DAY = timedelta(days=1)


def open_ranges(opening: Opening | None, where: ZoneInfo, start: datetime, until: datetime) -> list[Range]:
    """Answer when a resource is open within ``[start, until)``: sorted ranges in UTC that do not touch.

    ``None`` means at all hours. A local day may have 23 or 25 hours; an interval of which daylight
    saving leaves nothing vanishes, and hours up to 24:00 are one range with those from 00:00 on the next day.
    """
    start, until = start.astimezone(UTC), until.astimezone(UTC)
    if start >= until:
        return []
    if opening is None:
        return [(start, until)]
    # One day more at each end: a gap around midnight moves an interval into its neighbour.
    day = start.astimezone(where).date() - ONE_DAY
    last = until.astimezone(where).date() + ONE_DAY
    found: list[Range] = []
    while day <= last:
        found += _of_day(intervals_of(opening, day), where, day)
        day += ONE_DAY
    return [
        (max(opens, start), min(closes, until)) for opens, closes in merged(found) if opens < until and closes > start
    ]


def covers(opening: Opening | None, where: ZoneInfo, start: datetime, end: datetime) -> bool:
    """Tell whether a resource is open without a break from ``start`` to ``end``."""
    return opening is None or open_ranges(opening, where, start, end) == [(start, end)]


def closed_between(opens: Iterable[Range], start: datetime, until: datetime) -> list[Range]:
    """Answer what sorted ranges leave of ``[start, until)``."""
    answer: list[Range] = []
    for begin, end in opens:
        if begin > start:
            answer.append((start, begin))
        start = max(start, end)
    if start < until:
        answer.append((start, until))
    return answer


def intervals_of(opening: Opening, day: date) -> tuple[Interval, ...]:
    """Answer the hours of one local day: its exception's if there is one, else its weekday's."""
    exception = opening.exceptions.get(day)
    return opening.weekly[day.weekday()] if exception is None else exception


def merged(ranges: Iterable[Range]) -> list[Range]:
    """Answer the same time as sorted ranges that neither overlap nor touch."""
    answer: list[Range] = []
    for start, end in sorted(ranges):
        if answer and start <= answer[-1][1]:
            answer[-1] = (answer[-1][0], max(answer[-1][1], end))
        else:
            answer.append((start, end))
    return answer


@lru_cache(maxsize=8192)
def _of_day(intervals: tuple[Interval, ...], where: ZoneInfo, day: date) -> tuple[Range, ...]:
    found = ((minute_of(day, opens, where), minute_of(day, closes, where)) for opens, closes in intervals)
    return tuple((opens, closes) for opens, closes in found if opens < closes)


class OpenHours:
    """The opening hours of many resources within one window, worked out once for all that share them."""

    def __init__(self, start: datetime, until: datetime) -> None:
        self._start = start.astimezone(UTC)
        self._until = until.astimezone(UTC)
        self._found: dict[Hashable, list[Range]] = {}

    def of(self, opening: Opening | None, timezone: str) -> list[Range]:
        """Answer ``open_ranges`` of the window."""
        if opening is None:
            return [(self._start, self._until)]
        key = (opening.weekly, frozenset(opening.exceptions.items()), timezone)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = open_ranges(opening, zone(timezone), self._start, self._until)
        return found
