"""Gives, moves and takes away codes, as booking says."""

from collections.abc import Sequence

from berth.contracts.booking.reservation import ConfirmationEvent
from berth.kit.clock import Clock
from berth.kit.db import Connection
from berth.kit.origin import Origin, came_from
from berth.kit.outbox.event import Envelope, Event
from berth.kit.outbox.write import Outbox
from berth.modules.access.domain.request import KINDS, STEP, answer, heard
from berth.modules.access.store import ledger as store
from berth.modules.access.store.answering import answer as write_answers
from berth.modules.access.usecases.keeping import Keeping


class Confirming:
    """The verb of confirming requests, in the transaction that marks these as handled."""

    def __init__(self, outbox: Outbox, keeping: Keeping, clock: Clock, *, at_once: bool) -> None:
        self._outbox = outbox
        self._keeping = keeping
        self._clock = clock
        self._at_once = at_once

    async def confirm(self, connection: Connection, envelopes: Sequence[Envelope]) -> None:
        """Put everything into the ledgers and answer it, by a number of statements that does not grow with it.

        Only the lock is told of each permission by itself.
        """
        said: list[tuple[ConfirmationEvent, Origin | None]] = []
        for envelope in envelopes:
            event = envelope.read(KINDS[envelope.type])
            if STEP in event.steps:
                said.append((event, envelope.origin))
        if not said:
            return
        now = self._clock()
        before = await store.take_up(connection, sorted({event.reservation_id for event, _ in said}))
        after = dict(before)
        for event, _ in said:
            after[event.reservation_id] = heard(after[event.reservation_id], event, now, at_once=self._at_once)
        came_from(said[-1][1])
        after = await self._keeping.write(connection, before, after)
        answers: list[tuple[Event, Origin | None]] = []
        for event, origin in said:
            found = answer(after[event.reservation_id], event)
            if found:
                answers.append((found, origin))
        if answers:
            await write_answers(connection, answers)
            self._outbox.ring(connection)
