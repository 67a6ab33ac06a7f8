"""Undoing all that was sold of a cancelled performance, some at a time."""

from datetime import timedelta

from berth.kit.clock import Clock
from berth.kit.db import Connection
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.timers import Timers
from berth.modules.seating.domain.order import HoldState
from berth.modules.seating.store import holds, orders, performances
from berth.modules.seating.usecases.holding import Holding
from berth.modules.seating.usecases.performances import WIND_DOWN
from berth.modules.seating.usecases.selling import STAFF, Selling

AT_ONCE = 100
PAUSE = timedelta(milliseconds=10)
LAST_LOOK = timedelta(minutes=1)
"""After so long nothing can be on its way that was begun before the performance was cancelled."""


class WindingDown:
    """Releases the holds of a cancelled performance, and cancels its orders."""

    def __init__(self, holding: Holding, selling: Selling, timers: Timers, clock: Clock) -> None:
        self._holding = holding
        self._selling = selling
        self._timers = timers
        self._clock = clock

    async def go_on(self, connection: Connection, envelope: Envelope) -> None:
        """Undo some, and set the timer again if there may be more."""
        data = envelope.members()
        performance = await performances.find(connection, data["performance_id"])
        if performance is None:
            return
        held = await holds.of_performance(connection, performance.id, AT_ONCE)
        for id_ in held:
            await self._holding.end(connection, id_, HoldState.RELEASED, data["actor_id"])
        sold = await orders.open_of(connection, performance.id, AT_ONCE)
        for id_ in sold:
            order = await orders.lock(connection, id_)
            if order:
                await self._selling.cancel(
                    connection, performance, order, actor_id=data["actor_id"], by=STAFF, reason=data["reason"]
                )
        if held or sold or not data.get("last"):
            pause, last = (PAUSE, False) if held or sold else (LAST_LOOK, True)
            key = f"{WIND_DOWN}/{performance.id}"
            await self._timers.set(connection, key, self._clock() + pause, WIND_DOWN, data | {"last": last})
