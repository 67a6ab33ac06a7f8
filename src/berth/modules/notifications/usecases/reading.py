"""Lets people read what happened, and forgets it in time."""

from collections.abc import Sequence
from datetime import timedelta

from berth.contracts.catalog import Catalog
from berth.contracts.identity import Identity
from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.db import Database
from berth.kit.http.problem import Problem
from berth.modules.notifications.domain.news import Notification
from berth.modules.notifications.domain.rendering import Names, people_of, resources_of
from berth.modules.notifications.store import orders, reading, reminding, series
from berth.modules.notifications.store.reading import Filter

UNREAD_KEPT_DAYS_MIN = 365


class Centre:
    """A person's own notifications. Nobody sees, or learns of, another's."""

    def __init__(self, database: Database, catalog: Catalog, identity: Identity, clock: Clock) -> None:
        self._database = database
        self._catalog = catalog
        self._identity = identity
        self._clock = clock

    async def listed(self, which: Filter, limit: int) -> list[Notification]:
        """Answer notifications that pass the filter, the newest first."""
        return await reading.listed(self._database, which, limit)

    async def unread_count(self, caller: Principal) -> int:
        """Answer how many the caller has not read."""
        return await reading.unread_count(self._database, caller.id)

    async def read(self, caller: Principal, id_: int) -> Notification:
        """Mark one as read and answer it; doing so twice changes nothing more. Raises 404 for another's."""
        found = await reading.read(self._database, caller.id, id_, self._clock())
        if found is None:
            raise Problem(404, "unknown-notification", "You have no such notification.")
        return found

    async def read_all(self, caller: Principal, until_id: int | None) -> int:
        """Mark everything as read, up to an id if one is given, and answer how many were not."""
        return await reading.read_all(self._database, caller.id, until_id, self._clock())

    async def names_of(self, notifications: Sequence[Notification]) -> Names:
        """Answer the names of the resources and persons that these are about."""
        resource_ids, person_ids = resources_of(notifications), people_of(notifications)
        resources = await self._catalog.resources(ids=resource_ids) if resource_ids else {}
        people = await self._identity.people(ids=person_ids) if person_ids else {}
        return Names({id_: one.name for id_, one in resources.items()}, {id_: one.name for id_, one in people.items()})

    async def forget(self, read_kept_days: int) -> None:
        """Forget what was read that long ago, and what nobody read in a year (or as long, if that is longer)."""
        now = self._clock()
        read_before = now - timedelta(days=read_kept_days)
        created_before = now - timedelta(days=max(UNREAD_KEPT_DAYS_MIN, read_kept_days))
        while await reading.forget(self._database, read_before, created_before) == reading.FORGET_AT_ONCE_MAX:
            pass
        await reminding.forget(self._database, read_before)
        await series.forget(self._database, read_before)
        await orders.forget(self._database, read_before)
