"""The named days of sites, terms and holidays, which hold for all that is below a site.

Both are one thing to the catalogue. What sets them apart is a ``Kind`` here, and constraints in the database: the terms
of a site have a name each and share no day; a holiday may, and comes again each year by the same name.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from berth.contracts.catalog import Holiday, SiteDays, Term

Days = TypeVar("Days", bound=SiteDays)

BySite = Mapping[int, Sequence[SiteDays]]
"""The days of all kinds of each site that has any, by their first days."""


@dataclass(frozen=True, slots=True)
class Kind(Generic[Days]):
    """One kind of days: what one and many are called, how many a site has at most, and what refusals are called.

    ``one`` is also the name of the table.
    """

    one: str
    many: str
    value: type[Days]
    count_max: int
    too_many: str
    unknown: str


TERMS = Kind("term", "terms", Term, 100, "too-many-terms", "unknown-term")
HOLIDAYS = Kind("holiday", "holidays", Holiday, 400, "too-many-holidays", "unknown-holiday")
KINDS: tuple[Kind[Any], ...] = (TERMS, HOLIDAYS)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is stated of such days: their name, the first and the last, which belongs to them."""

    name: str
    first_day: date
    last_day: date


def in_order(days: Iterable[Days]) -> list[Days]:
    """Answer the days by the first of each; several may share one."""
    return sorted(days, key=lambda one: (one.first_day, one.last_day, one.id))


def by_site(days: Iterable[SiteDays]) -> BySite:
    """Answer the days of each site."""
    found: dict[int, list[SiteDays]] = {}
    for one in in_order(days):
        found.setdefault(one.site_id, []).append(one)
    return found


def at_sites(known: BySite, kind: Kind[Days], site_ids: Iterable[int]) -> list[Days]:
    """Answer the days of a kind that are set at these sites, in their order."""
    found = (one for site_id in set(site_ids) for one in known.get(site_id, ()))
    return in_order(one for one in found if isinstance(one, kind.value))


def stretch(days: SiteDays) -> Stretch:
    """Answer what is stated of the days."""
    return Stretch(days.name, days.first_day, days.last_day)


def shown(days: SiteDays, *, inherited: bool) -> dict[str, Any]:
    """Answer the days as callers see them at a site."""
    return {**asdict(days), "inherited": inherited}
