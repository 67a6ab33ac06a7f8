"""Calendars alone on a database of the test's own, with a clock and a server that the test moves."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest_asyncio

from berth.app.data_dir import Secrets
from berth.app.database import open_doors
from berth.app.modules import modules
from berth.app.settings import Settings
from berth.contracts.booking.questions import BusyTime
from berth.contracts.catalog import Resource
from berth.contracts.identity import Contact, Person
from berth.kit.auth import Principal, Role
from berth.kit.db import Database
from berth.kit.errand.ask import Errands
from berth.kit.errand.store import Errand
from berth.kit.http.limit import Limits
from berth.kit.outbox.pace import Bell
from berth.kit.outbox.write import Outbox
from berth.modules.calendar.domain.subscription import Subscription
from berth.modules.calendar.providers.fetching import Fetched, NotFetched, Seen
from berth.modules.calendar.providers.reading import Reader
from berth.modules.calendar.store import subscriptions
from berth.modules.calendar.usecases.passwords import AppPasswords
from berth.modules.calendar.usecases.refreshing import REFRESH, Refreshing
from berth.modules.calendar.usecases.subscriptions import Subscriptions
from tests.database.booking.calendar import resource

NINE = datetime(2027, 3, 1, 9, tzinfo=UTC)
ADMIN = Principal(8, "root", "Root", Role.ADMIN, None, 2)
ADA = Principal(7, "ada", "Ada", Role.USER, None, 1)
ROOM = 12
FAILURES_MAX = 5


class People:
    """Ada and an administrator; ``inactive`` are those who may do nothing any more."""

    def __init__(self) -> None:
        self.inactive: set[int] = set()

    async def people(self, *, ids: Sequence[int]) -> Mapping[int, Person]:
        known = {one.id: Person(one.id, one.username, one.name, one.id not in self.inactive) for one in (ADA, ADMIN)}
        return {id_: known[id_] for id_ in ids if id_ in known}

    async def contacts(self, *, ids: Sequence[int]) -> Mapping[int, Contact]:
        return {}


class Rooms:
    """One room."""

    async def resources(self, *, ids: Sequence[int]) -> Mapping[int, Resource]:
        return {ROOM: resource(ROOM)} if ROOM in ids else {}


@dataclass
class Told:
    """Booking, as far as it is told what is busy."""

    closed: dict[str, list[BusyTime]] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)

    async def close_by_calendar(self, *, source: str, number: int, busy: Sequence[BusyTime], **_: object) -> None:
        self.numbers.append(number)
        self.closed[source] = list(busy)


@dataclass
class Server:
    """A server of one calendar; without ``data`` it says why it has none."""

    data: bytes | None = None
    etag: str | None = None
    asked: list[Seen] = field(default_factory=list)

    async def fetch(self, _: str, seen: Seen) -> Fetched:
        self.asked.append(seen)
        if self.data is None:
            raise NotFetched("The server is away.")
        if self.etag and seen.etag == self.etag:
            return Fetched(None, seen)
        return Fetched(self.data, Seen(self.etag, None))


@dataclass(frozen=True)
class Process:
    """The parts of calendars, and the database behind them; ``clock.now`` is the present."""

    database: Database
    following: Subscriptions
    refreshing: Refreshing
    passwords: AppPasswords
    people: People
    booking: Told
    server: Server
    clock: SimpleNamespace

    async def follow(self) -> Subscription:
        """Subscribe the room to the server's calendar."""
        return await self.following.create(ADMIN, "resource", ROOM, "Lessons", url="https://example.org/a.ics")

    async def refresh(self, id_: int) -> Subscription | None:
        """Do the errand of asking the calendar, and answer how the subscription stands then."""
        errand = Errand(f"subscription/{id_}/refresh", 1, REFRESH, {"subscription_id": id_}, 0, None)
        settle = await self.refreshing.refresh(errand)
        if settle:
            async with self.database.transaction() as connection:
                await settle(connection)
        return await subscriptions.one(self.database, id_)


@pytest_asyncio.fixture(loop_scope="session")
async def process(empty_url: str, settings: Settings, secrets: Secrets) -> AsyncIterator[Process]:
    clock = SimpleNamespace(now=NINE)
    everything = modules(settings, secrets)
    async with open_doors(empty_url, everything, secrets, connections_max=3, own_roles=True) as doors:
        database, bell = doors.of("calendar"), Bell()
        shared = {
            "database": database,
            "errands": Errands("calendar", bell),
            "booking": Told(),
            "catalog": Rooms(),
            "identity": People(),
            "reader": Reader(asyncio.Lock()),
            "clock": lambda: clock.now,
        }
        outbox, server = Outbox("calendar", bell), Server()
        yield Process(
            database=database,
            following=Subscriptions(outbox=outbox, **shared),
            refreshing=Refreshing(fetcher=server, every=timedelta(minutes=15), **shared),
            passwords=AppPasswords(
                database=database,
                outbox=outbox,
                identity=shared["identity"],
                clock=shared["clock"],
                limits=Limits(address_per_minute=0, person_per_minute=0),
                failures_per_minute=FAILURES_MAX,
            ),
            people=shared["identity"],
            booking=shared["booking"],
            server=server,
            clock=clock,
        )
