"""Takes the reservations that arrive together and places them together, so that many share one commit."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from enum import Enum

import asyncpg
import structlog

from berth.kit.db import Connection, Database, DatabaseAway
from berth.kit.outbox.write import Outbox
from berth.modules.booking.store import living
from berth.modules.booking.store import placing as store
from berth.modules.booking.store.placing import Placed, Placement

BATCH_EASY = 16
BATCH_MAX = 64
IDS_AT_ONCE = 512
WARY_BATCHES = 4
AWAY_SECONDS_MAX = 15.0
AWAY_PAUSE_SECONDS = 0.1


class Outcome(Enum):
    """What became of a placement."""

    PLACED = "placed"
    BUSY = "busy"
    KEY_KNOWN = "key known"


class _NotAllFree(Exception):
    """Rolls back a placement of which only a part was free."""


class Placer:
    """The one way to take a slot.

    Single resources are queued and placed by ``run`` in batches: while one batch commits, the next
    gathers. Several resources at once have a transaction of their own. If the database goes away in the
    middle, the numbers of the placements tell afterwards which of them had committed.
    """

    def __init__(self, database: Database, outbox: Outbox) -> None:
        self._database = database
        self._outbox = outbox
        self._waiting: deque[tuple[Placement, asyncio.Future[Outcome]]] = deque()
        self._arrived = asyncio.Event()
        self._wary = 0
        self._ids: list[int] = []
        self._taking_ids = asyncio.Lock()

    async def next_id(self) -> int:
        """Answer a number that no reservation has."""
        while not self._ids:
            async with self._taking_ids:
                if not self._ids:
                    self._ids = await store.next_ids(self._database, IDS_AT_ONCE)
                    self._ids.reverse()
        return self._ids.pop()

    async def place(self, placement: Placement) -> Outcome:
        """Answer what became of the placement; raise ``DatabaseAway`` if that cannot be found out in time."""
        if len(placement.occupied) > 1:
            return await self._place_together(placement)
        settled: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append((placement, settled))
        self._arrived.set()
        return await settled

    async def run(self) -> None:
        """Place what arrives, until cancelled: one batch at a time, for the larger a batch the less each costs.

        Of many only half go at once. If all went, this process would have nothing to do while PostgreSQL
        places them, and PostgreSQL nothing while they are answered.
        """
        while True:
            await self._arrived.wait()
            count = min(max(BATCH_EASY, len(self._waiting) // 2), BATCH_MAX, len(self._waiting))
            batch = [self._waiting.popleft() for _ in range(count)]
            if not self._waiting:
                self._arrived.clear()
            await self._settle(batch)

    async def _settle(self, batch: Sequence[tuple[Placement, asyncio.Future[Outcome]]]) -> None:
        """Place a batch; if it fails as a whole, place one by one, so that one cannot spoil the others."""
        try:
            outcomes = await self._place_batch([placement for placement, _ in batch])
        except Exception as error:
            structlog.get_logger().warning("batch_not_placed", count=len(batch), reason=repr(error))
            if len(batch) > 1 and not isinstance(error, DatabaseAway):
                for one in batch:
                    await self._settle([one])
                return
            for _, settled in batch:
                if not settled.done():
                    settled.set_exception(error)
            return
        self._outbox.ring_at_once()
        for placement, settled in batch:
            if not settled.done():
                settled.set_result(outcomes[placement.id])

    async def _place_batch(self, placements: Sequence[Placement]) -> dict[int, Outcome]:
        """Place those that are free; expecting all of them to be, unless the last batches taught otherwise."""
        if not self._wary:
            try:
                async with self._lend(placements) as connection:
                    await store.place_all(connection, placements)
                    await self._ask(connection, placements)
                return {one.id: Outcome.PLACED for one in placements}
            except (asyncpg.ExclusionViolationError, asyncpg.UniqueViolationError, asyncpg.DeadlockDetectedError):
                self._wary = WARY_BATCHES
            except DatabaseAway:
                return await self._place_each(placements, lost=True)
        outcomes = await self._place_each(placements)
        all_placed = all(outcome is Outcome.PLACED for outcome in outcomes.values())
        self._wary = self._wary - 1 if all_placed else WARY_BATCHES
        return outcomes

    async def _place_each(self, placements: Sequence[Placement], *, lost: bool = False) -> dict[int, Outcome]:
        async def place() -> dict[int, Outcome]:
            async with self._lend(placements) as connection:
                placed = await store.place_free(connection, placements)
                outcomes = {one.id: _outcome(one, wanted=1) for one in placed}
                await self._ask(connection, [one for one in placements if outcomes[one.id] is Outcome.PLACED])
            return outcomes

        return await self._surely(place, lost=lost)

    def _lend(self, placements: Sequence[Placement]) -> AbstractAsyncContextManager[Connection]:
        """Lend a connection: in a transaction if there is more to write than the one statement of placing."""
        asking = any(one.request for one in placements)
        return self._database.transaction() if asking else self._database.connection()

    async def _ask(self, connection: Connection, placed: Sequence[Placement]) -> None:
        """Write down what these placements have to be confirmed by, and ask for it."""
        requests = [(one.id, one.request) for one in placed if one.request]
        if requests:
            await living.save_requests(connection, requests)
            asked = [(event, one.origin) for one in placed for event in one.asked]
            await self._outbox.write(connection, [event for event, _ in asked], [came_from for _, came_from in asked])

    async def _place_together(self, placement: Placement) -> Outcome:
        async def place() -> dict[int, Outcome]:
            try:
                async with self._database.transaction() as connection:
                    [placed] = await store.place_free(connection, [placement])
                    outcome = _outcome(placed, wanted=len(placement.occupied))
                    if outcome is not Outcome.PLACED:
                        raise _NotAllFree
                    await self._ask(connection, [placement])
            except _NotAllFree:
                pass
            return {placement.id: outcome}

        outcomes = await self._surely(place)
        self._outbox.ring_at_once()
        return outcomes[placement.id]

    async def _surely(
        self, place: Callable[[], Awaitable[dict[int, Outcome]]], *, lost: bool = False
    ) -> dict[int, Outcome]:
        """Place until the database has answered, and answer what became of each.

        After a lost connection the first try may have committed, or commit only now: the second then
        finds its own rows in the way. Their numbers tell them from those of others. ``lost`` says that
        there was a try before.
        """
        give_up_at = asyncio.get_running_loop().time() + AWAY_SECONDS_MAX
        while True:
            try:
                outcomes = await place()
                if lost:
                    outcomes |= dict.fromkeys(await store.existing(self._database, list(outcomes)), Outcome.PLACED)
                return outcomes
            except asyncpg.DeadlockDetectedError:
                continue
            except DatabaseAway:
                if asyncio.get_running_loop().time() > give_up_at:
                    raise
                lost = True
                await asyncio.sleep(AWAY_PAUSE_SECONDS)


def _outcome(placed: Placed, wanted: int) -> Outcome:
    if not placed.key_is_new:
        return Outcome.KEY_KNOWN
    return Outcome.PLACED if placed.placed_count == wanted else Outcome.BUSY
