"""What becomes of orders when payments answers, or does not."""

from collections.abc import Sequence

from berth.contracts.payments import PaymentAuthorised, PaymentDeclined, PaymentReturned
from berth.kit.db import Connection
from berth.kit.origin import came_from
from berth.kit.outbox.event import Envelope
from berth.modules.seating.domain.order import Order, OrderState
from berth.modules.seating.store import orders
from berth.modules.seating.usecases.halls import Halls
from berth.modules.seating.usecases.selling import Selling

TYPES = frozenset({PaymentAuthorised.type, PaymentDeclined.type, PaymentReturned.type})
OF = "order"
SYSTEM, SYSTEM_ID = "system", 0
NOT_PAID = "It was not paid for in time."


class Settling:
    """Takes up what payments answers to orders, each in the transaction that marks it as handled."""

    def __init__(self, halls: Halls, selling: Selling) -> None:
        self._halls = halls
        self._selling = selling

    async def follow(self, connection: Connection, envelopes: Sequence[Envelope]) -> None:
        """Sell, free or note, as payments says; all of it may come twice."""
        for envelope in envelopes:
            members = envelope.members()
            if members.get("of") != OF:
                continue
            came_from(envelope.origin)
            order = await orders.lock(connection, members["reservation_id"])
            if order:
                await self._one(connection, order, envelope)

    async def _one(self, connection: Connection, order: Order, envelope: Envelope) -> None:
        if envelope.type == PaymentReturned.type:
            told = envelope.read(PaymentReturned)
            await orders.note_return(connection, order.id, told.kept_minor, told.returned_minor)
        elif order.state is OrderState.PENDING and envelope.type == PaymentAuthorised.type:
            hall = await self._halls.of(order.performance_id, connection)
            await self._selling.pay(connection, hall, order)
        elif order.state is OrderState.PENDING:
            await self._give_up(connection, order, envelope.read(PaymentDeclined).reason)
        elif envelope.type == PaymentAuthorised.type:
            # Payments has not heard what became of the order, or will not hear of it twice.
            hall = await self._halls.of(order.performance_id, connection)
            await self._selling.tell(connection, hall.performance, order, SYSTEM_ID)

    async def overdue(self, connection: Connection, envelope: Envelope) -> None:
        """Give up an order for which no answer has come."""
        order = await orders.lock(connection, envelope.members()["order_id"])
        if order and order.state is OrderState.PENDING:
            await self._give_up(connection, order, NOT_PAID)

    async def _give_up(self, connection: Connection, order: Order, reason: str) -> None:
        hall = await self._halls.of(order.performance_id, connection)
        await self._selling.cancel(connection, hall.performance, order, actor_id=SYSTEM_ID, by=SYSTEM, reason=reason)
