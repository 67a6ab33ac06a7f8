"""Looks after searches now and then: after changes elsewhere, for people who are gone, and for lost timers."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from berth.contracts.booking.searches import SearchEnded
from berth.contracts.catalog import ResourceChanged, ResourceCreated, SiteChanged
from berth.contracts.identity import Identity, PersonChanged
from berth.kit.clock import Clock
from berth.kit.db import Database
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.subscription import Broadcast
from berth.kit.outbox.write import Outbox
from berth.modules.booking.domain.life.value import SYSTEM
from berth.modules.booking.domain.searches.search import SearchState
from berth.modules.booking.store.searches import fitting as store
from berth.modules.booking.store.searches import search as searches
from berth.modules.booking.store.searches import watching
from berth.modules.booking.usecases.searches.fitting import Fitting
from berth.modules.booking.usecases.searches.noting import Noting
from berth.modules.booking.usecases.searches.telling import Telling

GRACE = timedelta(seconds=10)
"""How late a timer may be before it counts as lost."""

AT_ONCE_MAX = 200
KEPT = timedelta(days=30)
"""So long one sees a search that is over."""

NEWS = frozenset({ResourceChanged.type, ResourceCreated.type, SiteChanged.type, PersonChanged.type})


class Tending:
    """The verb of looking after searches. ``heard`` is set when other resources may fit, or for other people."""

    def __init__(
        self,
        *,
        database: Database,
        outbox: Outbox,
        identity: Identity,
        clock: Clock,
        noting: Noting,
        telling: Telling,
        fitting: Fitting,
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._identity = identity
        self._clock = clock
        self._noting = noting
        self._telling = telling
        self._fitting = fitting
        self.heard = asyncio.Event()
        self.broadcast = Broadcast(NEWS, self._hear, self.heard.set)

    async def tend(self) -> None:
        """Note who has another role or is gone, and what fits by now."""
        await self._note_people()
        await self._fitting.fit()
        await searches.forget(self._database, self._clock() - KEPT)

    async def catch_up(self) -> None:
        """End what is overdue, and set the timer for the next look anew if it was lost."""
        before = self._clock() - GRACE
        for id_ in await searches.overdue(self._database, before, AT_ONCE_MAX):
            async with self._database.transaction() as connection:
                await self._telling.pass_time_of(connection, [id_])
        next_at = await watching.next_look(self._database)
        if next_at is not None and next_at < before:
            async with self._database.transaction() as connection:
                await watching.take_turn(connection)
                await self._noting.wind(connection)

    async def _note_people(self) -> None:
        """Note who has another role by now, and let the searches go of those who are not active any more."""
        known = await store.owners(self._database)
        people = await self._identity.people(ids=sorted(known)) if known else {}
        for owner_id, role in known.items():
            person = people.get(owner_id)
            if person is None or not person.active:
                await self._let_go(owner_id)
            elif person.role != role:
                async with self._database.transaction() as connection:
                    await store.set_role(connection, owner_id, person.role)

    async def _let_go(self, owner_id: int) -> None:
        mine = await searches.listed(self._database, owner_id, (SearchState.LIVE,), 0, AT_ONCE_MAX)
        for one in mine:
            async with self._database.transaction() as connection:
                search = await searches.locked(connection, one.id)
                if search is not None:
                    await searches.remove(connection, one.id)
                    event = SearchEnded(search.id, owner_id, SYSTEM, search.name, "removed")
                    await self._outbox.write(connection, [event])

    def _hear(self, _: Sequence[Envelope]) -> None:
        self.heard.set()
