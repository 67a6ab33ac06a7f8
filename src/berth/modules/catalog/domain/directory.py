"""The whole catalogue as one value: every site and resource, resolved, sorted and ready to be searched."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from berth.contracts.catalog import Resource, ResourceQuery, SiteDays
from berth.modules.catalog.domain.days import BySite, by_site
from berth.modules.catalog.domain.resources import Record, resolve
from berth.modules.catalog.domain.sites import Place, Places


def fold(text: str) -> str:
    """Answer the text without case and accents, for comparing: ``Caffè`` and ``CAFFE`` are one."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in plain if not unicodedata.combining(character))


@dataclass(frozen=True, slots=True)
class Entry:
    """A resource as the directory keeps it.

    ``text`` is what searches look through, folded; ``site_ids`` are its site and all above it;
    ``shown`` is the resource as callers see it.
    """

    record: Record
    resource: Resource
    text: str
    tags: frozenset[str]
    site_ids: frozenset[int]
    shown: Mapping[str, Any]

    @property
    def key(self) -> tuple[str, int]:
        """Answer the place of the resource in every list."""
        return self.resource.name, self.resource.id


@dataclass(frozen=True, slots=True)
class Directory:
    """All sites and resources at one moment, in the order of their keys; ``live`` are those not retired.

    ``days`` are the terms and holidays that are set at each site.
    """

    places: Places
    by_id: Mapping[int, Entry]
    entries: tuple[Entry, ...]
    live: tuple[Resource, ...]
    days: BySite = field(default_factory=dict)

    def search(
        self, query: ResourceQuery, *, retired: bool = False, after: tuple[str, int] | None = None
    ) -> Iterator[Entry]:
        """Answer the entries that fit, in their order, from behind the key ``after``."""
        entries: Iterable[Entry] = self.entries
        if query.ids is not None:
            entries = sorted(
                (self.by_id[one] for one in set(query.ids) if one in self.by_id), key=lambda entry: entry.key
            )
        elif after is not None:
            entries = self.entries[bisect_right(self.entries, after, key=lambda entry: entry.key) :]
        words = fold(query.text or "").split()
        tags = frozenset(query.tags)
        return (
            entry
            for entry in entries
            if entry.resource.retired is retired
            and (query.capacity_min is None or (entry.resource.capacity or 0) >= query.capacity_min)
            and (query.kind is None or entry.resource.kind == query.kind)
            and tags <= entry.tags
            and (query.site_id is None or query.site_id in entry.site_ids)
            and all(word in entry.text for word in words)
        )

    def tags(self) -> list[tuple[str, int]]:
        """Answer each tag with the number of resources that bear it, retired ones too."""
        counts: dict[str, int] = {}
        for entry in self.entries:
            for tag in entry.resource.tags:
                counts[tag] = counts.get(tag, 0) + 1
        return sorted(counts.items())

    def site_of(self, record: Record) -> Place | None:
        """Answer where the resource is; raises ``KeyError`` if the directory does not know the site yet."""
        return None if record.stated.site_id is None else self.places[record.stated.site_id]

    def with_records(self, records: Iterable[Record]) -> "Directory":
        """Answer this directory with some resources added or replaced; ``KeyError`` as in ``site_of``."""
        by_id = {**self.by_id, **{record.id: _entry(record, self.site_of(record)) for record in records}}
        return _of(self.places, by_id, self.days)


def directory(places: Places, records: Iterable[Record], days: Iterable[SiteDays] = ()) -> Directory:
    """Answer the directory of these sites, resources, terms and holidays."""
    return _of(places, {}, by_site(days)).with_records(records)


def _of(places: Places, by_id: Mapping[int, Entry], days: BySite) -> Directory:
    entries = tuple(sorted(by_id.values(), key=lambda entry: entry.key))
    live = tuple(one.resource for one in entries if not one.resource.retired)
    return Directory(places, by_id, entries, live, days)


def _entry(record: Record, site: Place | None) -> Entry:
    resource = resolve(record, site)
    texts = (resource.name, resource.kind, resource.description, *resource.tags, *resource.site_path)
    return Entry(
        record=record,
        resource=resource,
        text=fold("\n".join(texts)),
        tags=frozenset(resource.tags),
        site_ids=frozenset(site.ids if site else ()),
        shown=_shown(resource),
    )


def _shown(resource: Resource) -> dict[str, Any]:
    return {
        "id": resource.id,
        "name": resource.name,
        "kind": resource.kind,
        "site_id": resource.site_id,
        "site_path": list(resource.site_path),
        "capacity": resource.capacity,
        "timezone": resource.timezone,
        "tags": list(resource.tags),
        "description": resource.description,
        "attributes": resource.attributes,
        "retired": resource.retired,
    }
