"""Orders as people see them: bought from a hold, read, and given up."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from berth.contracts.booking.questions import Booking
from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.db import Database
from berth.kit.http.problem import Problem
from berth.modules.seating.domain.order import Order, OrderState, SeatHold, Ticket, lines_of
from berth.modules.seating.store import holds, orders, tickets
from berth.modules.seating.store.queue import room
from berth.modules.seating.usecases.halls import Hall, Halls
from berth.modules.seating.usecases.holding import unknown as unknown_hold
from berth.modules.seating.usecases.selling import STAFF, Bought, Selling

PAYMENT_MINUTES = 30
"""How long a payment is waited for; the seats stay held until then."""

NUMBERS_AT_ONCE = 256


class Numbers:
    """Numbers for orders, taken from booking many at a time; those left unused are lost, which does no harm."""

    def __init__(self, booking: Booking) -> None:
        self._booking = booking
        self._numbers: list[int] = []
        self._taking = asyncio.Lock()

    async def next(self) -> int:
        """Answer a number that no reservation and no order has."""
        while not self._numbers:
            async with self._taking:
                if not self._numbers:
                    self._numbers = sorted(await self._booking.numbers(count=NUMBERS_AT_ONCE), reverse=True)
        return self._numbers.pop()


class Ordering:
    """The verbs and questions of orders."""

    def __init__(self, *, database: Database, halls: Halls, selling: Selling, numbers: Numbers, clock: Clock) -> None:
        self._database = database
        self._halls = halls
        self._selling = selling
        self._numbers = numbers
        self._clock = clock

    async def order(self, caller: Principal, hold_id: int) -> Bought:
        """Buy what the caller holds; asked for again, the same order is answered.

        Raises 404 if the caller holds nothing of this number, 410 if it is over.
        """
        number, now = await self._numbers.next(), self._clock()
        async with self._database.transaction() as connection:
            held = await holds.order(connection, hold_id, caller.id, number, now)
            if held:
                hall = await self._halls.of(held.performance_id, connection)
                bought = await self._selling.place(connection, hall, _ordered(number, held, hall, now))
                if hall.performance.plan.admitted_max is not None:
                    await room.bought(connection, held.performance_id, caller.id)
                return bought
        found = await holds.find(self._database, hold_id, caller.id)
        if found is None:
            raise unknown_hold(hold_id)
        if found.order_id is None:
            raise Problem(410, "hold-over", "The hold is over, and its seats are free again; choose anew.")
        return await self.one(caller, found.order_id)

    async def one(self, caller: Principal, id_: int) -> Bought:
        """Answer an order of the caller, or anybody's to an administrator; raises 404."""
        found = await orders.find(self._database, id_)
        if found is None or not (caller.is_admin or found.buyer_id == caller.id):
            raise unknown(id_)
        made = await tickets.of_orders(self._database, [id_])
        return Bought(found, await self._halls.of(found.performance_id), made.get(id_, ()))

    async def listed(
        self, *, buyer_id: int | None, performance_id: int | None, before: int | None, limit: int
    ) -> Sequence[Order]:
        """Answer orders, the newest first."""
        return await orders.listed(
            self._database, buyer_id=buyer_id, performance_id=performance_id, before=before, limit=limit
        )

    async def halls(self, found: Sequence[Order]) -> dict[int, Hall]:
        """Answer the halls of orders, by performance."""
        return {id_: await self._halls.of(id_) for id_ in {one.performance_id for one in found}}

    async def tickets(self, found: Sequence[Order]) -> dict[int, list[Ticket]]:
        """Answer the tickets of orders, by order."""
        return await tickets.of_orders(self._database, [one.id for one in found])

    async def cancel(self, caller: Principal, id_: int, reason: str) -> Bought:
        """Give an order up: its seats are free again, and the terms say what is returned.

        Raises 404, 409 once the performance has begun or somebody came in by one of its tickets.
        """
        found = await self.one(caller, id_)
        performance = found.hall.performance
        if not caller.is_admin and self._clock() >= performance.plan.start:
            raise Problem(409, "begun-already", f"{performance.plan.name} has begun; ask an administrator.")
        async with self._database.transaction() as connection:
            order = await orders.lock(connection, id_)
            if order is None:
                raise unknown(id_)
            used = (await tickets.of_orders(connection, [id_])).get(id_, [])
            if any(one.admitted_at for one in used):
                raise Problem(409, "admitted-already", "Somebody has come in by a ticket of this order.")
            by = "owner" if order.buyer_id == caller.id else STAFF
            await self._selling.cancel(connection, performance, order, actor_id=caller.id, by=by, reason=reason)
        return await self.one(caller, id_)


def _ordered(number: int, held: SeatHold, hall: Hall, now: datetime) -> Order:
    """Answer the order that a hold goes into, not paid yet."""
    plan = hall.performance.plan
    lines = lines_of(hall.layout, plan, held.places, held.areas)
    return Order(
        id=number,
        performance_id=held.performance_id,
        buyer_id=held.person_id,
        hold_id=held.id,
        places=held.places,
        areas=held.areas,
        lines=lines,
        amount_minor=sum(one.amount_minor for one in lines),
        currency=plan.currency,
        state=OrderState.PENDING,
        due_at=now + timedelta(minutes=PAYMENT_MINUTES),
        cancelled_by=None,
        cancel_reason=None,
        returned_minor=None,
        kept_minor=None,
        created_at=now,
        changed_at=now,
    )


def unknown(id_: int) -> Problem:
    """Answer the problem of an id that no order of the caller has."""
    return Problem(404, "unknown-order", f"There is no order {id_} of yours; GET /api/v1/orders lists them.")
