"""Queueing: people come, ask how they stand, and get in one after the other."""

from datetime import datetime

from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.db import Connection, Database
from berth.kit.http.problem import Problem
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.timers import Timers
from berth.modules.seating.domain.performance import Performance, PerformanceState
from berth.modules.seating.domain.queue import (
    QueueState,
    Sight,
    Standing,
    has_room,
    is_watched,
    next_look,
    standing,
    why_no_waiting,
)
from berth.modules.seating.store import performances
from berth.modules.seating.store.queue import line, room
from berth.modules.seating.usecases.performances import unknown

QUEUE = "queue"
"""The timer that lets people in; its key is ``queue/`` and the number of the performance."""

OPEN = Standing(QueueState.OPEN)


class Queueing:
    """The verbs and questions of the waiting room.

    People get in when somebody asks who finds room, and by a timer that is set as long as anybody waits or is inside.
    Who asks and finds none, or a late one, sets it, whatever became of the last.
    """

    def __init__(self, database: Database, timers: Timers, clock: Clock) -> None:
        self._database = database
        self._timers = timers
        self._clock = clock

    async def ask(self, caller: Principal, performance_id: int) -> Standing:
        """Join, or say that one is still there; raises 404, 409 if nothing is sold any more."""
        performance, now = await self._performance(performance_id), self._clock()
        if performance.plan.admitted_max is None:
            return OPEN
        reason = why_no_waiting(performance, now)
        if reason:
            raise Problem(409, "not-on-sale", reason)
        if not await line.still_there(self._database, performance_id, caller.id, now):
            await line.join(self._database, performance_id, caller.id, now)
        sight = await self._see(caller, performance_id, now)
        found = standing(sight, now)
        may_enter = found.state is not QueueState.ADMITTED and has_room(performance, sight, now)
        if may_enter or not is_watched(performance, sight, now):
            await self._let_in(performance, now)
            found = standing(await self._see(caller, performance_id, now), now)
        return found

    async def one(self, caller: Principal, performance_id: int) -> Standing:
        """Answer how the caller stands, without joining; raises 404."""
        performance, now = await self._performance(performance_id), self._clock()
        if performance.plan.admitted_max is None:
            return OPEN
        return standing(await self._see(caller, performance_id, now), now)

    async def leave(self, caller: Principal, performance_id: int) -> None:
        """Leave the queue, or the room, whose place goes to the next; raises 404."""
        performance = await self._performance(performance_id)
        if await line.leave(self._database, performance_id, caller.id):
            await self._let_in(performance, self._clock())

    async def go_on(self, _: Connection, envelope: Envelope) -> None:
        """Let in who has room, and set the timer anew.

        It does so in a transaction of its own, which may come twice: in that of the other timers it would keep the
        queue locked for as long as those wait for seats.
        """
        performance = await performances.find(self._database, envelope.members()["performance_id"])
        if performance:
            await self._let_in(performance, self._clock())

    async def _performance(self, id_: int) -> Performance:
        found = await performances.find(self._database, id_)
        if found is None or found.state is PerformanceState.OPENING:
            raise unknown(id_)
        return found

    async def _see(self, caller: Principal, performance_id: int, now: datetime) -> Sight:
        return await line.see(self._database, performance_id, caller.id, now)

    async def _let_in(self, performance: Performance, now: datetime) -> None:
        async with self._database.transaction() as connection:
            await room.lock(connection, performance.id)
            await room.clear(connection, performance.id, now)
            await room.admit(connection, performance.id, now)
            left = await room.left(connection, performance.id)
            if left.anybody:
                due_at = next_look(performance, anybody_waits=left.anybody_waits, next_end=left.next_end, now=now)
                key, data = f"{QUEUE}/{performance.id}", {"performance_id": performance.id}
                await self._timers.set(connection, key, due_at, QUEUE, data)
