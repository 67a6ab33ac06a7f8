"""Does a module's errands: several at a time, outside of any transaction, each until it is done."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog

from berth.kit.clock import Clock
from berth.kit.db import Connection, Database, DatabaseAway
from berth.kit.errand import store
from berth.kit.errand.store import Errand
from berth.kit.inbox.worker import Retries
from berth.kit.origin import came_from
from berth.kit.outbox.pace import IDLE_SECONDS_MAX, Bell

AT_ONCE_MAX = 16
SECONDS_MAX = 60.0
ERROR_LENGTH_MAX = 2000

Settle = Callable[[Connection], Awaitable[None]]
"""Writes down what came of an errand, in the transaction that forgets it."""

Do = Callable[[Errand], Awaitable[Settle | None]]
"""Does an errand; an error has it done again later. It may be done twice: what is called must bear that."""


class Runner:
    """The one who does a module's errands; the caller sees that there is one at a time.

    ``pause_seconds`` answers how long to step back, and do one at a time, behind what is more urgent; 0 is not at all.
    """

    def __init__(
        self,
        *,
        database: Database,
        schema: str,
        errands: Mapping[str, Do],
        bell: Bell,
        clock: Clock,
        retries: Retries,
        pause_seconds: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self._database = database
        self._schema = schema
        self._errands = errands
        self._bell = bell
        self._clock = clock
        self._retries = retries
        self._pause_seconds = pause_seconds

    async def run(self) -> None:
        """Do what is due, until cancelled; raises ``DatabaseAway``."""
        under_way: dict[str, asyncio.Task[None]] = {}
        try:
            while True:
                for key in [key for key, task in under_way.items() if task.done()]:
                    await under_way.pop(key)
                pause = self._pause_seconds()
                await asyncio.sleep(pause)
                room = max((1 if pause else AT_ONCE_MAX) - len(under_way), 0)
                for errand in await store.due(self._database, self._schema, self._clock(), list(under_way), room):
                    under_way[errand.key] = task = asyncio.create_task(self._try(errand))
                    task.add_done_callback(lambda _: self._bell.ring())
                await self._bell.wait(await self._seconds_to_next(list(under_way)))
        finally:
            for task in under_way.values():
                task.cancel()
            await asyncio.gather(*under_way.values(), return_exceptions=True)

    async def _try(self, errand: Errand) -> None:
        came_from(errand.origin)
        try:
            async with asyncio.timeout(SECONDS_MAX):
                settle = await self._errands[errand.name](errand)
            async with self._database.transaction() as connection:
                if settle:
                    await settle(connection)
                await store.done(connection, self._schema, errand)
        except DatabaseAway:
            raise
        except Exception as error:
            await self._failed(errand, error)

    async def _failed(self, errand: Errand, error: Exception) -> None:
        attempts = errand.attempts + 1
        last = attempts >= self._retries.attempts_max
        now = self._clock()
        structlog.get_logger().warning(
            "errand_given_up" if last else "errand_failed",
            module=self._schema,
            key=errand.key,
            name=errand.name,
            attempts=attempts,
            reason=repr(error),
            exc_info=error if last else None,
        )
        await store.failed(
            self._database,
            self._schema,
            errand,
            due_at=now + self._retries.pause(attempts),
            error=repr(error)[:ERROR_LENGTH_MAX],
            given_up_at=now if last else None,
        )

    async def _seconds_to_next(self, under_way: list[str]) -> float:
        next_at = await store.next_due(self._database, self._schema, under_way)
        left = IDLE_SECONDS_MAX if next_at is None else (next_at - self._clock()).total_seconds()
        return min(max(left, 0.001), IDLE_SECONDS_MAX)
