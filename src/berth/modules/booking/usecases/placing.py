"""Takes the reservations that arrive together and places them together, so that many share one commit."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Mapping, Sequence
from enum import Enum

import asyncpg
import structlog

from berth.kit.db import Database, DatabaseAway
from berth.modules.booking.store import placing as store
from berth.modules.booking.store.placing import Placed, Placement

BATCH_MAX = 64
BATCHES_AT_ONCE = 2
IDS_AT_ONCE = 512
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
    gathers. Several resources at once have a transaction of their own. If the database goes away in
    the middle, the numbers of the placements tell afterwards which of them had committed.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: deque[tuple[Placement, asyncio.Future[Outcome]]] = deque()
        self._arrived = asyncio.Event()
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
        """Place what arrives, until cancelled."""
        await asyncio.gather(*(self._run_one() for _ in range(BATCHES_AT_ONCE)))

    async def _run_one(self) -> None:
        while True:
            await self._arrived.wait()
            count = min(len(self._waiting), BATCH_MAX)
            batch = [self._waiting.popleft() for _ in range(count)]
            if not self._waiting:
                self._arrived.clear()
            if batch:
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
        for placement, settled in batch:
            if not settled.done():
                settled.set_result(outcomes[placement.id])

    async def _place_batch(self, placements: Sequence[Placement]) -> dict[int, Outcome]:
        outcomes: dict[int, Outcome] = {}
        left, lost = list(placements), False
        give_up_at = asyncio.get_running_loop().time() + AWAY_SECONDS_MAX
        while left:
            try:
                async with self._database.connection() as connection:
                    placed = await store.place(connection, left)
                outcomes |= {one.id: _outcome(one, wanted=1) for one in placed}
                return outcomes | await self._made_before(outcomes) if lost else outcomes
            except asyncpg.DeadlockDetectedError:
                continue
            except (DatabaseAway, asyncpg.UniqueViolationError):
                lost = True
                found = await self._found_after_loss([one.id for one in left], give_up_at)
                outcomes |= dict.fromkeys(found, Outcome.PLACED)
                left = [one for one in left if one.id not in found]
        return outcomes

    async def _place_together(self, placement: Placement) -> Outcome:
        give_up_at = asyncio.get_running_loop().time() + AWAY_SECONDS_MAX
        lost = False
        while True:
            try:
                async with self._database.transaction() as connection:
                    [placed] = await store.place(connection, [placement])
                    outcome = _outcome(placed, wanted=len(placement.occupied))
                    if outcome is not Outcome.PLACED:
                        raise _NotAllFree
                    return outcome
            except _NotAllFree:
                before = await self._made_before({placement.id: outcome}) if lost else {}
                return before.get(placement.id, outcome)
            except asyncpg.DeadlockDetectedError:
                continue
            except (DatabaseAway, asyncpg.UniqueViolationError):
                lost = True
                if await self._found_after_loss([placement.id], give_up_at):
                    return Outcome.PLACED

    async def _made_before(self, outcomes: Mapping[int, Outcome]) -> dict[int, Outcome]:
        """Answer which placements that failed now had been made by a try whose answer was lost.

        That try may have been about to commit when it was looked for; what stood in the way is itself.
        """
        failed = [id_ for id_, outcome in outcomes.items() if outcome is not Outcome.PLACED]
        made = await store.existing(self._database, failed) if failed else set()
        return dict.fromkeys(made, Outcome.PLACED)

    async def _found_after_loss(self, ids: Sequence[int], give_up_at: float) -> set[int]:
        """Wait for the database to be back, and answer which of the placements had committed."""
        while True:
            if asyncio.get_running_loop().time() > give_up_at:
                raise DatabaseAway("it could not be found out in time whether the reservation was made")
            await asyncio.sleep(AWAY_PAUSE_SECONDS)
            with contextlib.suppress(DatabaseAway):
                return await store.existing(self._database, ids)


def _outcome(placed: Placed, wanted: int) -> Outcome:
    if not placed.key_is_new:
        return Outcome.KEY_KNOWN
    return Outcome.PLACED if placed.placed_count == wanted else Outcome.BUSY
