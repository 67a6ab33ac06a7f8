"""What becomes of orders: payments follows them as it follows reservations, and notifications tells the buyers.

An order has a number that no reservation has, for it is paid like one: what payments answers names it as
``reservation_id``, with ``of`` being ``order``. Amounts are whole minor units of the currency.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from berth.kit.outbox.event import Event

REQUEST_ID = 1
"""The only request of an order: it is made once, and never moved."""


@dataclass(frozen=True, slots=True)
class OrderLine:
    """What some seats of an order cost: ``what`` tells people which."""

    what: str
    count: int
    unit_minor: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class OrderEvent(Event):
    """What all events of an order carry; ``name``, ``start`` and ``end`` are the performance's.

    ``venue`` is the name of where it is, which the event of an order that is only placed leaves out.
    """

    order_id: int
    performance_id: int
    buyer_id: int
    actor_id: int
    name: str
    start: datetime
    end: datetime
    timezone: str
    amount_minor: int
    currency: str
    venue: str | None = field(default=None, kw_only=True)

    @property
    def subject(self) -> str:
        """Name the order."""
        return f"order/{self.order_id}"


@dataclass(frozen=True, slots=True)
class OrderPlaced(OrderEvent):
    """Somebody buys what is held for them: the amount is to be secured until ``due_at``.

    Given up by the buyer, nothing is kept until ``free_until_hours`` before the start, and then ``kept_percent``.
    """

    type: ClassVar[str] = "berth.seating.order_placed.v1"
    lines: tuple[OrderLine, ...]
    due_at: datetime
    free_until_hours: int
    kept_percent: int


@dataclass(frozen=True, slots=True)
class OrderPaid(OrderEvent):
    """The seats are sold, and the money may be taken; there is a ticket for each person."""

    type: ClassVar[str] = "berth.seating.order_paid.v1"
    ticket_count: int


@dataclass(frozen=True, slots=True)
class OrderChanged(OrderEvent):
    """The performance of a paid order is another now than its buyer was told: the tickets let in all the same.

    ``changes`` names the members that are others: ``name``, ``start``, ``end``.
    """

    type: ClassVar[str] = "berth.seating.order_changed.v1"
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrderCancelled(OrderEvent):
    """The order is no more and its seats are free: what was secured or paid goes back, but for what the terms keep.

    ``by`` is ``owner``, ``staff`` or ``system``: only what an owner gives up costs something. ``at`` is when.
    ``performance_cancelled`` says that staff did so because the performance does not take place.
    """

    type: ClassVar[str] = "berth.seating.order_cancelled.v1"
    by: str
    reason: str
    at: datetime
    performance_cancelled: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class TicketAdmitted(Event):
    """Somebody came in by a ticket; ``at`` is when it was scanned, which may have been without a network."""

    type: ClassVar[str] = "berth.seating.ticket_admitted.v1"
    ticket_id: int
    order_id: int
    performance_id: int
    buyer_id: int
    actor_id: int
    at: datetime

    @property
    def subject(self) -> str:
        """Name the order that the ticket is of."""
        return f"order/{self.order_id}"
