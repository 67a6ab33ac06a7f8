"""Following booking and seating: what is asked, settled, withdrawn, begun and closed, and what becomes of orders."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from berth.contracts.booking.reservation import (
    ConfirmationAsked,
    ConfirmationClosed,
    ConfirmationEvent,
    ConfirmationSettled,
    ConfirmationWithdrawn,
    ReservationStarted,
)
from berth.contracts.seating.orders import REQUEST_ID, OrderCancelled, OrderEvent, OrderPaid, OrderPlaced
from berth.kit.clock import Clock
from berth.kit.db import Connection
from berth.kit.origin import came_from
from berth.kit.outbox.event import Envelope
from berth.modules.payments.domain import orders
from berth.modules.payments.domain.account import Account, Of
from berth.modules.payments.domain.pricing import MixedCurrencies, Price, agree
from berth.modules.payments.domain.reacting import Ask, asked, closed, settled, started, withdrawn
from berth.modules.payments.store import accounts, prices
from berth.modules.payments.usecases.books import DUE, START, Books

STEP = "payment"
OWNER = "owner"
DUE_AFTER = timedelta(minutes=30)
"""When a payment is due if booking does not say so."""

Told = ConfirmationEvent | ReservationStarted | OrderEvent

CONFIRMATIONS: dict[str, type[ConfirmationEvent]] = {
    one.type: one for one in (ConfirmationAsked, ConfirmationSettled, ConfirmationWithdrawn, ConfirmationClosed)
}
ORDERS: dict[str, type[OrderEvent]] = {one.type: one for one in (OrderPlaced, OrderPaid, OrderCancelled)}
TYPES = frozenset({*CONFIRMATIONS, *ORDERS, ReservationStarted.type})


class Following:
    """The verb of following booking and seating, in the transaction that marks their events as handled."""

    def __init__(self, books: Books, clock: Clock) -> None:
        self._books = books
        self._clock = clock

    async def follow(self, connection: Connection, envelopes: Sequence[Envelope]) -> None:
        """Take up the events that concern payments, in their order, with few statements for all of them."""
        told = [(envelope, event) for envelope in envelopes if (event := _read(envelope))]
        if not told:
            return
        opening = {_number(one): _of(one) for _, one in told if _opens(one)}
        if opening:
            await accounts.open_accounts(connection, opening)
        asking = any(isinstance(one, ConfirmationAsked) for _, one in told)
        known = await prices.every(connection) if asking else ()
        before = await accounts.lock(connection, [_number(one) for _, one in told])
        now = dict(before)
        for envelope, event in told:
            account = now.get(_number(event))
            if account:
                came_from(envelope.origin)
                now[account.reservation_id] = await self._one(connection, account, event, known)
        await accounts.save(connection, [(before[id_], now[id_]) for id_ in before])

    async def _one(self, connection: Connection, account: Account, event: Told, known: Sequence[Price]) -> Account:
        after = await self._react(connection, account, event, known)
        return await self._books.turn(connection, account, after)

    async def _react(self, connection: Connection, account: Account, event: Told, known: Sequence[Price]) -> Account:
        if isinstance(event, OrderEvent):
            return await self._ordered(connection, account, event)
        if isinstance(event, ConfirmationAsked):
            return await self._asked(connection, account, event, known)
        if isinstance(event, ConfirmationSettled):
            return await self._settled(connection, account, event.request_id)
        if isinstance(event, ConfirmationWithdrawn):
            return withdrawn(
                account,
                event.request_id,
                whole=event.whole,
                by_owner=event.by == OWNER,
                at=event.at,
                start=event.start,
            )
        if isinstance(event, ConfirmationClosed):
            return closed(account, event.request_id)
        return started(account)

    async def _asked(
        self, connection: Connection, account: Account, event: ConfirmationAsked, known: Sequence[Price]
    ) -> Account:
        due_at = event.due_at.get(STEP) or self._clock() + DUE_AFTER
        after = asked(account, _ask(event, known, due_at, self._books.provider))
        await self._watch(connection, account, after, event.request_id)
        return after

    async def _ordered(self, connection: Connection, account: Account, event: OrderEvent) -> Account:
        after = orders.heard(account, event, key=uuid4().hex, provider=self._books.provider)
        await self._watch(connection, account, after, REQUEST_ID)
        return after

    async def _watch(self, connection: Connection, before: Account, after: Account, request_id: int) -> None:
        """Set the timer of a payment that is new, which gives it up when it is due."""
        request = after.find(request_id)
        if request and request.intent and request.due_at and before.find(request_id) is None:
            key = f"{DUE}/{after.reservation_id}/{request_id}"
            data = {"reservation_id": after.reservation_id, "request_id": request_id}
            await self._books.timers.set(connection, key, request.due_at, DUE, data)

    async def _settled(self, connection: Connection, account: Account, request_id: int) -> Account:
        after = settled(account, request_id)
        force = after.in_force
        if not after.charging and not after.ending and force and force.agreement:
            key, data = f"{START}/{account.reservation_id}", {"reservation_id": account.reservation_id}
            await self._books.timers.set(connection, key, force.agreement.start, START, data)
        return after


def _read(envelope: Envelope) -> Told | None:
    """Answer the event if it concerns payments."""
    if envelope.type == ReservationStarted.type:
        return envelope.read(ReservationStarted)
    if envelope.type in ORDERS:
        return envelope.read(ORDERS[envelope.type])
    event = envelope.read(CONFIRMATIONS[envelope.type])
    return event if STEP in event.steps else None


def _opens(event: Told) -> bool:
    """Tell whether the event is to be remembered even if nothing is known of its reservation or order."""
    return isinstance(event, ConfirmationAsked | ConfirmationWithdrawn | ConfirmationClosed | OrderEvent)


def _number(event: Told) -> int:
    return event.order_id if isinstance(event, OrderEvent) else event.reservation_id


def _of(event: Told) -> Of:
    return Of.ORDER if isinstance(event, OrderEvent) else Of.RESERVATION


def _ask(event: ConfirmationAsked, known: Sequence[Price], due_at: datetime, provider: str) -> Ask:
    agreement, reason = None, None
    try:
        agreement = agree(known, event.resources, event.start, event.end, event.owner_role)
    except MixedCurrencies as mixed:
        reason = str(mixed)
    return Ask(event.request_id, event.owner_id, due_at, uuid4().hex, provider, agreement, reason)
