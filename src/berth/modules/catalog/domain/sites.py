"""The tree of sites, and what each inherits from those above it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from berth.contracts.catalog import Opening
from berth.modules.catalog.domain.policy import OwnPolicy, inherit

SiteKind = Literal["campus", "building", "floor", "other"]


@dataclass(frozen=True, slots=True)
class Site:
    """A site as its row says: what is set there, before inheriting."""

    id: int
    parent_id: int | None
    name: str
    kind: str
    timezone: str | None
    policy: OwnPolicy
    opening: Opening | None


@dataclass(frozen=True, slots=True)
class Place:
    """A site in its tree. ``path`` and ``ids`` lead from the top to the site itself.

    ``timezone``, ``policy`` and ``opening`` hold after inheriting.
    """

    site: Site
    path: tuple[str, ...]
    ids: tuple[int, ...]
    timezone: str | None
    policy: OwnPolicy
    opening: Opening | None


Places = Mapping[int, Place]
"""All sites by id, in tree order: each behind its parent, siblings by name."""


def place(sites: Iterable[Site]) -> Places:
    """Answer the sites in their tree."""
    below: dict[int | None, list[Site]] = {}
    for site in sorted(sites, key=lambda one: one.name, reverse=True):
        below.setdefault(site.parent_id, []).append(site)
    places: dict[int, Place] = {}
    waiting = list(below.get(None, ()))
    while waiting:
        site = waiting.pop()
        places[site.id] = _placed(site, places.get(site.parent_id) if site.parent_id else None)
        waiting += below.get(site.id, ())
    return places


def _placed(site: Site, parent: Place | None) -> Place:
    if parent is None:
        return Place(site, (site.name,), (site.id,), site.timezone, site.policy, site.opening)
    return Place(
        site,
        (*parent.path, site.name),
        (*parent.ids, site.id),
        site.timezone or parent.timezone,
        inherit((parent.policy, site.policy)),
        site.opening or parent.opening,
    )


def shown(place_of_site: Place) -> dict[str, Any]:
    """Answer a site as callers see it."""
    site = place_of_site.site
    return {
        "id": site.id,
        "name": site.name,
        "parent_id": site.parent_id,
        "kind": site.kind,
        "timezone": site.timezone,
        "path": list(place_of_site.path),
    }
