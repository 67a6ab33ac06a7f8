"""Rules of recurrence as RFC 5545 writes them (RRULE), as far as resources are reserved by them.

A rule recurs by days, weeks, months or years. The time of day is that of the series' start, so rules that recur
within a day, or name hours, are refused with a sentence.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
INTERVAL_MAX = 1000
COUNT_MAX = 10_000
LENGTH_MAX = 500


class NotTaken(ValueError):
    """The rule is none, or none that is taken; the message is a sentence that says the way out."""


class Freq(StrEnum):
    """What a rule counts by."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. ``until`` is a wall-clock time; ``by_day`` holds weekdays (Monday is 0), each with its place or none.

    The place counts within the month; within the year if the rule is yearly and names no months.
    """

    freq: Freq
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    by_month: tuple[int, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_day: tuple[tuple[int | None, int], ...] = ()
    by_set_pos: tuple[int, ...] = ()
    week_start: int = 0


def parse(text: str, where: ZoneInfo) -> Rule:
    """Answer the rule that the text writes; an UNTIL in UTC becomes a time of the zone. Raise ``NotTaken``."""
    if len(text) > LENGTH_MAX:
        raise NotTaken(f"A rule has up to {LENGTH_MAX} characters.")
    parts: dict[str, str] = {}
    for part in text.strip().upper().removeprefix("RRULE:").split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value or name in parts:
            raise NotTaken(f"{part!r} is no part of a rule; write one such as FREQ=WEEKLY;BYDAY=TU;COUNT=10.")
        parts[name] = value
    members: dict[str, Any] = {"freq": _freq(parts.pop("FREQ", None))}
    for name, value in parts.items():
        if name not in READERS:
            raise NotTaken(_unknown(name))
        member, read = READERS[name]
        members[member] = read(name, value, where)
    rule = Rule(**members)
    _refuse_contradictions(rule)
    return rule


def written(rule: Rule) -> str:
    """Answer the rule as text that ``parse`` reads again."""
    days = [f"{place or ''}{WEEKDAYS[day]}" for place, day in rule.by_day]
    lists = {
        "BYMONTH": rule.by_month,
        "BYMONTHDAY": rule.by_month_day,
        "BYDAY": days,
        "BYSETPOS": rule.by_set_pos,
    }
    parts = [
        f"FREQ={rule.freq}",
        *([f"INTERVAL={rule.interval}"] if rule.interval > 1 else []),
        *(f"{name}={','.join(map(str, values))}" for name, values in lists.items() if values),
        *([f"WKST={WEEKDAYS[rule.week_start]}"] if rule.week_start else []),
        *([f"COUNT={rule.count}"] if rule.count else []),
        *([f"UNTIL={rule.until:%Y%m%dT%H%M%S}"] if rule.until else []),
    ]
    return ";".join(parts)


def _freq(value: str | None) -> Freq:
    if value in {"SECONDLY", "MINUTELY", "HOURLY"}:
        raise NotTaken(f"FREQ={value} is not taken: a series recurs by days at least. Write DAILY, WEEKLY or longer.")
    if value not in set(Freq):
        raise NotTaken("A rule begins with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY.")
    return Freq(value)


def _unknown(name: str) -> str:
    if name in {"BYHOUR", "BYMINUTE", "BYSECOND"}:
        return f"{name} is not taken: the time of day is that of the start."
    if name in {"BYWEEKNO", "BYYEARDAY"}:
        return f"{name} is not taken: name the days by BYMONTH with BYMONTHDAY or BYDAY."
    return f"{name} is no part of a rule that is taken."


def _number(name: str, value: str, most: int) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", value, re.ASCII) or not 1 <= int(value) <= most:
        raise NotTaken(f"{name} is a number from 1 to {most}.")
    return int(value)


def _interval(name: str, value: str, _: ZoneInfo) -> int:
    return _number(name, value, INTERVAL_MAX)


def _count(name: str, value: str, _: ZoneInfo) -> int:
    return _number(name, value, COUNT_MAX)


def _until(name: str, value: str, where: ZoneInfo) -> datetime:
    found = re.fullmatch(r"(\d{8})(?:T(\d{6})(Z?))?", value, re.ASCII)
    try:
        if not found:
            raise ValueError(value)
        day, clock, in_utc = found.groups()
        if clock is None:
            # A day stands for all of it.
            return datetime.combine(datetime.strptime(day, "%Y%m%d").date(), time(23, 59, 59))  # noqa: DTZ007 a wall clock's
        at = datetime.strptime(day + clock, "%Y%m%d%H%M%S")  # noqa: DTZ007 a wall clock's, or made aware below
        return at.replace(tzinfo=UTC).astimezone(where).replace(tzinfo=None) if in_utc else at
    except (ValueError, OverflowError) as error:
        raise NotTaken(f"{name} is a day such as 20270630, or a time such as 20270630T215959Z.") from error


def _numbers(least: int, most: int, *, negative: bool) -> Callable[[str, str, ZoneInfo], tuple[int, ...]]:
    def read(name: str, value: str, _: ZoneInfo) -> tuple[int, ...]:
        found = set()
        for one in value.split(","):
            if not re.fullmatch(r"[+-]?[0-9]{1,3}", one, re.ASCII) or not least <= abs(int(one)) <= most:
                raise NotTaken(f"{name} takes numbers from {least} to {most}{', or negative ones' * negative}.")
            if int(one) < 0 and not negative:
                raise NotTaken(f"{name} takes no negative numbers.")
            found.add(int(one))
        return tuple(sorted(found))

    return read


def _days(name: str, value: str, _: ZoneInfo) -> tuple[tuple[int | None, int], ...]:
    found: set[tuple[int | None, int]] = set()
    for one in value.split(","):
        read = re.fullmatch(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)", one, re.ASCII)
        if not read or (read[1] and not 1 <= abs(int(read[1])) <= 53):
            raise NotTaken(f"{name} takes weekdays such as MO, 2TU (the second) or -1FR (the last).")
        found.add((int(read[1]) if read[1] else None, WEEKDAYS.index(read[2])))
    return tuple(sorted(found, key=lambda each: (each[0] or 0, each[1])))


def _week_start(name: str, value: str, _: ZoneInfo) -> int:
    if value not in WEEKDAYS:
        raise NotTaken(f"{name} is a weekday such as MO.")
    return WEEKDAYS.index(value)


READERS: Mapping[str, tuple[str, Callable[[str, str, ZoneInfo], object]]] = {
    "INTERVAL": ("interval", _interval),
    "COUNT": ("count", _count),
    "UNTIL": ("until", _until),
    "BYMONTH": ("by_month", _numbers(1, 12, negative=False)),
    "BYMONTHDAY": ("by_month_day", _numbers(1, 31, negative=True)),
    "BYDAY": ("by_day", _days),
    "BYSETPOS": ("by_set_pos", _numbers(1, 366, negative=True)),
    "WKST": ("week_start", _week_start),
}
"""The parts of a rule beside FREQ: the member of ``Rule`` that each is, and how it is read."""


def _refuse_contradictions(rule: Rule) -> None:
    """Refuse what RFC 5545 forbids, and what programs read in different ways."""
    long = rule.freq in {Freq.MONTHLY, Freq.YEARLY}
    placed = [place for place, _ in rule.by_day if place is not None]
    if rule.count and rule.until:
        raise NotTaken("A rule ends by COUNT or by UNTIL, not by both.")
    if placed and not long:
        raise NotTaken("A weekday with its place, such as 2TU, goes with FREQ=MONTHLY or YEARLY.")
    if placed and len(placed) < len(rule.by_day):
        raise NotTaken("BYDAY has a place at each weekday, such as 1MO,3MO, or at none.")
    if any(abs(place) > 5 for place in placed) and (rule.freq is Freq.MONTHLY or rule.by_month):
        raise NotTaken("A month has no weekday more than five times.")
    if rule.by_month_day and rule.freq is Freq.WEEKLY:
        raise NotTaken("BYMONTHDAY does not go with FREQ=WEEKLY; take MONTHLY.")
    if rule.by_set_pos and not long:
        raise NotTaken("BYSETPOS goes with FREQ=MONTHLY or YEARLY.")
    if rule.by_set_pos and not (rule.by_day or rule.by_month_day or rule.by_month):
        raise NotTaken("BYSETPOS chooses among days: name them by BYDAY, BYMONTHDAY or BYMONTH.")
