"""Reads which slot a person means: the resources that are named or any that fit, and from when to when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from berth.edges.cli import names
from berth.edges.cli.failure import Misused
from berth.edges.cli.session import Session
from berth.edges.cli.times import Moment, parse_duration, parse_moment, zone

Words = Annotated[
    list[str],
    typer.Argument(metavar="[RESOURCE]... START DURATION", help="What, when, how long; no DURATION with --end."),
]
End = Annotated[str | None, typer.Option("--end", help="A time instead of the duration.")]
ResourceNames = Annotated[list[str] | None, typer.Option("--resource", "-r", help="Id or exact name. Repeat.")]
AnyThatFits = Annotated[bool, typer.Option("--any", help="Any that fits; the smallest is taken.")]

CREATE_FORM = "berth reservations create RESOURCE START DURATION, such as: r25 'tomorrow 09:00' 1h30m"


@dataclass(frozen=True, slots=True)
class Slot:
    """What is wanted and when: ``target`` as the API takes it, ``where`` the zone in which times were read."""

    target: dict[str, Any]
    start: Moment
    end: Moment
    where: ZoneInfo
    zones: names.Zones

    @property
    def body(self) -> dict[str, Any]:
        """Answer the slot as the API takes it."""
        return {"start": self.start.wire, "end": self.end.wire} | self.target


def read_slot(
    session: Session,
    words: Sequence[str],
    resource: Sequence[str] | None,
    end: str | None,
    query: dict[str, Any] | None,
    tz: str | None,
    *,
    any_: bool,
) -> Slot:
    """Answer the slot that the words and options name; ``query`` is the search of ``--any``."""
    named, start, duration = understood(words, has_end=end is not None)
    if query and not any_:
        raise Misused("--text, --kind, --tag, --site and --capacity go with --any.")
    zones = names.Zones(session.server, tz)
    wanted = [*named, *(resource or ())]
    target, where = _target(session, wanted, query if any_ else None, zones, (start, end), tz)
    first, last = period(session, start, duration, end, where)
    return Slot(target, first, last, where, zones)


def _target(
    session: Session,
    wanted: Sequence[str],
    query: dict[str, Any] | None,
    zones: names.Zones,
    times: tuple[str, str | None],
    tz: str | None,
) -> tuple[dict[str, Any], ZoneInfo]:
    """Answer what to reserve, as the API takes it, and the zone in which the person's times are read."""
    if (query is None) != bool(wanted):
        raise Misused("Name a resource, or say --any and what it must have.", f"Write {CREATE_FORM}")
    found = [names.resource(session.server, one) for one in dict.fromkeys(wanted)]
    zones.know(*found)
    if query is not None:
        target: dict[str, Any] = {"any_of": query}
        where = zone(tz) if tz else names.zone_of_search(session.server, query, times[0], times[1] or "now")
    else:
        target = {"resource_ids": [one["id"] for one in found]}
        where = zone(tz) if tz else names.shared_zone(found, session.server)
    return target, where


def understood(words: Sequence[str], *, has_end: bool) -> tuple[list[str], str, str | None]:
    """Answer the resources, the start and the duration that the words name, in this order.

    The last word is the duration, unless the end is given; the one before is the start.
    """
    rest = joined_words(words)
    duration = None if has_end else rest.pop()
    if not rest:
        raise Misused("The start or the duration is missing.", f"Write {CREATE_FORM}")
    start = rest.pop()
    return rest, start, duration


def joined_words(words: Sequence[str]) -> list[str]:
    """Answer the words with ``tomorrow 09:00`` as one, whether it was quoted or not."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1].lower() in ("today", "tomorrow") and ":" in word:
            joined[-1] += f" {word}"
        else:
            joined.append(word)
    return joined


def period(
    session: Session,
    start: str,
    duration: str | None,
    end: str | None,
    where: ZoneInfo,
    length: timedelta | None = None,
) -> tuple[Moment, Moment]:
    """Answer start and end, and tell the person of hours that daylight saving takes or repeats."""
    first = parse_moment(start, where, session.now)
    session.note(first.note)
    if end is not None:
        last = parse_moment(_end_day(end, first.instant, where), where, session.now)
        session.note(last.note)
    else:
        last = Moment(first.instant + (parse_duration(duration) if duration else length or timedelta()))
    if last.instant <= first.instant:
        raise Misused("The end must lie after the start.")
    return first, last


def _end_day(end: str, start: datetime, where: ZoneInfo) -> str:
    """Answer the end, a bare time of day being on the day of the start."""
    bare = ":" in end and len(end.strip()) <= 5
    return f"{start.astimezone(where):%Y-%m-%d}T{end.strip():0>5}" if bare else end
