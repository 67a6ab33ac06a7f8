"""Reserves what somebody holds: the hold becomes the reservation, and its slot is never free in between."""

from dataclasses import dataclass

from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.contention.deadlock import patiently
from berth.kit.db import Database
from berth.kit.http.problem import Problem
from berth.modules.booking.domain.hold import Hold
from berth.modules.booking.store import hold as store
from berth.modules.booking.store import reservation as reservations
from berth.modules.booking.store.placing import Placement
from berth.modules.booking.usecases.claiming import Claiming, Kept
from berth.modules.booking.usecases.creating import Show
from berth.modules.booking.usecases.holds.holding import Holding
from berth.modules.booking.usecases.idempotency import Answer


@dataclass(frozen=True, slots=True)
class HoldUse:
    """A wish for the slot of a hold."""

    hold_id: int
    title: str
    description: str | None


class Converting:
    """The verb of reserving what is held."""

    def __init__(self, *, database: Database, clock: Clock, claiming: Claiming, holding: Holding) -> None:
        self._database = database
        self._clock = clock
        self._claiming = claiming
        self._holding = holding

    async def convert(self, caller: Principal, wish: HoldUse, show: Show) -> Answer:
        """Reserve the slot, and answer the reservation; whoever asks once more is answered the same reservation.

        Raises ``Problem``: 403 for somebody else's hold, 410 for one that is over or never was, 422 with every rule
        that refuses.
        """
        hold = await store.one(self._database, wish.hold_id)
        if hold is None:
            return await self._again(caller, wish, show)
        if hold.owner_id != caller.id:
            raise Problem(403, "not-allowed", "This hold is somebody else's.")
        kept = Kept(hold.id, "hold", hold.resource_ids, hold.start, hold.end, hold.created_at)
        placement = await self._claiming.prepare(caller, kept, wish.title, wish.description, show)
        if await patiently(lambda: self._claim(caller, hold, kept, placement)):
            return Answer(placement.answer.encode())
        return await self._again(caller, wish, show)

    async def _claim(self, caller: Principal, hold: Hold, kept: Kept, placement: Placement) -> bool:
        """Make the reservation, or answer false if somebody was quicker: another request, or the clock."""
        async with self._database.transaction() as connection:
            taken = await store.take(connection, hold.id)
            if taken is None:
                return False
            if taken.expires_at <= self._clock():
                raise _over()
            await self._claiming.claim(connection, kept, placement)
            await self._holding.told(connection, hold, "reserved", caller.id)
            return True

    async def _again(self, caller: Principal, wish: HoldUse, show: Show) -> Answer:
        found = await reservations.one(self._database, wish.hold_id)
        if found is None or found.created_by != caller.id:
            raise _over()
        return await self._claiming.again(caller, wish.hold_id, show)


def _over() -> Problem:
    return Problem(410, "hold-over", "This hold is over: it ran out or was given back. Hold or reserve the slot anew.")
