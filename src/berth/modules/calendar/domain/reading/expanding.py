"""When somebody is busy, by a calendar from outside: its events with all their recurrences, within bounds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

from berth.modules.calendar.domain.busy import Busy
from berth.modules.calendar.domain.reading.lines import Component, FeedBroken, Line, components
from berth.modules.calendar.domain.reading.zones import Moment, Zones, read_duration

BUSY_MAX = 5_000
STEPS_MAX = 500_000
"""How many occurrences are passed on the way to the first that is wanted: an hourly one of fifty years."""
RULE_LENGTH_MAX = 2_000
TITLE_LENGTH_MAX = 200
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """What is wanted: what ends after ``since`` and starts before ``until``."""

    since: datetime
    until: datetime

    @property
    def end_max(self) -> datetime:
        """Answer where what lasts for years is cut off: a time that changes once a year, so that little moves."""
        return datetime(self.until.year + 1, 1, 1, tzinfo=UTC)


def read_busy(data: bytes, own: ZoneInfo, span: Span) -> list[Busy]:
    """Answer when a calendar says that somebody is busy, by start; raise ``FeedBroken`` if it cannot be read."""
    parts = components(data)
    zones = Zones(parts, own)
    events = [_Event.of(one, zones) for one in parts if one.name == "VEVENT"]
    found: list[Busy] = []
    for one in chain(_occurrences(events, span, zones), _told_busy(parts, zones)):
        if one.end > span.since and one.start < span.until and one.end > one.start:
            found.append(Busy(one.start, min(one.end, span.end_max), one.title))
        if len(found) > BUSY_MAX:
            raise FeedBroken(
                f"The calendar has more than {BUSY_MAX:,} busy times until {span.until:%Y-%m-%d}: subscribe to a "
                "smaller one."
            )
    return sorted(found, key=lambda one: (one.start, one.end, one.title))


@dataclass(frozen=True, slots=True)
class _Event:
    """A component, what its recurrences are known by, and when the first of them takes place."""

    part: Component
    uid: str
    first: Moment
    length: timedelta
    replaces: datetime | None
    busy: bool
    title: str

    @classmethod
    def of(cls, part: Component, zones: Zones) -> "_Event":
        """Read an event."""
        start, uid = part.one("DTSTART"), part.one("UID")
        if start is None:
            raise FeedBroken(f"An event has no DTSTART (UID {uid.value[:60] if uid else 'missing'}).")
        first = zones.read(start)
        replaced, summary = part.one("RECURRENCE-ID"), part.one("SUMMARY")
        status, shown = part.one("STATUS"), part.one("TRANSP")
        return cls(
            part=part,
            uid=uid.value if uid else f"#{id(part)}",
            first=first,
            length=_length(part, first, zones),
            replaces=zones.read(replaced).instant if replaced else None,
            busy=not (status and status.value.upper() == "CANCELLED")
            and not (shown and shown.value.upper() == "TRANSPARENT"),
            title=(summary.text if summary else "")[:TITLE_LENGTH_MAX],
        )

    def at(self, local: datetime) -> Busy:
        """Answer the occurrence that starts at a local time; days are counted on the wall clock, hours are not."""
        start = self.first.resolve(local)
        end = self.first.resolve(local + self.length) if self.first.is_date else start + self.length
        return Busy(start, end, self.title)


def _length(part: Component, first: Moment, zones: Zones) -> timedelta:
    end, duration = part.one("DTEND"), part.one("DURATION")
    if end is not None:
        last = zones.read(end)
        return last.local - first.local if first.is_date else last.instant - first.instant
    if duration is not None:
        return read_duration(duration)
    return DAY if first.is_date else timedelta(0)


def _occurrences(events: Sequence[_Event], span: Span, zones: Zones) -> Iterator[Busy]:
    replaced: dict[str, set[datetime]] = {}
    for one in events:
        if one.replaces is not None:
            replaced.setdefault(one.uid, set()).add(one.replaces)
    for one in events:
        if not one.busy or one.length <= timedelta(0):
            continue
        try:
            if one.replaces is not None:
                yield one.at(one.first.local)
            else:
                yield from _of(one, replaced.get(one.uid, set()), span, zones)
        except (OverflowError, ValueError) as error:
            if isinstance(error, FeedBroken):
                raise
            raise FeedBroken(f"An event lies beyond all calendars (UID {one.uid[:60]}).") from error


def _of(event: _Event, without: set[datetime], span: Span, zones: Zones) -> Iterator[Busy]:
    """Answer the occurrences of an event, those aside that are excepted or replaced."""
    moments, days = set(without), set()
    for line in event.part.all("EXDATE"):
        for value in zones.moments(line):
            excepted = zones.read(line, value)
            if excepted.is_date and not event.first.is_date:
                days.add(excepted.local.date())
            else:
                moments.add(excepted.instant)
    seen: set[datetime] = set()
    for local in _locals(event, span, zones):
        one = event.at(local)
        if one.start not in moments and one.start not in seen and local.date() not in days:
            seen.add(one.start)
            yield one
    yield from (one for one in _added(event, zones) if one.start not in moments and one.start not in seen)


def _locals(event: _Event, span: Span, zones: Zones) -> Iterator[datetime]:
    """Answer the local starts by the rules, up to the end of what is wanted, without those long over."""
    yield event.first.local
    beyond = (span.until + 2 * DAY).replace(tzinfo=None)
    before = (span.since - 2 * DAY).replace(tzinfo=None) - event.length
    for line in event.part.all("RRULE"):
        for steps, local in enumerate(_rule(line, event, zones)):
            if local > beyond:
                break
            if steps > STEPS_MAX:
                raise FeedBroken(f"An event repeats too often, or from too long ago (UID {event.uid[:60]}).")
            if local > before:
                yield local


def _rule(line: Line, event: _Event, zones: Zones) -> rrule:
    text = line.value.upper()
    if len(text) > RULE_LENGTH_MAX:
        raise FeedBroken(f"The rule of an event is too long (UID {event.uid[:60]}).")
    parts = [one for one in text.split(";") if one]
    untils = [one.removeprefix("UNTIL=") for one in parts if one.startswith("UNTIL=")]
    rest = ";".join(one for one in parts if not one.startswith("UNTIL="))
    try:
        found = rrulestr(rest, dtstart=event.first.local)
        if not isinstance(found, rrule):
            raise FeedBroken(f"The rule of an event cannot be read: {text[:60]!r}.")
        return found.replace(until=_last(line, untils[0], event, zones)) if untils else found
    except (ValueError, TypeError, OverflowError, IndexError, AttributeError) as error:
        if isinstance(error, FeedBroken):
            raise
        raise FeedBroken(f"The rule of an event cannot be read: {text[:60]!r}.") from error


def _last(line: Line, text: str, event: _Event, zones: Zones) -> datetime:
    """Answer the local time of UNTIL: on the wall clock of the event's zone, where the rule is reckoned."""
    last = zones.read(line, text)
    if last.is_date:
        return last.local + DAY - timedelta(seconds=1)
    if not text.endswith("Z") or event.first.is_date:
        return last.local
    # No zone is farther than a day from UTC: the local time is that of which the instant comes out.
    offset = event.first.local.replace(tzinfo=UTC) - event.first.instant
    guess = last.local + offset
    return guess + (last.local.replace(tzinfo=UTC) - event.first.resolve(guess))


def _added(event: _Event, zones: Zones) -> Iterator[Busy]:
    """Answer what RDATE adds: further starts, or periods with lengths of their own."""
    for line in event.part.all("RDATE"):
        for value in zones.moments(line):
            if "/" in value:
                yield _period(line, value, zones, event.title)
            else:
                yield event.at(zones.read(line, value).local)


def _told_busy(parts: Sequence[Component], zones: Zones) -> Iterator[Busy]:
    """Answer the times of free/busy components that are not free."""
    for part in parts:
        if part.name != "VFREEBUSY":
            continue
        for line in part.all("FREEBUSY"):
            if line.parameters.get("FBTYPE", "BUSY").upper() != "FREE":
                yield from (_period(line, value, zones, "") for value in zones.moments(line))


def _period(line: Line, value: str, zones: Zones, title: str) -> Busy:
    first, slash, last = value.partition("/")
    if not slash:
        raise FeedBroken(f"{line.name}: {value[:40]!r} is no period.")
    start = zones.read(line, first).instant
    end = start + read_duration(line, last) if last[:1] in "P+-" else zones.read(line, last).instant
    return Busy(start, end, title)
