"""Tells people what happened, lets them read it, and forgets it in time."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from berth.contracts.catalog import Catalog
from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.db import Connection, Database
from berth.kit.http.problem import Problem
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.write import Outbox
from berth.modules.notifications import store
from berth.modules.notifications.domain import Notification, Switch, news_of, resources_of, settled
from berth.modules.notifications.store import Filter

UNREAD_KEPT_DAYS_MIN = 365


class Telling:
    """The verb of telling people of events, in the transaction that marks these as handled."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox

    async def tell(self, connection: Connection, envelopes: Sequence[Envelope]) -> None:
        """Make the notifications of these events, and an event for each of them."""
        await store.tell(connection, [news_of(one) for one in envelopes])
        self._outbox.ring()


class Centre:
    """A person's own notifications. Nobody sees, or learns of, another's."""

    def __init__(self, database: Database, catalog: Catalog, clock: Clock) -> None:
        self._database = database
        self._catalog = catalog
        self._clock = clock

    async def listed(self, which: Filter, limit: int) -> list[Notification]:
        """Answer notifications that pass the filter, the newest first."""
        return await store.listed(self._database, which, limit)

    async def unread_count(self, caller: Principal) -> int:
        """Answer how many the caller has not read."""
        return await store.unread_count(self._database, caller.id)

    async def read(self, caller: Principal, id_: int) -> Notification:
        """Mark one as read and answer it; doing so twice changes nothing more. Raises 404 for another's."""
        found = await store.read(self._database, caller.id, id_, self._clock())
        if found is None:
            raise Problem(404, "unknown-notification", "You have no such notification.")
        return found

    async def read_all(self, caller: Principal, until_id: int | None) -> int:
        """Mark everything as read, up to an id if one is given, and answer how many were not."""
        return await store.read_all(self._database, caller.id, until_id, self._clock())

    async def names_of(self, notifications: Sequence[Notification]) -> dict[int, str]:
        """Answer the names of the resources that these are about, by id."""
        ids = resources_of(notifications)
        known = await self._catalog.resources(ids=ids) if ids else {}
        return {id_: one.name for id_, one in known.items()}

    async def forget(self, read_kept_days: int) -> None:
        """Forget what was read that long ago, and what nobody read in a year (or as long, if that is longer)."""
        now = self._clock()
        read_before = now - timedelta(days=read_kept_days)
        created_before = now - timedelta(days=max(UNREAD_KEPT_DAYS_MIN, read_kept_days))
        while await store.forget(self._database, read_before, created_before) == store.FORGET_AT_ONCE_MAX:
            pass


class Preferences:
    """What a person wants to be told of."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, caller: Principal) -> Mapping[Switch, bool]:
        """Answer every switch of the caller."""
        return settled(await store.switches(self._database, caller.id))

    async def set(self, caller: Principal, chosen: Mapping[Switch, bool]) -> Mapping[Switch, bool]:
        """Set every switch of the caller, those not chosen to their defaults, and answer them."""
        all_ = settled(chosen)
        await store.save_switches(self._database, caller.id, all_)
        return all_
