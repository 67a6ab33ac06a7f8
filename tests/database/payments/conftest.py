"""Payments alone on a database of the test's own, with a clock that the test moves and errands that it has done."""

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
import pytest_asyncio

from berth.app.data_dir import Secrets
from berth.app.database import open_doors
from berth.app.modules import modules
from berth.app.settings import Settings
from berth.contracts.booking.reservation import (
    ConfirmationAsked,
    ConfirmationClosed,
    ConfirmationSettled,
    ConfirmationWithdrawn,
    ReservationStarted,
    Reserved,
)
from berth.kit.db import Database
from berth.kit.errand import store as errands
from berth.kit.errand.ask import Errands
from berth.kit.outbox import timers
from berth.kit.outbox.event import Envelope, Event
from berth.kit.outbox.pace import Bell
from berth.kit.outbox.timers import Timers
from berth.kit.outbox.write import Outbox
from berth.modules.payments.domain.account import Account
from berth.modules.payments.domain.pricing import Price, PriceUnit, Scope, Terms
from berth.modules.payments.handlers import by_the_clock
from berth.modules.payments.providers.manual import Manual
from berth.modules.payments.providers.stripe_api import Stripe
from berth.modules.payments.store import accounts, listing, prices
from berth.modules.payments.usecases.books import Books
from berth.modules.payments.usecases.bringing import Bringing
from berth.modules.payments.usecases.clockwork import Clockwork
from berth.modules.payments.usecases.desk import Desk
from berth.modules.payments.usecases.following import Following
from tests.payment_server.running import SECRET_KEY, WEBHOOK_SECRET, Remote, payment_server

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
START = NOW + timedelta(days=2)
HOUR = timedelta(hours=1)
ADA = 7
ROOM = Reserved(1, "Room 12", "room", (), (), "Europe/Rome")
STEPS = ("payment",)


def asked(id_: int = 1, request_id: int = 1, *, hours: int = 1, **more: Any) -> ConfirmationAsked:
    """Booking asks for a confirmation of so many hours in the room, at 10.00 EUR an hour."""
    return ConfirmationAsked(
        reservation_id=id_,
        request_id=request_id,
        steps=more.get("steps", STEPS),
        owner_id=ADA,
        owner_role=more.get("role", "user"),
        actor_id=ADA,
        resources=more.get("resources", (ROOM,)),
        start=START,
        end=START + hours * HOUR,
        early_minutes=15,
        due_at={"payment": NOW + timedelta(minutes=30)},
    )


def settled(id_: int = 1, request_id: int = 1) -> ConfirmationSettled:
    return ConfirmationSettled(id_, request_id, STEPS)


def withdrawn(
    id_: int = 1, request_id: int = 1, *, whole: bool = True, by: str = "owner", at: datetime = START
) -> ConfirmationWithdrawn:
    return ConfirmationWithdrawn(id_, request_id, STEPS, whole, by, None, at, START)


def closed(id_: int = 1, request_id: int = 1) -> ConfirmationClosed:
    return ConfirmationClosed(id_, request_id, STEPS, "finished", START, START + HOUR)


def started(id_: int = 1) -> ReservationStarted:
    return ReservationStarted(id_, "in_use", ADA, ADA, "Seminar", (1,), START, START + HOUR)


