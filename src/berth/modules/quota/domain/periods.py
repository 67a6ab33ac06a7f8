"""Periods: stretches of local days, as instants. They follow each other without a gap, whatever the clocks do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from berth.contracts.catalog import Term
from berth.kit.localtime import minute_of
from berth.modules.quota.domain.allowances import Per

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """One period: ``start`` to ``end``, half-open. ``renews_at`` is when the next one starts, if there is a next.

    ``key`` names it in the ledger. It is the same in all zones: a week is one week for a person, though it
    begins at another instant for a resource elsewhere.
    """

    key: str
    start: datetime
    end: datetime
    renews_at: datetime | None


@dataclass(frozen=True, slots=True)
class Place:
    """What periods depend on: the zone of a resource, and its site with all above it, from the top."""

    timezone: ZoneInfo
    site_ids: tuple[int, ...] = ()


def period_at(per: Per, instant: datetime, place: Place, terms: Sequence[Term]) -> Period | None:
    """Answer the period in which an instant lies; none if it lies in no term."""
    day = day_at(instant, place.timezone)
    if per is Per.TERM:
        return _term(day, place, terms)
    first, behind = _span(per, day)
    end = minute_of(behind, 0, place.timezone)
    return Period(f"{per}/{first.isoformat()}", minute_of(first, 0, place.timezone), end, end)


def day_at(instant: datetime, where: ZoneInfo) -> date:
    """Answer the local day in which an instant lies, a day being what is from its first 00:00 to the next day's.

    That is the date that the clock shows, but for zones where clocks went back across midnight: the minutes
    that they showed a second time belong to the day that had begun.
    """
    day = instant.astimezone(where).date()
    while instant >= minute_of(day + DAY, 0, where):
        day += DAY
    return day


def _span(per: Per, day: date) -> tuple[date, date]:
    """Answer the first day of the period, and the first behind it."""
    if per is Per.WEEK:
        monday = day - day.weekday() * DAY
        return monday, monday + 7 * DAY
    if per is Per.MONTH:
        first = day.replace(day=1)
        return first, (first + 31 * DAY).replace(day=1)
    return day, day + DAY


def _term(day: date, place: Place, terms: Sequence[Term]) -> Period | None:
    """Answer the term of the nearest site that has one on this day; of several there, the one that began last."""
    depth = {site_id: number for number, site_id in enumerate(place.site_ids)}
    here = [one for one in terms if one.site_id in depth]
    now = [one for one in here if one.first_day <= day <= one.last_day]
    if not now:
        return None
    term = max(now, key=lambda one: (depth[one.site_id], one.first_day, one.id))
    later = [one.first_day for one in here if one.first_day > term.last_day]
    return Period(
        f"{Per.TERM}/{term.id}",
        minute_of(term.first_day, 0, place.timezone),
        minute_of(term.last_day + DAY, 0, place.timezone),
        minute_of(min(later), 0, place.timezone) if later else None,
    )
