"""Questions about the line: one's own places, and for administrators the whole of it."""

from collections.abc import Sequence

from berth.contracts.catalog import Catalog, Resource
from berth.contracts.identity import Identity, Person
from berth.kit.auth import Principal
from berth.kit.db import Database
from berth.kit.http.problem import Problem
from berth.modules.booking.domain.waitlist.entry import LIVE, Entry
from berth.modules.booking.store.waitlist import entry as store
from berth.modules.booking.store.waitlist.entry import Filter

NAMED_MAX = 50
"""So many resources of a search are named; there may be thousands."""


class Line:
    """Reads the line."""

    def __init__(self, database: Database, catalog: Catalog, identity: Identity) -> None:
        self._database = database
        self._catalog = catalog
        self._identity = identity

    async def own(self, caller: Principal, states: Sequence[str] | None, after: int, limit: int) -> Sequence[Entry]:
        """Answer the caller's own places in the order in which they were taken; those that are not over by default."""
        return await store.listed(self._database, Filter(caller.id, None, tuple(states or LIVE), after), limit)

    async def of_resource(
        self, resource_id: int, states: Sequence[str] | None, after: int, limit: int
    ) -> Sequence[Entry]:
        """Answer who waits for a resource, in order; raise 404 if there is no such resource."""
        if not await self._catalog.resources(ids=[resource_id]):
            raise Problem(404, "unknown-resource", f"There is no resource {resource_id}.")
        return await store.listed(self._database, Filter(None, resource_id, tuple(states or LIVE), after), limit)

    async def one(self, caller: Principal, id_: int) -> Entry:
        """Answer a place; raise 404 if there is none, 403 if it is somebody else's."""
        found = await store.listed(self._database, Filter(), 1, id_=id_)
        if not found:
            raise Problem(404, "unknown-entry", "There is no such place in the waitlist.")
        [entry] = found
        if entry.owner_id != caller.id and not caller.is_admin:
            raise Problem(403, "not-allowed", "This place in the waitlist is somebody else's.")
        return entry

    async def resources_of(self, entries: Sequence[Entry]) -> dict[int, Resource]:
        """Answer the resources that these entries and their offers name, by id; of a search no more than some."""
        ids = {id_ for one in entries for id_ in one.wanted.resource_ids[:NAMED_MAX]}
        ids |= {id_ for one in entries if one.offer for id_ in one.offer.resource_ids}
        return dict(await self._catalog.resources(ids=sorted(ids))) if ids else {}

    async def people_of(self, entries: Sequence[Entry]) -> dict[int, Person]:
        """Answer the owners of these entries, by id."""
        ids = sorted({one.owner_id for one in entries})
        return dict(await self._identity.people(ids=ids)) if ids else {}
