"""Asks calendars from outside what they say, and closes resources accordingly."""

from datetime import timedelta

import structlog

from berth.contracts.booking.questions import Booking
from berth.contracts.catalog import Catalog
from berth.contracts.identity import Identity
from berth.kit.clock import Clock
from berth.kit.db import Connection, Database
from berth.kit.errand.ask import Errands
from berth.kit.errand.runner import Settle
from berth.kit.errand.store import Errand
from berth.kit.localtime import UnknownZone, zone
from berth.modules.calendar.domain.busy import merged
from berth.modules.calendar.domain.reading.lines import FeedBroken
from berth.modules.calendar.domain.subscription import Subscription, span
from berth.modules.calendar.providers.fetching import Fetched, Fetcher, NotFetched, Seen
from berth.modules.calendar.providers.reading import Reader
from berth.modules.calendar.store import busy
from berth.modules.calendar.store import subscriptions as store

REFRESH, APPLY = "refresh", "apply"
DUE_AT_ONCE = 50
UNREADABLE_PAUSE_MAX = timedelta(hours=6)


async def zone_of(catalog: Catalog, identity: Identity, kind: str, subject_id: int) -> str:
    """Answer the zone in which times that name none are read: that of the resource or of the person, else UTC."""
    ids = [subject_id]
    found = await (catalog.resources(ids=ids) if kind == "resource" else identity.contacts(ids=ids))
    name = found[subject_id].timezone if subject_id in found else None
    try:
        return zone(name).key if name else "UTC"
    except UnknownZone:
        return "UTC"


class Refreshing:
    """The errands of subscriptions. Each may be done twice, and none undoes what a later one did."""

    def __init__(
        self,
        *,
        database: Database,
        errands: Errands,
        booking: Booking,
        catalog: Catalog,
        identity: Identity,
        fetcher: Fetcher,
        reader: Reader,
        clock: Clock,
        every: timedelta,
    ) -> None:
        self._database = database
        self._errands = errands
        self._booking = booking
        self._catalog = catalog
        self._identity = identity
        self._fetcher = fetcher
        self._reader = reader
        self._clock = clock
        self._every = every

    async def ask_due(self) -> int:
        """Have those asked whose time has come, and answer how many."""
        async with self._database.transaction() as connection:
            due = await store.take_due(connection, self._clock(), self._every, DUE_AT_ONCE)
            for id_ in due:
                key = f"subscription/{id_}/{REFRESH}"
                await self._errands.ask(connection, key, REFRESH, {"subscription_id": id_})
        return len(due)

    async def refresh(self, errand: Errand) -> Settle | None:
        """Ask a calendar what it says; what it said before holds until it says something else."""
        id_ = errand.data["subscription_id"]
        found = await store.one(self._database, id_)
        if found is None:
            return None
        if found.removed_at is None:
            try:
                await self._learn(found)
            except NotFetched as error:
                structlog.get_logger().info("calendar_not_fetched", subscription=id_, reason=str(error))
                await store.note_failure(self._database, id_, str(error), self._clock())
            except FeedBroken as error:
                structlog.get_logger().info("calendar_not_read", subscription=id_, reason=str(error))
                await store.note_unreadable(
                    self._database, id_, str(error), self._clock(), every=self._every, pause_max=UNREADABLE_PAUSE_MAX
                )
        await self._close(id_)
        return _forgetting(id_) if found.removed_at is not None else None

    async def apply(self, errand: Errand) -> Settle | None:
        """Close what a calendar says once more, for something in its way may be gone."""
        await self._close(errand.data["subscription_id"])
        return None

    async def _learn(self, subscription: Subscription) -> None:
        now = self._clock()
        fetched = await self._fetched(subscription, fresh=subscription.is_fresh(now))
        times = None
        if fetched.data is not None:
            where = await zone_of(self._catalog, self._identity, subscription.kind, subscription.subject_id)
            times = await self._reader.read(fetched.data, where, span(now))
        async with self._database.transaction() as connection:
            if not await busy.lock(connection, subscription.id):
                return
            if times is not None:
                await busy.replace(connection, subscription.id, times)
            await store.note_success(
                connection,
                subscription.id,
                etag=fetched.seen.etag,
                last_modified=fetched.seen.last_modified,
                whole=times is not None,
                now=self._clock(),
            )

    async def _fetched(self, subscription: Subscription, *, fresh: bool) -> Fetched:
        seen = Seen(subscription.etag, subscription.last_modified) if fresh else Seen(None, None)
        if subscription.url is not None:
            return await self._fetcher.fetch(subscription.url, seen)
        return Fetched(None if fresh else await store.file_of(self._database, subscription.id), seen)

    async def _close(self, id_: int) -> None:
        """Tell booking what stands, whatever became of the asking: a slot that was taken may be free now."""
        found = await store.one(self._database, id_)
        if found is None or found.kind != "resource":
            return
        number, times = await busy.standing(self._database, id_)
        await self._booking.close_by_calendar(
            source=found.source,
            number=number,
            resource_id=found.subject_id,
            actor_id=found.created_by,
            reason=found.name,
            busy=[] if found.removed_at is not None else merged(times),
        )


def _forgetting(id_: int) -> Settle:
    async def settle(connection: Connection) -> None:
        await store.forget(connection, id_)

    return settle
