"""Holding quota for reservations, as booking asks for it, and answering."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from berth.contracts.booking.reservation import (
    ConfirmationAsked,
    ConfirmationClosed,
    ConfirmationEvent,
    ConfirmationSettled,
    ConfirmationWithdrawn,
)
from berth.contracts.catalog import Catalog
from berth.contracts.quota import QuotaCommitted, QuotaReleased
from berth.kit.db import Connection
from berth.kit.outbox.event import Envelope, KindOfEvent
from berth.kit.outbox.write import Outbox
from berth.modules.quota.domain.answers import ask
from berth.modules.quota.domain.demands import Demand, demands, minutes_between, sites_with_terms
from berth.modules.quota.domain.ledger import Account, Balance, Said, Slot, State, difference, said
from berth.modules.quota.store import allowances, ledger

STEP = "quota"
KINDS: dict[str, KindOfEvent[ConfirmationEvent]] = {
    one.type: one for one in (ConfirmationAsked, ConfirmationSettled, ConfirmationWithdrawn, ConfirmationClosed)
}
Told: TypeAlias = tuple[Envelope, ConfirmationEvent]


@dataclass(frozen=True, slots=True)
class _Books:
    """What a batch works on: accounts and balances as they are after the events so far."""

    accounts: dict[int, Account]
    balances: dict[Slot, Balance]
    demands: dict[int, Sequence[Demand]]

    def handle(self, number: int, event: ConfirmationEvent) -> Said | None:
        """Write down one event, the one of this number in the batch; answer what to say to it."""
        before = self.accounts[event.reservation_id]
        after, answer = self._step(number, event, before)
        for slot, change in difference(before, after).items():
            self.balances[slot] = self.balances[slot].plus(change)
        self.accounts[event.reservation_id] = after
        return answer

    def _step(self, number: int, event: ConfirmationEvent, account: Account) -> tuple[Account, Said | None]:
        reservation_id, request_id = event.reservation_id, event.request_id
        match event:
            case ConfirmationAsked():
                return ask(account, reservation_id, request_id, self.demands.get(number, ()), self.balances)
            case ConfirmationWithdrawn():
                after = account.withdrawn(request_id, whole=event.whole)
                return after, said(QuotaReleased(reservation_id, request_id))
            case ConfirmationClosed():
                after = account.closed(request_id, minutes_between(event.start, event.end))
                return after, said(QuotaCommitted(reservation_id, request_id))
            case _:
                return account.settled(request_id), None


class Confirming:
    """The verb of answering booking, in the transaction that marks its events as handled."""

    def __init__(self, outbox: Outbox, catalog: Catalog) -> None:
        self._outbox = outbox
        self._catalog = catalog

    async def confirm(self, connection: Connection, envelopes: Sequence[Envelope]) -> None:
        """Write down events of booking in their order, and answer them; those that do not mean quota are left out.

        A batch takes the same few statements as a single event. Catalog is asked before anything is locked,
        and only if an allowance counts by term.
        """
        told = [(one, one.read(KINDS[one.type])) for one in envelopes]
        told = [(envelope, event) for envelope, event in told if STEP in event.steps]
        if not told:
            return
        demanded = await self._demands(connection, told)
        before = await ledger.lock_accounts(connection, [event.reservation_id for _, event in told])
        balances = await ledger.lock_usage(connection, _slots(before, demanded))
        books = _Books(dict(before), dict(balances), demanded)
        answers = [(envelope, event, books.handle(number, event)) for number, (envelope, event) in enumerate(told)]
        await _keep(connection, before, books.accounts)
        spoken = [(envelope, event.reservation_id, answer) for envelope, event, answer in answers if answer]
        if spoken:
            await ledger.answer(
                connection,
                [(reservation_id, answer) for _, reservation_id, answer in spoken],
                [(envelope.trace_parent, envelope.address) for envelope, _, _ in spoken],
            )
            self._outbox.ring(connection)

    async def _demands(self, connection: Connection, told: Sequence[Told]) -> dict[int, Sequence[Demand]]:
        """Answer what each question demands, by its number in the batch."""
        asked = {number: event for number, (_, event) in enumerate(told) if isinstance(event, ConfirmationAsked)}
        if not asked:
            return {}
        known = await allowances.for_persons(connection, sorted({one.owner_id for one in asked.values()}))
        sites = sites_with_terms(asked.values(), known)
        terms = await self._catalog.terms(site_ids=sites) if sites else ()
        return {number: demands(event, known, terms) for number, event in asked.items()}


def _slots(accounts: dict[int, Account], demanded: dict[int, Sequence[Demand]]) -> set[Slot]:
    """Answer every slot that may change: what is demanded, and what the reservations hold already."""
    return {one.slot for many in demanded.values() for one in many} | {
        hold.slot
        for account in accounts.values()
        for request in account.requests.values()
        if request.state is State.HELD
        for hold in request.holds
    }


async def _keep(connection: Connection, before: dict[int, Account], after: dict[int, Account]) -> None:
    """Write what has changed of the accounts."""
    changes: dict[Slot, Balance] = {}
    for id_, account in after.items():
        for slot, change in difference(before[id_], account).items():
            changes[slot] = changes.get(slot, Balance()).plus(change)
    await ledger.change_usage(connection, {slot: one for slot, one in changes.items() if one != Balance()})
    marked = {
        id_: one
        for id_, one in after.items()
        if (one.over_until, one.settled_until) != (before[id_].over_until, before[id_].settled_until)
    }
    await ledger.keep_marks(connection, marked)
    requests = [
        (id_, request_id, request)
        for id_, account in after.items()
        for request_id, request in account.requests.items()
        if before[id_].requests.get(request_id) != request
    ]
    await ledger.keep_requests(connection, requests)
