"""What buyers are told of their orders of seats: each turn of an order once, however often it is said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

import orjson

from berth.contracts.seating.orders import OrderCancelled, OrderChanged, OrderEvent, OrderPaid
from berth.kit.outbox.event import Envelope
from berth.modules.notifications.domain.kinds import Kind
from berth.modules.notifications.domain.news import News

CONTRACTS: Mapping[str, type[OrderEvent]] = {one.type: one for one in (OrderPaid, OrderChanged, OrderCancelled)}
"""The events of which buyers are told, by their types; that one is placed, its payment tells."""


class OrderState(StrEnum):
    """What a buyer knows of an order."""

    PENDING = "pending"
    PAID = "paid"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Ordered:
    """An order as its buyer knows it.

    ``number`` is the place of its last event in seating's outbox; ``sequence`` counts what was told, for calendars.
    """

    order_id: int
    number: int
    sequence: int
    state: OrderState
    ends_at: datetime


def order_ids(envelopes: Sequence[Envelope]) -> list[int]:
    """Answer the orders of which these events tell, each once, in their order."""
    return sorted({one.read(CONTRACTS[one.type]).order_id for one in envelopes if one.type in CONTRACTS})


def orders_told(known: Mapping[int, Ordered], envelopes: Sequence[Envelope]) -> tuple[list[Ordered], list[News]]:
    """Answer how the orders stand after these events, and what their buyers are told.

    Seating says again that an order is paid or cancelled when payments may not have heard it, and an event may come
    again: of what is known nothing is told.
    """
    now, news = dict(known), []
    for envelope in sorted(envelopes, key=lambda one: one.number):
        if envelope.type not in CONTRACTS:
            continue
        event = envelope.read(CONTRACTS[envelope.type])
        before = now.get(event.order_id) or Ordered(event.order_id, 0, 0, OrderState.PENDING, event.end)
        if envelope.number <= before.number:
            continue
        after = replace(before, number=envelope.number, state=_state(before, event), ends_at=event.end)
        if _is_new(before, event):
            after = replace(after, sequence=before.sequence + 1)
            news.append(_news(envelope, event, after, was_paid=before.state is OrderState.PAID))
        now[event.order_id] = after
    return [one for id_, one in now.items() if known.get(id_) != one], news


def _state(before: Ordered, event: OrderEvent) -> OrderState:
    if isinstance(event, OrderCancelled) or before.state is OrderState.CANCELLED:
        return OrderState.CANCELLED
    return OrderState.PAID


def _is_new(before: Ordered, event: OrderEvent) -> bool:
    """Tell whether the event is news to the buyer, who knows the order as it was before."""
    if isinstance(event, OrderPaid):
        return before.state is OrderState.PENDING
    return before.state is not OrderState.CANCELLED


def _news(envelope: Envelope, event: OrderEvent, after: Ordered, *, was_paid: bool) -> News:
    by_self = isinstance(event, OrderCancelled) and event.by == "owner"
    members = envelope.members()
    data = {"performance": members.pop("name"), **members, "state": after.state, "was_paid": was_paid}
    return News(
        person_id=event.buyer_id,
        kind=KINDS[envelope.type],
        by_self=by_self,
        subject=envelope.subject,
        reservation_id=None,
        data=orjson.dumps(data).decode(),
        happened_at=envelope.time,
        mail_key=f"mail/{envelope.id}/{event.buyer_id}",
        sequence=after.sequence,
        trace_parent=envelope.trace_parent,
        address=envelope.address,
    )


KINDS: Mapping[str, Kind] = {
    OrderPaid.type: Kind.ORDER_PAID,
    OrderChanged.type: Kind.ORDER_CHANGED,
    OrderCancelled.type: Kind.ORDER_CANCELLED,
}
