"""Bringing a payment to its goal: asking the provider outside of any transaction, and believing what it says."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import structlog

from berth.kit.clock import Clock
from berth.kit.db import Connection, Database
from berth.kit.errand.runner import Settle
from berth.kit.errand.store import Errand
from berth.modules.payments.domain.intent import Confirmed, Intent, Open, Standing, next_action
from berth.modules.payments.domain.reacting import begun, confirmed
from berth.modules.payments.providers.port import Provider, ProviderAway
from berth.modules.payments.store import accounts
from berth.modules.payments.usecases.books import Books

STEPS_MAX = 4
"""From open to refunded there are three actions; more means that the provider does not do what it says."""

SECONDS_MAX = 45
"""Less than an errand has, so that a slow provider is asked again for ever and not given up."""

PAUSE_FIRST, PAUSE_MAX = timedelta(seconds=1), timedelta(minutes=10)


class Bringing:
    """The errand of a payment. It is never given up: as long as money is not where it should be, it is tried again."""

    def __init__(self, database: Database, books: Books, clock: Clock, *, pause_first: timedelta = PAUSE_FIRST) -> None:
        self._database = database
        self._books = books
        self._clock = clock
        self._pause_first = pause_first

    async def bring(self, errand: Errand) -> Settle | None:
        """Ask the provider for what is left to do; answer what writes down how the payment stands then."""
        reservation_id, request_id = errand.data["reservation_id"], errand.data["request_id"]
        failures = errand.data.get("failures", 0)
        intent = await self._begin(reservation_id, request_id)
        if intent is None:
            return None
        try:
            async with asyncio.timeout(SECONDS_MAX):
                found = await self._go(intent)
        except (ProviderAway, TimeoutError) as away:
            reason = str(away) or "no answer in time"
            structlog.get_logger().warning("payment_provider_away", intent=intent.id, failures=failures, reason=reason)

            async def later(connection: Connection) -> None:
                at = self._clock() + min(self._pause_first * 2 ** min(failures, 12), PAUSE_MAX)
                await self._books.bring(connection, reservation_id, request_id, failures=failures + 1, at=at)

            return later

        async def settle(connection: Connection) -> None:
            await self._settle(connection, reservation_id, request_id, intent, found)

        return settle

    async def _begin(self, reservation_id: int, request_id: int) -> Intent | None:
        """Answer the payment as it stands; if it is to be opened, note first that this may happen."""
        async with self._database.transaction() as connection:
            account = (await accounts.lock(connection, [reservation_id])).get(reservation_id)
            intent = account.intent_of(request_id) if account else None
            if account is None or intent is None:
                return None
            if intent.confirmed.standing is not Standing.NONE:
                return intent
            if not isinstance(next_action(intent.goal, intent.confirmed), Open):
                return None
            after = begun(account, request_id)
            await accounts.save(connection, [(account, after)])
            return after.intent_of(request_id)

    async def _go(self, intent: Intent) -> Confirmed:
        provider = self._provider(intent)
        found = await provider.look(intent)
        for _ in range(STEPS_MAX):
            action = next_action(intent.goal, found)
            if action is None:
                return found
            found = await provider.do(replace(intent, confirmed=found), action)
        raise ProviderAway(f"still {found.standing} after {STEPS_MAX} steps")

    def _provider(self, intent: Intent) -> Provider:
        if intent.provider not in self._books.providers:
            raise ProviderAway(f"{intent.provider} is not set up any more")
        return self._books.providers[intent.provider]

    async def _settle(
        self, connection: Connection, reservation_id: int, request_id: int, asked: Intent, found: Confirmed
    ) -> None:
        account = (await accounts.lock(connection, [reservation_id]))[reservation_id]
        intent = account.intent_of(request_id)
        if intent is None or intent.version != asked.version:
            # What is wanted changed while the provider was asked, so that its answer may be of before: look again.
            await self._books.bring(connection, reservation_id, request_id)
            return
        after = confirmed(account, request_id, found)
        await self._books.change(connection, account, after)
        if found.standing is not asked.confirmed.standing:
            await self._books.watch_hold(connection, after, request_id, self._clock())
        looks_every = self._books.providers[intent.provider].looks_every
        if found.standing is Standing.PENDING and intent.goal.target_minor and looks_every:
            await self._books.bring(connection, reservation_id, request_id, at=self._clock() + looks_every)
