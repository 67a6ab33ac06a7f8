"""Opening hours as they are written in JSON, and as the rules use them.

Written: ``{"weekly": {"monday": [["08:00", "12:00"], …], …}, "exceptions": {"2027-04-05": []}}``. A
weekday that is left out is closed. "24:00" is the end of a day and never a beginning.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from berth.contracts.catalog import Interval, Opening
from berth.modules.catalog.domain import words

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EXCEPTIONS_MAX = 1_000
INTERVALS_MAX = 48

TIME_PATTERN = r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$"

Written = Mapping[str, Any]


def read_opening(written: Written) -> Opening:
    """Answer the hours, each day's intervals sorted and merged where they touch.

    Raises ``ValueError`` with a sentence for times that are none, an end that is not behind its
    beginning, and intervals that overlap.
    """
    weekly, exceptions = written.get("weekly") or {}, written.get("exceptions") or {}
    unknown = sorted(set(weekly) - set(WEEKDAYS))
    if unknown:
        raise ValueError(f"{unknown[0]!r} is not a weekday; write monday to sunday")
    if len(exceptions) > EXCEPTIONS_MAX:
        raise ValueError(f"there are up to {EXCEPTIONS_MAX} exceptions")
    days = {words.day(text): (text, pairs) for text, pairs in exceptions.items()}
    return Opening(
        weekly=tuple(_intervals(weekday, weekly.get(weekday) or ()) for weekday in WEEKDAYS),
        exceptions={day: _intervals(text, pairs) for day, (text, pairs) in sorted(days.items())},
    )


def write_opening(opening: Opening) -> dict[str, Any]:
    """Answer the hours as JSON, every weekday named."""
    return {
        "weekly": {weekday: _pairs(intervals) for weekday, intervals in zip(WEEKDAYS, opening.weekly, strict=True)},
        "exceptions": {day.isoformat(): _pairs(intervals) for day, intervals in opening.exceptions.items()},
    }


def _intervals(day: str, pairs: Sequence[Sequence[str]]) -> tuple[Interval, ...]:
    if len(pairs) > INTERVALS_MAX:
        raise ValueError(f"{day}: there are up to {INTERVALS_MAX} intervals a day")
    found: list[Interval] = []
    for start, end in sorted(_interval(day, pair) for pair in pairs):
        if found and start < found[-1][1]:
            raise ValueError(f"{day}: {_text(*found[-1])} and {_text(start, end)} overlap; write one interval")
        if found and start == found[-1][1]:
            start = found.pop()[0]  # noqa: PLW2901 the interval goes on from where the touching one began
        found.append((start, end))
    return tuple(found)


def _interval(day: str, pair: Sequence[str]) -> Interval:
    if len(pair) != 2:
        raise ValueError(f'{day}: an interval is a pair such as ["08:00", "12:00"]')
    start, end = _minute(day, pair[0]), _minute(day, pair[1])
    if start >= end:
        raise ValueError(f"{day}: {pair[0]}-{pair[1]} does not end after it begins; split it at midnight if need be")
    return start, end


def _minute(day: str, text: str) -> int:
    if not re.fullmatch(TIME_PATTERN, text):
        raise ValueError(f'{day}: {text!r} is not a time of day; write it as "08:30", the end of a day as "24:00"')
    return int(text[:2]) * 60 + int(text[3:])


def _pairs(intervals: Sequence[Interval]) -> list[list[str]]:
    return [[_clock(start), _clock(end)] for start, end in intervals]


def _text(start: int, end: int) -> str:
    return f"{_clock(start)}-{_clock(end)}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
