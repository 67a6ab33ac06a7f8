"""Terms: named stretches of days at a site, which hold for all that is below it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from berth.contracts.catalog import Term

TERMS_MAX = 100
"""How many a site has at most."""

Terms = Mapping[int, Sequence[Term]]
"""The terms of each site that has any, by their first days."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is stated of a term: its name, and its days, the last of which belongs to it."""

    name: str
    first_day: date
    last_day: date


def in_order(terms: Iterable[Term]) -> list[Term]:
    """Answer the terms by their first days; those of several sites may share one."""
    return sorted(terms, key=lambda term: (term.first_day, term.last_day, term.id))


def by_site(terms: Iterable[Term]) -> Terms:
    """Answer the terms of each site."""
    found: dict[int, list[Term]] = {}
    for term in in_order(terms):
        found.setdefault(term.site_id, []).append(term)
    return found


def stretch(term: Term) -> Stretch:
    """Answer what is stated of a term."""
    return Stretch(term.name, term.first_day, term.last_day)


def shown(term: Term, *, inherited: bool) -> dict[str, Any]:
    """Answer a term as callers see it at a site."""
    return {
        "id": term.id,
        "site_id": term.site_id,
        "name": term.name,
        "first_day": term.first_day,
        "last_day": term.last_day,
        "inherited": inherited,
    }
