"""Holding seats: all that are asked for or none, for some minutes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.contention.deadlock import patiently
from berth.kit.contention.turns import Turns
from berth.kit.db import Connection, Database
from berth.kit.http.problem import Problem
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.timers import Timers
from berth.kit.outbox.write import Outbox
from berth.modules.seating.domain.order import HoldState, SeatHold
from berth.modules.seating.domain.queue import ASK_AGAIN_SECONDS, QueueState, Standing
from berth.modules.seating.domain.seats.choosing import Wanted, apart, best, left_alone
from berth.modules.seating.store import holds
from berth.modules.seating.store.queue import room
from berth.modules.seating.store.seats import holding, reading, turning
from berth.modules.seating.store.seats.holding import Held
from berth.modules.seating.usecases.halls import Hall, Halls, areas_of, places_of, sure_of
from berth.modules.seating.usecases.queue.refusing import outside, refuse_outside

HOLD = "hold"
"""The timer of a hold; its key is ``hold/`` and the number."""

CHOOSING_AT_ONCE = 2
CHOOSING_WAIT_SECONDS_MAX = 20.0
"""Whoever looks for the best seats reads all of them: more at once would choose the same ones, and look again."""

TRIES_MAX = 20
CHOICES_MAX = 256
ALTERNATIVES_MAX = 3


@dataclass(frozen=True, slots=True)
class SeatWish:
    """What somebody wants held: seats by their ids, or the best of a kind; and room in areas."""

    performance_id: int
    seats: tuple[str, ...] = ()
    best: Wanted | None = None
    areas: Mapping[str, int] | None = None


class Holding:
    """The verbs of holding seats."""

    def __init__(self, *, database: Database, timers: Timers, outbox: Outbox, halls: Halls, clock: Clock) -> None:
        self._database = database
        self._timers = timers
        self._outbox = outbox
        self._halls = halls
        self._clock = clock
        self._choosing = Turns(CHOOSING_AT_ONCE, CHOOSING_WAIT_SECONDS_MAX)
        self._next = count()

    def now(self) -> datetime:
        """Answer the present, from which the rest of a hold is counted."""
        return self._clock()

    async def hold(self, caller: Principal, wish: SeatWish) -> tuple[SeatHold, Hall]:
        """Hold what is wished for.

        Raises 404; 409 with what is taken and what could be had instead, if nothing is on sale, if the caller has to
        wait outside, if it were more than one person may have, or if a seat were left alone; 422 for what is not in
        the map.
        """
        hall = await self._halls.of(wish.performance_id)
        reason = hall.performance.why_not_on_sale(self._clock())
        if reason:
            raise Problem(409, "not-on-sale", reason)
        await refuse_outside(self._database, hall.performance, caller.id, self._clock())
        areas = areas_of(hall.layout, wish.areas or {})
        if wish.best is not None:
            sure_of(hall.layout, wish.best)
            async with self._choosing.turn():
                return await self._best(caller, hall, wish.best, areas), hall
        places = places_of(hall.layout, wish.seats)
        if not places and not areas:
            raise Problem(422, "invalid-input", "Say which seats, how many of the best, or how many in which area.")
        if hall.performance.plan.no_single_seats and places:
            await self._refuse_single(hall, places)
        held = await self._try(caller, hall, places, areas)
        if isinstance(held, SeatHold):
            return held, hall
        raise await self._taken(hall, places, areas, held)

    async def _best(self, caller: Principal, hall: Hall, wanted: Wanted, areas: Mapping[str, int]) -> SeatHold:
        """Hold the best block that is free.

        Whoever is overtaken takes one of the next best, of the more the more often, for those who lost the same race
        would else meet at the next block again.
        """
        plan = hall.performance.plan
        for tries in range(TRIES_MAX):
            states = await reading.states(self._database, hall.performance.id)
            most = min(2**tries, CHOICES_MAX)
            near = best(
                hall.layout, states, wanted, no_single_seats=plan.no_single_seats, most=most * (2 * wanted.count - 1)
            )
            found = apart(near, most)
            if not found:
                break
            block = found[next(self._next) % len(found)]
            held = await self._try(caller, hall, list(block), areas)
            if isinstance(held, SeatHold):
                return held
            if len(held.free) == wanted.count:
                raise await self._taken(hall, list(block), areas, held)
        raise Problem(
            409,
            "seats-taken",
            f"There are no {wanted.count} free seats beside each other left of this kind.",
            more={"taken": [], "alternatives": []},
        )

    async def _try(
        self, caller: Principal, hall: Hall, places: Sequence[int], areas: Mapping[str, int]
    ) -> SeatHold | Held:
        plan, now = hall.performance.plan, self._clock()
        until = now + timedelta(minutes=plan.hold_minutes)
        held = await patiently(lambda: self._keep(caller, hall, places, areas, until=until, now=now))
        if not held.done:
            return held
        self._outbox.ring_at_once()
        return SeatHold(
            id=held.id,
            performance_id=hall.performance.id,
            person_id=caller.id,
            places=tuple(places),
            areas=areas,
            state=HoldState.ACTIVE,
            extended=False,
            expires_at=until,
            created_at=now,
            order_id=None,
        )

    async def _keep(
        self,
        caller: Principal,
        hall: Hall,
        places: Sequence[int],
        areas: Mapping[str, int],
        *,
        until: datetime,
        now: datetime,
    ) -> Held:
        """Hold seats. With a waiting room one stays inside until then, or holds nothing if the stay ended meanwhile."""
        one, plan = hall.performance, hall.performance.plan
        wanted = (one.id, caller.id, places, areas, plan.seats_per_person, until, now)
        if plan.admitted_max is None:
            return await holding.hold(self._database, *wanted)
        async with self._database.transaction() as connection:
            held = await holding.hold(connection, *wanted)
            if held.done and not await room.put_off(connection, one.id, caller.id, until, now):
                raise outside(one, Standing(QueueState.OUTSIDE, ask_again_seconds=ASK_AGAIN_SECONDS))
        return held

    async def _refuse_single(self, hall: Hall, places: Sequence[int]) -> None:
        states = await reading.states(self._database, hall.performance.id)
        alone = left_alone(hall.layout, states, places)
        if alone:
            named = ", ".join(hall.layout.name_of(one) for one in alone)
            raise Problem(
                409,
                "single-seat-left",
                f"{named} would be left alone; take seats at the end of the free ones.",
                more={"left_alone": [hall.layout.seats[one][0] for one in alone]},
            )

    async def _taken(self, hall: Hall, places: Sequence[int], areas: Mapping[str, int], held: Held) -> Problem:
        """Answer what stood in the way, with neighbours that could be had instead."""
        lost = [one for one in places if one not in held.free]
        full = [one for one in areas if one not in held.roomy]
        if not lost and not full:
            most = hall.performance.plan.seats_per_person
            return Problem(409, "too-many-seats", f"One person may have up to {most} seats of this performance.")
        layout = hall.layout
        named = [*(layout.name_of(one) for one in lost), *full]
        alternatives = await self._instead(hall, places) if lost else []
        return Problem(
            409,
            "seats-taken",
            f"{', '.join(named)}: taken meanwhile.",
            more={
                "taken": [layout.seats[one][0] for one in lost],
                "full": full,
                "alternatives": [[layout.seats[one][0] for one in block] for block in alternatives],
            },
        )

    async def _instead(self, hall: Hall, places: Sequence[int]) -> list[range]:
        """Answer blocks of as many seats of the first one's category that are free, the nearest to what was wanted."""
        layout = hall.layout
        states = await reading.states(self._database, hall.performance.id)
        wanted = Wanted(len(places), category=layout.seats[places[0]][1].category)
        found = best(
            layout, states, wanted, no_single_seats=hall.performance.plan.no_single_seats, most=len(layout.seats)
        )
        here = layout.seats[places[0]][1]

        def distance(block: range) -> int:
            seat = layout.seats[block[0]][1]
            return (seat.x - here.x) ** 2 + (seat.y - here.y) ** 2

        return sorted(found, key=distance)[:ALTERNATIVES_MAX]

    async def listed(self, caller: Principal, performance_id: int | None) -> Sequence[SeatHold]:
        """Answer what the caller holds."""
        return await holds.active(self._database, caller.id, performance_id)

    async def extend(self, caller: Principal, id_: int) -> tuple[SeatHold, Hall]:
        """Keep a hold for as long again, once; raises 404, 409 if it was extended already."""
        found = await holds.find(self._database, id_, caller.id)
        if found is None or found.state is not HoldState.ACTIVE:
            raise unknown(id_)
        hall = await self._halls.of(found.performance_id)
        until = self._clock() + timedelta(minutes=hall.performance.plan.hold_minutes)
        async with self._database.transaction() as connection:
            after = await holds.extend(connection, id_, caller.id, until, self._clock())
            if after is None:
                raise Problem(409, "extended-already", "A hold of seats can be extended once.")
            await self._timers.set(connection, f"{HOLD}/{id_}", until, HOLD, {"hold_id": id_})
            if hall.performance.plan.admitted_max is not None:
                await room.put_off(connection, after.performance_id, caller.id, until, self._clock())
        return after, hall

    async def release(self, caller: Principal, id_: int) -> None:
        """Give a hold back; raises 404."""
        async with self._database.transaction() as connection:
            ended = await self.end(connection, id_, HoldState.RELEASED, caller.id, person_id=caller.id)
            if ended is None:
                raise unknown(id_)
            await self._timers.cancel(connection, f"{HOLD}/{id_}")
            await room.released(connection, ended.performance_id, caller.id)

    async def expire(self, connection: Connection, envelope: Envelope) -> None:
        """Free what a hold kept whose time is over; one that was extended or ordered meanwhile stays."""
        id_ = envelope.members()["hold_id"]
        await self.end(connection, id_, HoldState.EXPIRED, 0, due=self._clock())

    async def end(
        self,
        connection: Connection,
        id_: int,
        state: HoldState,
        actor_id: int,
        *,
        person_id: int | None = None,
        due: datetime | None = None,
    ) -> SeatHold | None:
        """End an active hold and free its seats; none if there is none such."""
        ended = await holds.end(connection, id_, state, person_id=person_id, due=due)
        if ended is None:
            return None
        await turning.turn(
            connection,
            ended.performance_id,
            actor_id=actor_id,
            holder=ended.id,
            person_id=ended.person_id,
            places=ended.places,
            areas=ended.areas,
            state="free",
        )
        self._outbox.ring(connection)
        return ended


def unknown(id_: int) -> Problem:
    """Answer the problem of an id that none of the caller's holds has."""
    return Problem(404, "unknown-hold", f"You have no hold {id_}; it may be over.")
