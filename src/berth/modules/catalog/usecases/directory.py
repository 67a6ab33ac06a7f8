"""The catalogue in memory: read once, kept current by the news of changed rows, asked thousands of times a second."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence

from berth.contracts.catalog import Holiday, Resource, ResourceQuery, Site, Term
from berth.kit.db import Changes, Connection, Database, announce
from berth.modules.catalog.domain.days import HOLIDAYS, TERMS, at_sites
from berth.modules.catalog.domain.directory import Directory, Entry, directory
from berth.modules.catalog.domain.sites import place
from berth.modules.catalog.store import resources
from berth.modules.catalog.store.directory import read_all

CHANNEL = "berth_catalog"
EVERYTHING = "*"
ANYTHING = ResourceQuery()
IDS_ANNOUNCED_MAX = 100


def _payload(resource_ids: Sequence[int] | None) -> str:
    """Answer the news that these resources changed; ``None``, and more than fit, stand for anything."""
    if resource_ids is None or len(resource_ids) > IDS_ANNOUNCED_MAX:
        return EVERYTHING
    return ",".join(map(str, resource_ids))


class LiveDirectory:
    """Answers the present ``Directory``, and the questions that other modules ask of the catalogue.

    A writer announces what it changes in its transaction, and tells this object after the commit and
    before it answers. What is told while a reading is under way waits for the next reading, so an
    older row never replaces a newer one. While news cannot be heard, every question waits for a reading
    that began after it, shared with all who wait.
    """

    def __init__(self, database: Database, changes: Changes) -> None:
        self._database = database
        self._changes = changes
        self._reading = asyncio.Lock()
        self._directory = directory({}, ())
        self._current = False
        self._all_changed = True
        self._ids_changed: set[int] = set()
        self._readings_begun = 0
        self._last_read = self._directory
        self._last_read_began = 0
        changes.subscribe(CHANNEL, self._hear)

    async def announce(self, connection: Connection, resource_ids: Sequence[int] | None) -> None:
        """Tell every process, when the transaction commits, which resources changed; ``None``: a site did."""
        await announce(connection, CHANNEL, _payload(resource_ids))

    def changed(self, resource_ids: Iterable[int] | None) -> None:
        """Take note that rows changed, by a transaction that has committed; ``None``: anything may have."""
        self._current = False
        if resource_ids is None:
            self._all_changed = True
        else:
            self._ids_changed.update(resource_ids)

    async def now(self) -> Directory:
        """Answer the catalogue as it is now."""
        if not self._changes.current:
            return await self._read_apart()
        if not self._current:
            await self._catch_up()
        return self._directory

    async def entry(self, resource_id: int) -> Entry | None:
        """Answer one resource as it is now."""
        return (await self.now()).by_id.get(resource_id)

    async def resources(self, *, ids: Sequence[int]) -> Mapping[int, Resource]:
        """Answer the resources with these ids, retired ones too; unknown ids are left out."""
        by_id = (await self.now()).by_id
        return {one: by_id[one].resource for one in ids if one in by_id}

    async def search(self, *, query: ResourceQuery) -> Sequence[Resource]:
        """Answer all resources that fit and are not retired, ordered by name and then id."""
        now = await self.now()
        return now.live if query == ANYTHING else [entry.resource for entry in now.search(query)]

    async def sites(self, *, ids: Sequence[int]) -> Mapping[int, Site]:
        """Answer the sites with these ids; unknown ids are left out."""
        places = (await self.now()).places
        found = (places[one] for one in ids if one in places)
        return {one.site.id: Site(one.site.id, one.site.name, one.timezone) for one in found}

    async def terms(self, *, site_ids: Sequence[int]) -> Sequence[Term]:
        """Answer the terms that are set at these sites, by their first days."""
        return at_sites((await self.now()).days, TERMS, site_ids)

    async def holidays(self, *, site_ids: Sequence[int]) -> Sequence[Holiday]:
        """Answer the holidays that are set at these sites, by their first days."""
        return at_sites((await self.now()).days, HOLIDAYS, site_ids)

    def _hear(self, payload: str | None) -> None:
        if payload is None or payload == EVERYTHING:
            self.changed(None)
        else:
            self.changed(int(one) for one in payload.split(","))

    async def _catch_up(self) -> None:
        async with self._reading:
            while not self._current:
                whole, ids = self._all_changed, self._ids_changed
                self._all_changed, self._ids_changed = False, set()
                try:
                    self._directory = await (self._read_whole() if whole else self._read_some(ids))
                except BaseException:
                    self._all_changed = True
                    raise
                self._current = not self._all_changed and not self._ids_changed

    async def _read_apart(self) -> Directory:
        """Answer a reading that began after this call; it is not kept for later."""
        asked = self._readings_begun
        async with self._reading:
            if self._last_read_began <= asked:
                self._readings_begun += 1
                began = self._readings_begun
                self._last_read = await self._read_whole()
                self._last_read_began = began
            return self._last_read

    async def _read_whole(self) -> Directory:
        sites, records, days = await read_all(self._database)
        return directory(place(sites), records, days)

    async def _read_some(self, ids: set[int]) -> Directory:
        async with self._database.connection() as connection:
            records = await resources.records(connection, list(ids))
        try:
            return self._directory.with_records(records)
        except KeyError:
            # The row names a site of which the news has not come yet.
            return await self._read_whole()
