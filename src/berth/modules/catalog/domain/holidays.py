"""Holidays: named days at a site on which nothing recurs, there and below it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from berth.contracts.catalog import Holiday

HOLIDAYS_MAX = 400
"""How many a site has at most."""

Holidays = Mapping[int, Sequence[Holiday]]
"""The holidays of each site that has any, by their first days."""


def in_order(holidays: Iterable[Holiday]) -> list[Holiday]:
    """Answer the holidays by their first days; several may share one."""
    return sorted(holidays, key=lambda one: (one.first_day, one.last_day, one.id))


def by_site(holidays: Iterable[Holiday]) -> Holidays:
    """Answer the holidays of each site."""
    found: dict[int, list[Holiday]] = {}
    for one in in_order(holidays):
        found.setdefault(one.site_id, []).append(one)
    return found


def shown(one: Holiday, *, inherited: bool) -> dict[str, Any]:
    """Answer a holiday as callers see it at a site."""
    return {
        "id": one.id,
        "site_id": one.site_id,
        "name": one.name,
        "first_day": one.first_day,
        "last_day": one.last_day,
        "inherited": inherited,
    }
