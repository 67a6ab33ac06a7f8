"""Notes what becomes free, for the searches that it may interest; behind the transactions that free it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from berth.contracts.catalog import Catalog, Resource
from berth.kit.clock import Clock
from berth.kit.db import Connection
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.timers import Timers
from berth.modules.booking.domain.gaps import buffers
from berth.modules.booking.domain.searches.freeing import Freed, freed_by, whole
from berth.modules.booking.store.searches import watching as store
from berth.modules.booking.store.searches.watching import Noted

TIMER, TIMER_KEY = "searches", "searches"
GATHER = timedelta(seconds=2)
"""So long after something became free it is looked at first: what is freed together is told together."""


class Noting:
    """The verbs that note."""

    def __init__(self, *, catalog: Catalog, timers: Timers, clock: Clock, pause: timedelta) -> None:
        self._catalog = catalog
        self._timers = timers
        self._clock = clock
        self._pause = pause

    async def take(self, connection: Connection, envelopes: Sequence[Envelope]) -> None:
        """Note what these events free."""
        if not await store.anybody_waits(connection):
            return
        await self.note(connection, freed_by(envelopes))

    async def note(self, connection: Connection, freed: Sequence[Freed]) -> None:
        """Note what was freed and is not over."""
        now = self._clock()
        resources = await self._catalog.resources(ids=sorted({one.resource_id for one in freed})) if freed else {}
        noted = [_noted(one, resources[one.resource_id]) for one in freed if one.resource_id in resources]
        noted = [one for one in noted if one.end > now and one.start < one.end]
        if not noted:
            return
        await store.take_turn(connection)
        awoken = await store.awake(connection, noted, now + GATHER, self._pause)
        await store.note(connection, noted)
        if awoken:
            await self.wind(connection)

    async def wind(self, connection: Connection) -> None:
        """Set the timer for the next look; the caller has the turn."""
        next_at: datetime | None = await store.next_look(connection)
        if next_at is not None:
            await self._timers.set(connection, TIMER_KEY, next_at, TIMER)


def _noted(freed: Freed, resource: Resource) -> Noted:
    start, end = whole(freed, resource)
    setup, teardown = buffers(resource.policy)
    return Noted(
        resource_id=freed.resource_id,
        start=start,
        end=end,
        reach=(start - teardown, end + setup),
        briefly=freed.briefly,
        person_ids=freed.person_ids,
    )
