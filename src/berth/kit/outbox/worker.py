"""Handles what waits in an inbox for one group: each event once in effect, those of one subject in their order."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from berth.kit.clock import Clock
from berth.kit.db import Connection, Database, DatabaseAway
from berth.kit.origin import Origin, came_from
from berth.kit.outbox import inbox
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.inbox import Waiting
from berth.kit.outbox.pace import IDLE_SECONDS_MAX, Bell, Courtesy
from berth.kit.outbox.subscription import Handler

BATCH_MAX = 200
HANDLING_SECONDS_MAX = 60.0
ERROR_LENGTH_MAX = 2000


@dataclass(frozen=True, slots=True)
class Retries:
    """How often a failing event is tried, and how long after each failure; the time grows threefold."""

    attempts_max: int = 10
    first_seconds: float = 0.1
    seconds_max: float = 300.0

    def pause(self, attempts: int) -> timedelta:
        """Answer how long to wait after so many failures."""
        return timedelta(seconds=min(self.first_seconds * 3 ** (attempts - 1), self.seconds_max))


class Worker:
    """The one who handles events for a group of a module; the caller sees that there is one at a time.

    Events are handled in batches, each in one transaction with the note that they were. If a batch fails,
    its events are handled one by one. One that fails waits for its next try: later events of its subject
    wait with it, all others go on. After its last try it is a dead letter, and its subject goes on.
    """

    def __init__(
        self,
        *,
        database: Database,
        schema: str,
        group: str,
        handle: Handler,
        bell: Bell,
        courtesy: Courtesy,
        clock: Clock,
        retries: Retries,
    ) -> None:
        self._database = database
        self._schema = schema
        self._group = group
        self._handle = handle
        self._bell = bell
        self._courtesy = courtesy
        self._clock = clock
        self._retries = retries
        self._delayed: dict[str, datetime] = {}

    async def run(self) -> None:
        """Handle what comes, until cancelled; raises ``DatabaseAway`` when the database goes away."""
        self._delayed = await inbox.delayed(self._database, self._schema, self._group)
        while True:
            if not await self._courtesy.work(self._work):
                await self._bell.wait(self._seconds_to_next_try())

    async def _work(self) -> int:
        """Handle a batch; answer how many events were taken up."""
        now = self._clock()
        self._delayed = {subject: due for subject, due in self._delayed.items() if due > now}
        batch: list[Waiting] = []
        try:
            async with self._database.transaction() as connection:
                batch = await inbox.claim(connection, self._schema, self._group, self._delayed, BATCH_MAX)
                if batch:
                    await self._take(connection, batch)
        except DatabaseAway:
            raise
        except Exception as error:
            await self._one_by_one(batch, error)
        return len(batch)

    async def _take(self, connection: Connection, batch: Sequence[Waiting]) -> None:
        envelopes = [one.envelope for one in batch]
        came_from(_origin_of(envelopes[0]))
        async with asyncio.timeout(HANDLING_SECONDS_MAX):
            await self._handle(connection, envelopes)
        await inbox.handled(connection, self._schema, [one.id for one in batch])

    async def _one_by_one(self, batch: Sequence[Waiting], error: Exception) -> None:
        if len(batch) == 1:
            await self._failed(batch[0], error)
            return
        for one in batch:
            if one.envelope.subject in self._delayed:
                continue
            try:
                async with self._database.transaction() as connection:
                    if await inbox.claim_one(connection, self._schema, one.id):
                        await self._take(connection, [one])
            except DatabaseAway:
                raise
            except Exception as own_error:
                await self._failed(one, own_error)

    async def _failed(self, one: Waiting, error: Exception) -> None:
        attempts = one.attempts + 1
        last = attempts >= self._retries.attempts_max
        structlog.get_logger().warning(
            "event_dead" if last else "event_failed",
            group=self._group,
            id=one.envelope.id,
            type=one.envelope.type,
            subject=one.envelope.subject,
            attempts=attempts,
            reason=repr(error),
            exc_info=error if last else None,
        )
        if last:
            await inbox.bury(self._database, self._schema, one.id, repr(error)[:ERROR_LENGTH_MAX])
            return
        due_at = self._clock() + self._retries.pause(attempts)
        await inbox.failed(self._database, self._schema, one.id, due_at)
        self._delayed[one.envelope.subject] = due_at

    def _seconds_to_next_try(self) -> float:
        if not self._delayed:
            return IDLE_SECONDS_MAX
        left = (min(self._delayed.values()) - self._clock()).total_seconds()
        return min(max(left, 0.001), IDLE_SECONDS_MAX)


def _origin_of(envelope: Envelope) -> Origin | None:
    return Origin(envelope.trace_parent, envelope.address) if envelope.trace_parent else None
