"""Takes what confirms a reservation, or lets its time pass, and goes on with its life."""

from collections.abc import Sequence

from berth.contracts.booking.reservation import ReservationCreated
from berth.kit.clock import Clock
from berth.kit.db import Connection
from berth.kit.outbox.event import Envelope
from berth.modules.booking.domain.life.confirming import ANSWERS, Answered, answered
from berth.modules.booking.domain.life.passing import passed
from berth.modules.booking.domain.life.value import SYSTEM
from berth.modules.booking.store import living as store
from berth.modules.booking.usecases.life.living import Living, Step


class Confirming:
    """The verbs that events and the clock call, in the transactions that mark those as handled."""

    def __init__(self, living: Living, clock: Clock) -> None:
        self._living = living
        self._clock = clock

    async def take(self, connection: Connection, envelopes: Sequence[Envelope]) -> None:
        """Go on with the lives that these events are about: set the clock of new ones, and take answers.

        All of them are locked, and at once: who sets the clock of a life by what it was before somebody changed
        it would set it wrong, and who locks twice may wait for somebody who waits for him. What payments answers of
        orders of seats is for others.
        """
        members = [(one, about) for one in envelopes if (about := one.members()).get("of") != "order"]
        lives = await store.locked(connection, [about["reservation_id"] for _, about in members])
        now = self._clock()
        steps, created = [], []
        for envelope, about in members:
            life = lives.get(about["reservation_id"])
            if life is None:
                continue
            if envelope.type == ReservationCreated.type:
                created.append(life.reservation.id)
                continue
            name, said = ANSWERS[envelope.type]
            turn = answered(life, Answered(about["request_id"], name, said, about.get("reason")), now)
            lives[life.reservation.id] = turn.life
            steps.append(Step(life, turn, SYSTEM, envelope.origin))
        await self._living.save(connection, steps, now)
        await self._living.remind(connection, [lives[id_] for id_ in created])

    async def pass_time(self, connection: Connection, envelopes: Sequence[Envelope]) -> None:
        """Do what is due for these reservations by now, and set their clocks anew."""
        lives = await store.locked(connection, [int(one.subject.partition("/")[2]) for one in envelopes])
        now = self._clock()
        steps = [Step(one, passed(one, now), SYSTEM, None) for one in lives.values()]
        await self._living.save(connection, steps, now)
        await self._living.remind(connection, [one.after for one in steps])