@dataclass
class Office:
    """The parts of payments with the database behind them; ``clock.now`` is the present."""

    database: Database
    books: Books
    clock: SimpleNamespace
    desk: Desk
    bringing: Bringing
    server: Remote | None = None
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    async def price(self, amount: int = 1000, terms: Terms = Terms(24, 50), **more: Any) -> Price:
        """Set a price for everything."""
        price = Price(
            0, 1, Scope(), PriceUnit.HOUR, amount, more.get("currency", "EUR"), more.get("free_roles", ()), terms
        )
        async with self.database.transaction() as connection:
            await connection.execute("delete from payments.price")
            return await prices.insert(connection, price)

    async def hear(self, *events: Event) -> None:
        """Handle what booking says, in one transaction."""
        following = Following(self.books, lambda: self.clock.now)
        batch = [
            Envelope("booking", next(self.numbers), one.type, one.subject, NOW, one.data(), None, None)
            for one in events
        ]
        async with self.database.transaction() as connection:
            await following.follow(connection, batch)

    async def work(self, rounds_max: int = 50) -> None:
        """Do the errands that are due by the clock, until there are none; fail if there is no end."""
        for _ in range(rounds_max):
            due = await errands.due(self.database, "payments", self.clock.now, [], 50)
            if not due:
                return
            for one in due:
                settle = await self.bringing.bring(one)
                async with self.database.transaction() as connection:
                    if settle:
                        await settle(connection)
                    await errands.done(connection, "payments", one)
        raise AssertionError(f"errands without end: {due}")

    async def come(self, now: datetime) -> None:
        """Let this time come: timers fall due, and errands are done."""
        self.clock.now = now
        await timers.due(self.database, "payments", now, 100)
        handlers = by_the_clock(Clockwork(self.books, lambda: self.clock.now))
        async with self.database.transaction() as connection:
            rows = await connection.fetch(
                "delete from payments.inbox where group_name = 'timers' returning type, subject, data"
            )
            for row in rows:
                envelope = Envelope("timer", 1, row["type"], row["subject"], now, row["data"], None, None)
                await handlers[row["type"]](connection, [envelope])
        await self.work()

    async def hear_and_work(self, *events: Event) -> None:
        """Handle what booking says one by one, and do what follows."""
        for one in events:
            await self.hear(one)
            await self.work()

    async def said(self) -> list[tuple[Any, ...]]:
        """What booking was told since this was last asked: the event's name, its request, and its amounts."""
        rows = await self.database.fetch("select type, data from payments.outbox order by id")
        await self.database.execute("delete from payments.outbox")
        found = []
        for row in rows:
            data = json.loads(row["data"])
            amounts = [value for name, value in data.items() if name.endswith("_minor")]
            name = row["type"].split(".")[2].removeprefix("payment_")
            found.append((name, data["request_id"], *amounts))
        return found

    async def account(self, id_: int = 1) -> Account:
        async with self.database.transaction() as connection:
            return (await accounts.lock(connection, [id_]))[id_]

    async def payments(self) -> list[listing.Payment]:
        """All payments, the oldest first."""
        return list(await listing.listed(self.database, listing.Filter(), 1000))[::-1]

    async def pay_by_hand(self) -> None:
        """Mark everything as paid that waits for it."""
        for one in await self.payments():
            if one.state == "awaiting":
                await self.desk.mark_paid(one.id, f"B-{one.id}")
        await self.work()

    async def pay_by_card(self) -> None:
        """Have the payer pay all that can be paid, and let that be noticed."""
        for one in await self.payments():
            if one.state == "awaiting":
                self.server.pay(one.intent.confirmed.reference)
        self.clock.now += timedelta(minutes=1)
        await self.work()


def _office(database: Database, provider: str, server: Remote | None) -> Office:
    clock = SimpleNamespace(now=NOW)
    stripe = server and Stripe(secret_key=SECRET_KEY, webhook_secret=WEBHOOK_SECRET, api_base=server.url)
    books = Books(
        Outbox("payments", Bell()),
        Errands("payments", Bell()),
        Timers("payments", Bell()),
        {"manual": Manual(), **({"stripe": stripe} if stripe else {})},
        provider,
    )
    bringing = Bringing(database, books, lambda: clock.now, pause_first=timedelta(0))
    return Office(database, books, clock, Desk(database, books, stripe), bringing, server)


@pytest_asyncio.fixture(loop_scope="session")
async def database(empty_url: str, settings: Settings, secrets: Secrets) -> AsyncIterator[Database]:
    everything = modules(settings, secrets)
    async with open_doors(empty_url, everything, secrets, connections_max=5, own_roles=True) as doors:
        yield doors.of("payments")


@pytest_asyncio.fixture(loop_scope="session")
async def office(database: Database) -> Office:
    """Payments by hand."""
    return _office(database, "manual", None)


@pytest.fixture(scope="session")
def server() -> Iterator[Remote]:
    with payment_server() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def card_office(database: Database, server: Remote) -> Office:
    """Payments by card."""
    server.faults()
    return _office(database, "stripe", server)
