"""Changing an account: what is told, what the provider is asked for, and when to look again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from berth.kit.db import Connection
from berth.kit.errand.ask import Errands
from berth.kit.outbox.timers import Timers
from berth.kit.outbox.write import Outbox
from berth.modules.payments.domain.account import Account, Request
from berth.modules.payments.domain.answers import answered
from berth.modules.payments.domain.intent import Standing, next_action
from berth.modules.payments.providers.port import Provider
from berth.modules.payments.store import accounts

BRING = "bring"
"""The errand that brings a payment to its goal; there is one for each payment, so that none overlaps with itself."""

DUE, START, HOLD_ENDS = "due", "start", "hold_ends"
"""The timers: a payment is due, a reservation begins, a provider will not hold the money any longer."""


@dataclass(frozen=True)
class Books:
    """What every verb that touches an account needs. ``provider`` names the one for new payments."""

    outbox: Outbox
    errands: Errands
    timers: Timers
    providers: Mapping[str, Provider]
    provider: str

    async def turn(self, connection: Connection, before: Account, after: Account) -> Account:
        """Tell and ask for what follows from a change, and answer the account to be saved."""
        after, events = answered(after)
        await self.outbox.write(connection, events)
        for request in after.requests:
            known = before.find(request.id)
            await self._ask(connection, after, known, request)
        return after

    async def change(self, connection: Connection, before: Account, after: Account) -> None:
        """Do as ``turn`` does, and save it."""
        await accounts.save(connection, [(before, await self.turn(connection, before, after))])

    async def bring(
        self,
        connection: Connection,
        reservation_id: int,
        request_id: int,
        *,
        failures: int = 0,
        at: datetime | None = None,
    ) -> None:
        """Have a payment brought to its goal, now or at a time, after so many failures in a row."""
        data = {"reservation_id": reservation_id, "request_id": request_id, "failures": failures}
        await self.errands.ask(connection, f"{BRING}/{reservation_id}/{request_id}", BRING, data, due_at=at)

    async def _ask(self, connection: Connection, account: Account, known: Request | None, request: Request) -> None:
        intent, before = request.intent, known and known.intent
        if intent is None or (before and before.version == intent.version):
            return
        if next_action(intent.goal, intent.confirmed):
            await self.bring(connection, account.reservation_id, request.id)

    async def watch_hold(self, connection: Connection, account: Account, request_id: int, now: datetime) -> None:
        """Set the timer that takes money which would not be held until the start."""
        intent = account.intent_of(request_id)
        if intent is None or intent.confirmed.standing is not Standing.AUTHORISED:
            return
        holds_for = self.holds_for(intent.provider)
        if holds_for:
            key = f"{HOLD_ENDS}/{account.reservation_id}/{request_id}"
            data = {"reservation_id": account.reservation_id, "request_id": request_id}
            await self.timers.set(connection, key, now + holds_for, HOLD_ENDS, data)

    def holds_for(self, provider: str) -> timedelta | None:
        """Answer how long a provider holds money, none if for ever."""
        return self.providers[provider].holds_for if provider in self.providers else None
