"""Access alone on a database of the test's own, with a clock that the test moves, and with or without a lock."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest_asyncio

from berth.app.data_dir import Secrets
from berth.app.database import Doors, open_doors
from berth.app.modules import modules
from berth.app.settings import Settings
from berth.contracts.access import CodeTried
from berth.contracts.booking.reservation import (
    ConfirmationAsked,
    ConfirmationClosed,
    ConfirmationSettled,
    ConfirmationWithdrawn,
    Reserved,
)
from berth.kit.db import Database
from berth.kit.errand.ask import Errands
from berth.kit.errand.runner import Runner
from berth.kit.http.limit import Limits
from berth.kit.inbox.worker import Retries
from berth.kit.module import Built, Tools
from berth.kit.outbox.event import Envelope, Event
from berth.kit.outbox.pace import Bell
from berth.kit.outbox.timers import Timers
from berth.kit.outbox.write import Outbox
from berth.modules.access.module import GROUP, Offer, build
from berth.modules.access.providers import Lock, NoLock, WebhookLock
from berth.modules.access.usecases.reading import Reading
from tests.database.access.locks import SECRET, Door, door

NINE = datetime(2027, 3, 1, 9, tzinfo=UTC)
STEPS = ("quota", "access")
OWNER = 7


@dataclass
class Clock:
    """A clock that runs on from ``now`` as far as the test moves it, or by itself from the present."""

    now: datetime | None = NINE

    def __call__(self) -> datetime:
        return self.now or datetime.now(UTC)


@dataclass
class Desk:
    """The module, and what booking says to it."""

    database: Database
    built: Built
    bell: Bell
    clock: Clock
    numbers: dict[str, int] = field(default_factory=dict)

    @property
    def offer(self) -> Offer:
        assert isinstance(self.built.offer, Offer)
        return self.built.offer

    @property
    def reading(self) -> Reading:
        [found] = [one for one in self.built.parts if isinstance(one, Reading)]
        return found

    async def say(self, *events: Event) -> None:
        """Hand the events to the handler in one transaction, as the worker does."""
        envelopes = [self._enveloped(event) for event in events]
        async with self.database.transaction() as connection:
            await self.built.handlers[GROUP.name](connection, envelopes)

    def _enveloped(self, event: Event) -> Envelope:
        number = self.numbers[""] = self.numbers.get("", 0) + 1
        trace_parent = f"00-{number:032x}-{number:016x}-01"
        return Envelope("booking", number, event.type, event.subject, NINE, event.data(), trace_parent, "192.0.2.1")

    async def answers(self) -> list[Envelope]:
        """What was written, in this order."""
        rows = await self.database.fetch(
            "select id, type, subject, data, occurred_at, trace_parent, address from access.outbox order by id"
        )
        return [
            Envelope(
                "access",
                row["id"],
                row["type"],
                row["subject"],
                row["occurred_at"],
                row["data"],
                row["trace_parent"],
                row["address"],
            )
            for row in rows
        ]

    async def told(self) -> list[tuple[str, int, int]]:
        """What was answered: the last word of the type, the reservation, the request."""
        return [
            (one.type.split("_")[1].split(".")[0], one.members()["reservation_id"], one.members()["request_id"])
            for one in await self.answers()
            if one.type != CodeTried.type
        ]

    async def dump(self) -> str:
        """Everything that the module keeps, as text."""
        tables = ("code", "permission", "keypad", "attempt", "outbox", "errand", "inbox", "dead_letter", "timer")
        found: list[str] = []
        for table in tables:
            rows = await self.database.fetch(f"select row_to_json(t)::text as row from access.{table} as t")
            found += [row["row"] for row in rows]
        return "\n".join(found)

    @contextlib.asynccontextmanager
    async def errands(self) -> AsyncIterator[None]:
        """Run the module's errands meanwhile."""
        runner = Runner(
            database=self.database,
            schema="access",
            errands=self.built.errands,
            bell=self.bell,
            clock=lambda: datetime.now(UTC),
            retries=Retries(attempts_max=3, first_seconds=0.02),
        )
        task = asyncio.create_task(runner.run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


Make = Callable[[Lock], Desk]


@pytest_asyncio.fixture(loop_scope="session")
async def doors(empty_url: str, settings: Settings, secrets: Secrets) -> AsyncIterator[Doors]:
    everything = modules(settings, secrets)
    async with open_doors(empty_url, everything, secrets, connections_max=20, own_roles=True) as found:
        yield found


def desk_of(doors: Doors, lock: Lock, clock: Clock) -> Desk:
    """The module with this lock."""
    database, bell = doors.of("access"), Bell()
    tools = Tools(
        database=database,
        outbox=Outbox("access", Bell()),
        timers=Timers("access", Bell()),
        errands=Errands("access", bell),
        changes=doors.changes,
        clock=clock,
        limits=Limits(address_per_minute=0, person_per_minute=0),
        needs={},
    )
    return Desk(database, build(tools, secret=b"0123456789abcdef", lock=lock), bell, clock)


@pytest_asyncio.fixture(loop_scope="session")
async def desk(doors: Doors) -> Desk:
    """Access without a lock, at nine."""
    return desk_of(doors, NoLock(), Clock())


@pytest_asyncio.fixture(loop_scope="session")
async def lock() -> AsyncIterator[Door]:
    async with door() as found:
        yield found


@pytest_asyncio.fixture(loop_scope="session")
async def locked(doors: Doors, lock: Door) -> AsyncIterator[Desk]:
    """Access with a lock that gives an answer within a second or counts as silent; the clock runs."""
    webhook = WebhookLock(lock.url, SECRET, seconds_max=1.0)
    closing = asyncio.create_task(webhook.run())
    await asyncio.sleep(0)
    made = desk_of(doors, webhook, Clock(None))
    async with made.errands():
        yield made
    closing.cancel()
    await asyncio.gather(closing, return_exceptions=True)


def asked(
    id_: int,
    request_id: int = 1,
    *,
    start: datetime = NINE,
    hours: float = 1,
    resources: Sequence[int] = (1,),
    due_at: datetime | None = None,
    steps: tuple[str, ...] = STEPS,
) -> ConfirmationAsked:
    """Booking asks for a code from a quarter of an hour before the start."""
    end = start + timedelta(hours=hours)
    reserved = tuple(Reserved(one, f"Room {one}", "room", (), (), "UTC") for one in resources)
    due = {"access": due_at} if due_at else {}
    return ConfirmationAsked(id_, request_id, steps, OWNER, "user", OWNER, reserved, start, end, 15, due)


def settled(id_: int, request_id: int = 1) -> ConfirmationSettled:
    return ConfirmationSettled(id_, request_id, STEPS)


def withdrawn(id_: int, request_id: int = 1, *, whole: bool = True) -> ConfirmationWithdrawn:
    return ConfirmationWithdrawn(id_, request_id, STEPS, whole, "owner", None, NINE, NINE)


def closed(id_: int, request_id: int = 1) -> ConfirmationClosed:
    return ConfirmationClosed(id_, request_id, STEPS, "finished", NINE, NINE)
