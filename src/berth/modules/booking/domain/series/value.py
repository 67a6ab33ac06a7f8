"""A series as it stands, and the occurrences that it gives."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from berth.contracts.catalog import Holiday, Resource
from berth.kit.localtime import resolve, zone
from berth.modules.booking.domain.gaps import buffers
from berth.modules.booking.domain.reservation import Reservation
from berth.modules.booking.domain.series.expanding import expanded
from berth.modules.booking.domain.series.rule import parse

HORIZON_DAYS = 366
"""How far ahead occurrences are placed where no policy sets a horizon."""

PLACED_MAX = 500
"""How many occurrences are placed at once."""


YEARS_AHEAD = timedelta(days=20 * 366)
"""How far ahead the next occurrence is looked for, so that a yearly rule that skips years is not given up."""


class SeriesState(StrEnum):
    """Whether a series goes on."""

    ACTIVE = "active"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Missed:
    """An occurrence that could not be placed when the series was extended, and why: ``busy`` or ``refused``."""

    occurrence: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Series:
    """A rule and what is reserved by it. ``starts``, ``exdates``, ``rdates`` and all bounds are wall-clock times.

    The rule is always read from ``starts``, so that counts and intervals keep their phase when a series is split:
    ``begins`` (included) and ``ends_before`` (excluded) then bound the part that is this series. An occurrence is
    named by the time that the rule gives it, and takes place ``shift`` later. Occurrences up to ``placed_until``
    (included) were placed, or passed over for good.
    """

    id: int
    owner_id: int
    created_by: int
    title: str
    description: str | None
    resource_ids: tuple[int, ...]
    timezone: str
    starts: datetime
    length: timedelta
    rule: str
    exdates: tuple[datetime, ...]
    rdates: tuple[datetime, ...]
    term_id: int | None
    skip_holidays: bool
    created_at: datetime
    begins: datetime | None = None
    ends_before: datetime | None = None
    shift: timedelta = timedelta()
    placed_until: datetime | None = None
    missed: tuple[Missed, ...] = ()
    state: str = SeriesState.ACTIVE
    version: int = 1
    previous_id: int | None = None
    cancel_reason: str | None = None

    @property
    def where(self) -> ZoneInfo:
        """Answer the zone of its wall clock."""
        return zone(self.timezone)

    def occurrence(self, local: datetime) -> "Occurrence":
        """Answer when the occurrence of this name takes place; it lasts as many hours on days when clocks change."""
        start = resolve(local + self.shift, self.where)
        return Occurrence(local, start, start + self.length)


class Occurrence(NamedTuple):
    """One time of a series: its name, which is the wall-clock time by the rule, and when it takes place, in UTC."""

    local: datetime
    start: datetime
    end: datetime


def horizon(resources: Sequence[Resource], now: datetime) -> datetime:
    """Answer up to when occurrences on these resources may be placed now: the nearest horizon of their policies."""
    days = [one.policy.horizon_days_max for one in resources if one.policy.horizon_days_max is not None]
    return now + timedelta(days=min(days, default=HORIZON_DAYS))


def occurrences(series: Series, limit: datetime, *, after: datetime | None = None) -> Iterator[Occurrence]:
    """Answer the occurrences that start by ``limit``, an instant, in the order of their names.

    Those named up to ``after``, and all that lie outside of the series' bounds, are left out; holidays are not.
    """
    last = limit.astimezone(series.where).replace(tzinfo=None) - series.shift + timedelta(days=1)
    excluded = {resolve(one, series.where) for one in series.exdates}
    for local in _merged(expanded(parse(series.rule, series.where), series.starts, last), sorted(series.rdates)):
        if (series.ends_before is not None and local >= series.ends_before) or local > last:
            return
        if (series.begins is not None and local < series.begins) or (after is not None and local <= after):
            continue
        if excluded and resolve(local, series.where) in excluded:
            continue
        found = series.occurrence(local)
        if found.start > limit:
            return
        yield found


def next_after(series: Series, after: datetime, now: datetime) -> Occurrence | None:
    """Answer the first occurrence named behind ``after``, if there is one within some years beyond the horizon."""
    return next(occurrences(series, now + YEARS_AHEAD, after=after), None)


def on_holiday(series: Series, occurrence: Occurrence, holidays: Sequence[Holiday]) -> Holiday | None:
    """Answer the holiday on which an occurrence begins, if it begins on one and the series passes over those."""
    if not series.skip_holidays or not holidays:
        return None
    day = occurrence.start.astimezone(series.where).date()
    return next((one for one in holidays if one.first_day <= day <= one.last_day), None)


def meeting(found: Sequence[Occurrence], resources: Sequence[Resource]) -> tuple[Occurrence, Occurrence] | None:
    """Answer two occurrences that would be in each other's way, buffers included; none if there are none."""
    between = max(sum(buffers(one.policy), timedelta()) for one in resources)
    in_order = sorted(found, key=lambda one: one.start)
    return next(((one, after) for one, after in pairwise(in_order) if one.end + between > after.start), None)


def follows(series: Series, reservation: Reservation) -> bool:
    """Tell whether an occurrence is as its series says; one that is not was changed by itself, and is an exception."""
    if reservation.occurrence is None:
        return False
    due = series.occurrence(reservation.occurrence)
    return (due.start, due.end, series.title, series.description, series.resource_ids) == (
        reservation.start,
        reservation.end,
        reservation.title,
        reservation.description,
        reservation.resource_ids,
    )


def local_times(written: Sequence[date | datetime], start: datetime, where: ZoneInfo) -> tuple[datetime, ...]:
    """Answer days and instants as times of the wall clock; a day stands for the time of day of ``start``."""
    found = {
        one.astimezone(where).replace(tzinfo=None) if isinstance(one, datetime) else datetime.combine(one, start.time())
        for one in written
    }
    return tuple(sorted(found))


def in_utc(local: datetime, where: ZoneInfo) -> datetime:
    """Answer the instant of a wall-clock time."""
    return resolve(local, where).astimezone(UTC)


def _merged(first: Iterator[datetime], second: Sequence[datetime]) -> Iterator[datetime]:
    """Answer the times of both, each once and in order."""
    extra = list(second)
    for one in first:
        while extra and extra[0] < one:
            yield extra.pop(0)
        if extra and extra[0] == one:
            extra.pop(0)
        yield one
    yield from extra
