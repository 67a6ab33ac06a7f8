"""Looks after the line now and then: for what became possible without anything being freed, and for lost timers."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from berth.contracts.catalog import Catalog, ResourceChanged, ResourceCreated, SiteChanged
from berth.contracts.identity import Identity, PersonChanged
from berth.kit.clock import Clock
from berth.kit.db import Database
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.subscription import Broadcast
from berth.modules.booking.domain.life.value import SYSTEM
from berth.modules.booking.domain.waitlist.entry import LIVE, EntryState
from berth.modules.booking.store import hold as holds
from berth.modules.booking.store.waitlist import entry as store
from berth.modules.booking.usecases.holds.holding import Holding
from berth.modules.booking.usecases.waitlist.ending import Ending
from berth.modules.booking.usecases.waitlist.offering import Offering

GRACE = timedelta(seconds=10)
"""How late a timer may be before it counts as lost."""

AT_ONCE_MAX = 200
NEWS = frozenset({ResourceChanged.type, ResourceCreated.type, SiteChanged.type, PersonChanged.type})
"""What may let somebody have what was refused before: other rules, more resources, another role."""


class Looking:
    """The verb of looking after the line. ``heard`` is set when it may be worth while."""

    def __init__(
        self,
        *,
        database: Database,
        catalog: Catalog,
        identity: Identity,
        clock: Clock,
        offering: Offering,
        ending: Ending,
        holding: Holding,
    ) -> None:
        self._database = database
        self._catalog = catalog
        self._identity = identity
        self._clock = clock
        self._offering = offering
        self._ending = ending
        self._holding = holding
        self.heard = asyncio.Event()
        self.broadcast = Broadcast(NEWS, self._hear, self.heard.set)

    async def look(self) -> None:
        """End what is overdue, note what changed, and offer what somebody could have by now."""
        await self._end_overdue()
        await self._fit_searches()
        await self._note_people()
        after: int | None = 0
        while after is not None:
            async with self._database.transaction() as connection:
                after = await self._offering.serve_behind(connection, after)

    async def _end_overdue(self) -> None:
        before = self._clock() - GRACE
        for id_ in await holds.overdue(self._database, before, AT_ONCE_MAX):
            async with self._database.transaction() as connection:
                await self._holding.end(connection, id_, "expired", SYSTEM)
        for id_ in await store.overdue(self._database, before, AT_ONCE_MAX):
            async with self._database.transaction() as connection:
                await self._ending.pass_time_of(connection, [id_])

    async def _fit_searches(self) -> None:
        """Let those who wait for any resource that fits wait for those that fit now."""
        after = 0
        while entries := await store.searching(self._database, after, AT_ONCE_MAX):
            found = {}
            for one in entries:
                if one.wanted.any_of is not None:
                    fitting = await self._catalog.search(query=one.wanted.any_of)
                    ids = tuple(sorted(each.id for each in fitting))
                    if ids != one.wanted.resource_ids:
                        found[one.id] = ids
            if found:
                async with self._database.transaction() as connection:
                    await self._offering.take_turn(connection)
                    await store.fit(connection, found)
            after = entries[-1].id

    async def _note_people(self) -> None:
        """Note who has another role by now, and let those go who are not active any more."""
        waiting = await store.owners(self._database)
        people = await self._identity.people(ids=sorted(waiting)) if waiting else {}
        gone = [id_ for id_ in waiting if id_ not in people or not people[id_].active]
        other = {id_: people[id_].role for id_ in waiting if id_ in people and people[id_].role != waiting[id_]}
        for id_, role in other.items():
            async with self._database.transaction() as connection:
                await store.set_role(connection, id_, role)
        for id_ in gone:
            async with self._database.transaction() as connection:
                await self._offering.take_turn(connection)
                for mine in await store.live(connection, id_):
                    for entry in await store.locked(connection, [mine.id]):
                        if entry.state in LIVE:
                            await self._ending.give_up(connection, entry, EntryState.LEFT, SYSTEM)

    def _hear(self, _: Sequence[Envelope]) -> None:
        self.heard.set()
