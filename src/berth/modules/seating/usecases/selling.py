"""The saga of an order, as turns within a transaction: placed, then paid or cancelled.

| state | what it has | undone by |
|---|---|---|
| pending | seats held, payment asked (``OrderPlaced``) | seats freed, payment withdrawn (``OrderCancelled``) |
| paid | seats sold, tickets made, payment taken (``OrderPaid``) | seats freed, tickets void, payment withdrawn |

Every turn is made with the order's row locked, and not again of an order that is past it, so that each may come twice.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from berth.contracts.seating.orders import OrderCancelled, OrderChanged, OrderPaid, OrderPlaced
from berth.kit.clock import Clock
from berth.kit.db import Connection
from berth.kit.outbox.timers import Timers
from berth.kit.outbox.write import Outbox
from berth.modules.seating.domain.order import Order, OrderState, Ticket, printed
from berth.modules.seating.domain.performance import Performance, PerformanceState
from berth.modules.seating.store import orders, tickets
from berth.modules.seating.store.seats import turning
from berth.modules.seating.usecases.halls import Hall

DUE = "order"
"""The timer that gives an order up that nobody paid for; its key is ``order/`` and the number."""

STAFF = "staff"

GRACE = timedelta(minutes=1)
"""How long an answer of payments may be under way after the payment was due."""

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 16
"""30 to the power of 16: 78 bits, which nobody guesses."""


@dataclass(frozen=True, slots=True)
class Bought:
    """An order, what it is for, and its tickets: none until it is paid."""

    order: Order
    hall: Hall
    tickets: Sequence[Ticket]


class Selling:
    """What each turn of an order writes."""

    def __init__(self, outbox: Outbox, timers: Timers, clock: Clock) -> None:
        self._outbox = outbox
        self._timers = timers
        self._clock = clock

    async def place(self, connection: Connection, hall: Hall, order: Order) -> Bought:
        """Keep an order and ask for its payment; what costs nothing is paid at once."""
        await orders.add(connection, order)
        if not order.amount_minor:
            return await self.pay(connection, hall, order)
        plan = hall.performance.plan
        told = OrderPlaced(
            *_told(order, hall.performance, order.buyer_id),
            lines=order.lines,
            due_at=order.due_at,
            free_until_hours=plan.free_until_hours,
            kept_percent=plan.kept_percent,
        )
        await self._outbox.write(connection, [told])
        await self._timers.set(connection, _key(order), order.due_at + GRACE, DUE, {"order_id": order.id})
        return Bought(order, hall, ())

    async def pay(self, connection: Connection, hall: Hall, order: Order) -> Bought:
        """Sell the seats of an order that is pending, and make its tickets."""
        await self._turn(connection, order, order.buyer_id, "sold")
        await orders.pay(connection, order.id, hall.performance.plan.known, self._clock())
        wanted = printed(hall.layout, order.places, order.areas)
        made = await tickets.add(connection, order.id, order.performance_id, wanted, [_code() for _ in wanted])
        if order.amount_minor:
            await self._timers.cancel(connection, _key(order))
        after = replace(order, state=OrderState.PAID, changed_at=self._clock())
        await self.tell(connection, hall.performance, after, order.buyer_id)
        return Bought(after, hall, made)

    async def cancel(
        self, connection: Connection, performance: Performance, order: Order, *, actor_id: int, by: str, reason: str
    ) -> Order:
        """Free the seats of an order, void its tickets, and withdraw its payment."""
        if order.state is OrderState.CANCELLED:
            return order
        now = self._clock()
        await self._turn(connection, order, actor_id, "free")
        await orders.cancel(connection, order.id, by, reason, now)
        await self._timers.cancel(connection, _key(order))
        after = replace(order, state=OrderState.CANCELLED, cancelled_by=by, cancel_reason=reason, changed_at=now)
        await self.tell(connection, performance, after, actor_id)
        return after

    async def tell(self, connection: Connection, performance: Performance, order: Order, actor_id: int) -> None:
        """Tell that an order is paid, or cancelled; telling it again does no harm."""
        said = _told(order, performance, actor_id)
        venue = performance.venue
        if order.state is OrderState.PAID:
            await self._outbox.write(connection, [OrderPaid(*said, ticket_count=order.people, venue=venue)])
        elif order.cancelled_by and order.cancel_reason:
            told = OrderCancelled(
                *said,
                by=order.cancelled_by,
                reason=order.cancel_reason,
                at=order.changed_at,
                venue=venue,
                performance_cancelled=order.cancelled_by == STAFF and performance.state is PerformanceState.CANCELLED,
            )
            await self._outbox.write(connection, [told])

    async def inform(
        self, connection: Connection, performance: Performance, order: Order, actor_id: int, changes: tuple[str, ...]
    ) -> None:
        """Tell that what is on is another now than the buyer of a paid order was told."""
        told = OrderChanged(*_told(order, performance, actor_id), changes=changes, venue=performance.venue)
        await self._outbox.write(connection, [told])

    async def _turn(self, connection: Connection, order: Order, actor_id: int, state: str) -> None:
        turned = await turning.turn(
            connection,
            order.performance_id,
            actor_id=actor_id,
            holder=order.hold_id,
            person_id=order.buyer_id,
            places=order.places,
            areas=order.areas,
            state=state,
        )
        if turned != len(order.places):
            raise SeatsAstray(f"order {order.id} has {len(order.places)} seats, and holds {turned}")


class SeatsAstray(RuntimeError):
    """An order does not hold its seats, which no path leads to; the turn is rolled back."""


def _told(
    order: Order, one: Performance, actor_id: int
) -> tuple[int, int, int, int, str, datetime, datetime, str, int, str]:
    return (
        order.id,
        order.performance_id,
        order.buyer_id,
        actor_id,
        one.plan.name,
        one.plan.start,
        one.plan.end,
        one.timezone,
        order.amount_minor,
        order.currency,
    )


def _key(order: Order) -> str:
    return f"{DUE}/{order.id}"


def _code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
