"""Telling those who have tickets that their performance is at another time now, or has another name; some at a time."""

from datetime import timedelta

from berth.kit.clock import Clock
from berth.kit.db import Connection
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.timers import Timers
from berth.modules.seating.domain.performance import PerformanceState
from berth.modules.seating.store import informed, performances
from berth.modules.seating.usecases.performances import INFORM
from berth.modules.seating.usecases.selling import Selling

AT_ONCE = 100
PAUSE = timedelta(milliseconds=10)
LAST_LOOK = timedelta(minutes=1)
"""After so long nobody can be about to pay who read the performance before it was changed."""


class Informing:
    """Tells of each paid order whose buyer knows another performance than there is; of what was told, not again."""

    def __init__(self, selling: Selling, timers: Timers, clock: Clock) -> None:
        self._selling = selling
        self._timers = timers
        self._clock = clock

    async def go_on(self, connection: Connection, envelope: Envelope) -> None:
        """Tell some, and set the timer again if there may be more."""
        data = envelope.members()
        performance = await performances.find(connection, data["performance_id"])
        if performance is None or performance.state is PerformanceState.CANCELLED:
            return
        behind = await informed.behind(connection, performance.id, performance.plan.known, AT_ONCE)
        for order, changes in behind:
            await self._selling.inform(connection, performance, order, data["actor_id"], changes)
        await informed.note(connection, [order.id for order, _ in behind], performance.plan.known)
        if behind or not data.get("last"):
            pause, last = (PAUSE, False) if behind else (LAST_LOOK, True)
            key = f"{INFORM}/{performance.id}"
            await self._timers.set(connection, key, self._clock() + pause, INFORM, data | {"last": last})
