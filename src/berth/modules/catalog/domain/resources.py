"""Resources: what is stated of each, and what holds for it after inheriting from its site."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import orjson

from berth.contracts.catalog import Opening, Resource
from berth.modules.catalog.domain.policy import OwnPolicy, effective, inherit
from berth.modules.catalog.domain.sites import Place


@dataclass(frozen=True, slots=True)
class Particulars:
    """What an administrator states of a resource; a ``timezone`` of ``None`` means the site's."""

    name: str
    kind: str
    site_id: int | None = None
    capacity: int | None = None
    timezone: str | None = None
    tags: tuple[str, ...] = ()
    description: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """A resource as its row says: what is its own, before inheriting."""

    id: int
    stated: Particulars
    policy: OwnPolicy
    opening: Opening | None
    retired: bool
    version: int


def changed_members(before: Particulars, after: Particulars) -> tuple[str, ...]:
    """Answer the names of the members that differ. (To Python, but not in JSON, ``True`` is ``1``.)"""
    names = [member.name for member in fields(Particulars)]
    return tuple(name for name in names if _comparable(before, name) != _comparable(after, name))


def values(stated: Particulars, names: Iterable[str]) -> dict[str, Any]:
    """Answer the members of these names."""
    return {name: getattr(stated, name) for name in names}


def _comparable(stated: Particulars, name: str) -> Any:
    value = getattr(stated, name)
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS) if name == "attributes" else value


def resolve(record: Record, site: Place | None) -> Resource:
    """Answer the resource with what it inherits from its site, which must be the one its row names."""
    stated = record.stated
    return Resource(
        id=record.id,
        name=stated.name,
        kind=stated.kind,
        site_id=stated.site_id,
        site_path=site.path if site else (),
        capacity=stated.capacity,
        timezone=stated.timezone or (site and site.timezone) or "UTC",
        tags=stated.tags,
        description=stated.description,
        attributes=stated.attributes,
        retired=record.retired,
        policy=effective(inherit((site.policy if site else {}, record.policy))),
        opening=record.opening or (site.opening if site else None),
        site_ids=site.ids if site else (),
    )
