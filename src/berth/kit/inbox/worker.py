"""Handles what waits for a group: each event once in effect, those of one subject in their order."""

import asyncio
import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from berth.kit.clock import Clock
from berth.kit.db import Connection, Database, DatabaseAway
from berth.kit.inbox import parcels
from berth.kit.inbox import store as inbox
from berth.kit.inbox.parcels import Load, Parcel
from berth.kit.inbox.store import Waiting
from berth.kit.origin import came_from
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.pace import IDLE_SECONDS_MAX, Bell, Courtesy
from berth.kit.outbox.subscription import Handler
from berth.kit.telemetry.watch import Watch

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


class _TakenMeanwhile(Exception):
    """Rolls back the handling of parcels of which somebody else has handled one."""


class Worker:
    """The one who handles events for a group of a module; the caller sees that there is one at a time.

    Events are handled in batches, each in one transaction with the note that they were. If a batch fails,
    its events are handled one by one. One that fails waits for its next try: later events of its subject
    wait with it, all others go on. After its last try it is a dead letter, and its subject goes on.
    ``rung_for_inbox`` says that the bell rings for what a broker brought into the inbox.
    """

    def __init__(
        self,
        *,
        database: Database,
        schema: str,
        group: str,
        handle: Handler,
        load: Load,
        bell: Bell,
        courtesy: Courtesy,
        clock: Clock,
        retries: Retries,
        watch: Watch,
        gather_seconds: float = 0.0,
        rung_for_inbox: bool = False,
    ) -> None:
        self._database = database
        self._schema = schema
        self._group = group
        self._handle = handle
        self._load = load
        self._bell = bell
        self._courtesy = courtesy
        self._clock = clock
        self._retries = retries
        self._watch = watch
        self._gather_seconds = gather_seconds
        self._rung_for_inbox = rung_for_inbox
        self._delayed: dict[str, datetime] = {}

    async def run(self) -> None:
        """Handle what comes, until cancelled; raises ``DatabaseAway`` when the database goes away."""
        self._delayed = await inbox.delayed(self._database, self._schema, self._group)
        rung = False
        while True:
            handled = await self._courtesy.work(self._work_on_inbox) if rung and self._rung_for_inbox else 0
            handled = handled or await self._courtesy.work(self._work)
            if handled < BATCH_MAX:
                await asyncio.sleep(self._gather_seconds if handled else 0.0)
                rung = await self._bell.wait(self._seconds_to_next_try())

    async def _work(self) -> int:
        """Handle a batch; answer how many events were taken up, and ring the bell if some were left.

        What is in the inbox was there before all that is in parcels, or has no parcels beside it.
        """
        found = await parcels.look(self._database, self._schema, self._group, self._waiting_subjects())
        taken = () if found.in_inbox else parcels.together(found.parcels, BATCH_MAX)
        if len(taken) < len(found.parcels) or len(taken) == parcels.AT_ONCE_MAX:
            self._bell.ring()
        if found.in_inbox:
            return await self._work_on_inbox()
        return await self._work_on_parcels(taken) if taken else 0

    async def _work_on_inbox(self) -> int:
        batch: list[Waiting] = []
        try:
            async with self._database.transaction() as connection:
                subjects = self._waiting_subjects()
                batch = await inbox.claim(connection, self._schema, self._group, subjects, BATCH_MAX)
                if batch:
                    await self._take(connection, batch)
            self._watch.deliveries.handled(self._group, len(batch))
        except DatabaseAway:
            raise
        except Exception as error:
            await self._one_by_one(batch, error)
        return len(batch)

    async def _work_on_parcels(self, waiting: Sequence[Parcel]) -> int:
        envelopes = [event for one in waiting for event in await self._load(one.source, one.numbers)]
        try:
            await self._open(waiting, envelopes)
        except DatabaseAway:
            raise
        except _TakenMeanwhile:
            self._bell.ring()
        except Exception as error:
            structlog.get_logger().info("parcels_failed", group=self._group, count=len(envelopes), reason=repr(error))
            await self._unpack(waiting, envelopes)
            self._bell.ring()
        return len(envelopes)

    async def _open(self, waiting: Sequence[Parcel], envelopes: Sequence[Envelope]) -> None:
        """Handle parcels, without the events of subjects that wait: these go to the inbox, behind those."""
        now = [one for one in envelopes if one.subject not in self._delayed]
        later = [one for one in envelopes if one.subject in self._delayed]
        async with self._database.transaction() as connection:
            if not await parcels.take(connection, self._schema, self._group, waiting):
                raise _TakenMeanwhile
            if now:
                await self._call(connection, now)
            if later:
                await inbox.store(connection, self._schema, self._group, later)
        self._watch.deliveries.handled(self._group, len(now))

    async def _unpack(self, waiting: Sequence[Parcel], envelopes: Sequence[Envelope]) -> None:
        """Put the events of parcels into the inbox."""
        with contextlib.suppress(_TakenMeanwhile):
            async with self._database.transaction() as connection:
                if not await parcels.take(connection, self._schema, self._group, waiting):
                    raise _TakenMeanwhile
                await inbox.store(connection, self._schema, self._group, envelopes)

    async def _take(self, connection: Connection, batch: Sequence[Waiting]) -> None:
        await self._call(connection, [one.envelope for one in batch])
        await inbox.handled(connection, self._schema, [one.id for one in batch])

    async def _call(self, connection: Connection, envelopes: Sequence[Envelope]) -> None:
        with self._watch.tracer.handling(self._group, envelopes) as traced:
            came_from(traced[0].origin if len(traced) == 1 else None)
            async with asyncio.timeout(HANDLING_SECONDS_MAX):
                await self._handle(connection, traced)

    async def _one_by_one(self, batch: Sequence[Waiting], error: Exception) -> None:
        if len(batch) == 1:
            await self._failed(batch[0], error)
            return
        for one in batch:
            if one.envelope.subject in self._delayed:
                continue
            try:
                async with self._database.transaction() as connection:
                    waits = await inbox.claim_one(connection, self._schema, one.id)
                    if waits:
                        await self._take(connection, [one])
                self._watch.deliveries.handled(self._group, int(waits))
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
            self._watch.deliveries.died(self._group)
            return
        due_at = self._clock() + self._retries.pause(attempts)
        await inbox.failed(self._database, self._schema, one.id, due_at)
        self._watch.deliveries.retried(self._group)
        self._delayed[one.envelope.subject] = due_at

    def _waiting_subjects(self) -> Iterable[str]:
        """Answer the subjects whose first event is not due yet; those that are due are tried again."""
        now = self._clock()
        self._delayed = {subject: due for subject, due in self._delayed.items() if due > now}
        return self._delayed

    def _seconds_to_next_try(self) -> float:
        if not self._delayed:
            return IDLE_SECONDS_MAX
        left = (min(self._delayed.values()) - self._clock()).total_seconds()
        return min(max(left, 0.001), IDLE_SECONDS_MAX)
