"""Questions about closings: what was done, when a day is, and the names of all that is in them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from berth.contracts.catalog import Catalog, Resource
from berth.contracts.identity import Identity, Person
from berth.kit.db import Database
from berth.kit.http.problem import Problem
from berth.kit.localtime import minute_of, zone
from berth.modules.booking.store.closing import closing as store
from berth.modules.booking.store.closing.closing import Closing
from berth.modules.booking.usecases.choosing import named_resources
from berth.modules.booking.usecases.closing.picturing import ClosingWish

DAY = timedelta(days=1)


class ClosingReading:
    """Reads closings."""

    def __init__(self, database: Database, catalog: Catalog, identity: Identity) -> None:
        self._database = database
        self._catalog = catalog
        self._identity = identity

    async def one(self, id_: int) -> Closing:
        """Answer a closing as it was done; raise 404 if there is none."""
        found = await store.one(self._database, id_)
        if found is None:
            raise Problem(404, "unknown-closing", "There is no such closing; a blackout may have been set by itself.")
        return found

    async def resource(self, id_: int) -> Resource:
        """Answer a resource; raise 404 if it is unknown."""
        [found] = await named_resources(self._catalog, [id_])
        return found

    async def day(self, resource_id: int, day: date) -> ClosingWish:
        """Answer the wish to close a whole day, as the clock shows it that hangs there."""
        where = zone((await self.resource(resource_id)).timezone)
        return ClosingWish(resource_id, minute_of(day, 0, where), minute_of(day + DAY, 0, where))

    async def named(self, items: Sequence[Mapping[str, Any]]) -> tuple[Mapping[int, Resource], Mapping[int, Person]]:
        """Answer the resources and the owners that these items name."""
        ids = {id_ for one in items for id_ in (*one["resource_ids"], one["to_id"]) if id_ is not None}
        owner_ids = {one["owner_id"] for one in items if one["owner_id"] is not None}
        resources = await self._catalog.resources(ids=sorted(ids)) if ids else {}
        people = await self._identity.people(ids=sorted(owner_ids)) if owner_ids else {}
        return resources, people
