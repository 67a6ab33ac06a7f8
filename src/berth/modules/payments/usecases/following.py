"""Following booking: what is asked, settled, withdrawn, begun and closed."""

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
from berth.kit.clock import Clock
from berth.kit.db import Connection
from berth.kit.origin import came_from
from berth.kit.outbox.event import Envelope
from berth.modules.payments.domain.account import Account
from berth.modules.payments.domain.pricing import MixedCurrencies, Price, agree
from berth.modules.payments.domain.reacting import Ask, asked, closed, settled, started, withdrawn
from berth.modules.payments.store import accounts, prices
from berth.modules.payments.usecases.books import DUE, START, Books

STEP = "payment"
OWNER = "owner"
DUE_AFTER = timedelta(minutes=30)
"""When a payment is due if booking does not say so."""

Told = ConfirmationEvent | ReservationStarted

CONFIRMATIONS: dict[str, type[ConfirmationEvent]] = {
    one.type: one for one in (ConfirmationAsked, ConfirmationSettled, ConfirmationWithdrawn, ConfirmationClosed)
}
TYPES = frozenset({*CONFIRMATIONS, ReservationStarted.type})


class Following:
    """The verb of following booking, in the transaction that marks its events as handled."""

    def __init__(self, books: Books, clock: Clock) -> None:
        self._books = books
        self._clock = clock

    async def follow(self, connection: Connection, envelopes: Sequence[Envelope]) -> None:
        """Take up the events that concern payments, in their order, with few statements for all of them."""
        told = [(envelope, event) for envelope in envelopes if (event := _read(envelope))]
        if not told:
            return
        opening = [one.reservation_id for _, one in told if _opens(one)]
        if opening:
            await accounts.open_accounts(connection, opening)
        asking = any(isinstance(one, ConfirmationAsked) for _, one in told)
        known = await prices.every(connection) if asking else ()
        before = await accounts.lock(connection, [one.reservation_id for _, one in told])
        now = dict(before)
        for envelope, event in told:
            account = now.get(event.reservation_id)
            if account:
                came_from(envelope.origin)
                now[account.reservation_id] = await self._one(connection, account, event, known)
        await accounts.save(connection, [(before[id_], now[id_]) for id_ in before])

    async def _one(self, connection: Connection, account: Account, event: Told, known: Sequence[Price]) -> Account:
        after = await self._react(connection, account, event, known)
        return await self._books.turn(connection, account, after)

    async def _react(self, connection: Connection, account: Account, event: Told, known: Sequence[Price]) -> Account:
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
        request = after.find(event.request_id)
        if request and request.intent and account.find(request.id) is None:
            key = f"{DUE}/{account.reservation_id}/{request.id}"
            data = {"reservation_id": account.reservation_id, "request_id": request.id}
            await self._books.timers.set(connection, key, due_at, DUE, data)
        return after

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
    event = envelope.read(CONFIRMATIONS[envelope.type])
    return event if STEP in event.steps else None


def _opens(event: Told) -> bool:
    """Tell whether the event is to be remembered even if nothing is known of its reservation."""
    return isinstance(event, ConfirmationAsked | ConfirmationWithdrawn | ConfirmationClosed)


def _ask(event: ConfirmationAsked, known: Sequence[Price], due_at: datetime, provider: str) -> Ask:
    agreement, reason = None, None
    try:
        agreement = agree(known, event.resources, event.start, event.end, event.owner_role)
    except MixedCurrencies as mixed:
        reason = str(mixed)
    return Ask(event.request_id, event.owner_id, due_at, uuid4().hex, provider, agreement, reason)
