"""Two modules without a business: harbour writes events, and pilots listens to them with two groups."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import asyncpg
import pytest
import pytest_asyncio

from berth.kit.db import Changes, Connection, Database, open_database
from berth.kit.errand.ask import Errands
from berth.kit.errand.runner import Do
from berth.kit.inbox.worker import Retries
from berth.kit.migrate import migrate, migrations_of
from berth.kit.outbox.event import Envelope, Event
from berth.kit.outbox.pace import Bell, Courtesy
from berth.kit.outbox.relay import Listener
from berth.kit.outbox.spine import Bells, Member, Spine, Terms
from berth.kit.outbox.subscription import Group, Handler
from berth.kit.outbox.timers import Timers
from berth.kit.outbox.write import Outbox
from tests.conftest import temporary_database

LOGGED, SOUNDED = "berth.harbour.ship_sighted.v1", "berth.harbour.horn_sounded.v1"
EVERYTHING, HORNS = Group("logbook", None), Group("ears", frozenset({SOUNDED}))

TABLES = """
create table pilots.effect (
    id bigint generated always as identity,
    group_name text not null,
    event_id text not null,
    subject text not null,
    place integer not null,
    constraint effect_pk primary key (id)
)
"""


@dataclass(frozen=True, slots=True)
class ShipSighted(Event):
    """A ship was seen, for the so-manieth time."""

    type: ClassVar[str] = LOGGED
    ship: int
    place: int

    @property
    def subject(self) -> str:
        return f"ship/{self.ship}"


@dataclass(frozen=True, slots=True)
class HornSounded(ShipSighted):
    """A ship sounded its horn."""

    type: ClassVar[str] = SOUNDED


@dataclass
class Harbour:
    """The two modules on a database; ``spine`` runs what moves their events in a process of its own."""

    url: str
    database: Database
    outbox: Outbox = field(default_factory=lambda: Outbox("harbour", Bell()))
    timers: Timers = field(default_factory=lambda: Timers("pilots", Bell()))
    errands: Errands = field(default_factory=lambda: Errands("pilots", Bell()))
    handlers: dict[str, Handler] = field(default_factory=dict)
    timer_handlers: dict[str, Handler] = field(default_factory=dict)
    errand_handlers: dict[str, Do] = field(default_factory=dict)
    gather_seconds: float = 0.0
    retries: Retries = field(default_factory=lambda: Retries(attempts_max=3, first_seconds=0.02))

    @contextlib.asynccontextmanager
    async def spine(self) -> AsyncIterator[None]:
        """Run a process's share of the spine."""
        changes = Changes(lambda: asyncpg.connect(self.url))
        spine = Spine(
            members=[
                Member("harbour", self.database, Bells(outbox=self.outbox._bell)),
                Member(
                    "pilots",
                    self.database,
                    Bells(timer=self.timers._bell, errand=self.errands._bell),
                    handlers={EVERYTHING.name: self.log, HORNS.name: self.log_horn, **self.handlers},
                    timers=self.timer_handlers,
                    errands=self.errand_handlers,
                ),
            ],
            listeners=[
                Listener("pilots", replace(EVERYTHING, gather_seconds=self.gather_seconds)),
                Listener("pilots", HORNS),
            ],
            whole=self.database,
            bus=None,
            changes=changes,
            connect=lambda: asyncpg.connect(self.url),
            clock=lambda: datetime.now(UTC),
            courtesy=Courtesy(),
            terms=Terms(self.retries, timedelta(days=7)),
        )
        tasks = [asyncio.ensure_future(task()) for task in (changes.run, *spine.tasks())]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def log(self, connection: Connection, envelopes: Sequence[Envelope]) -> None:
        """Handle events by writing them down."""
        await self._write(connection, EVERYTHING.name, envelopes)

    async def log_horn(self, connection: Connection, envelopes: Sequence[Envelope]) -> None:
        """Handle the other group's events in the same way."""
        await self._write(connection, HORNS.name, envelopes)

    async def _write(self, connection: Connection, group: str, envelopes: Sequence[Envelope]) -> None:
        await connection.executemany(
            "insert into pilots.effect (group_name, event_id, subject, place) values ($1, $2, $3, $4)",
            [(group, one.id, one.subject, one.members()["place"]) for one in envelopes],
        )

    async def sight(self, *events: Event) -> None:
        """Write events in a transaction of their own."""
        async with self.database.transaction() as connection:
            await self.outbox.write(connection, events)

    async def effects(self, group: Group = EVERYTHING) -> Sequence[Mapping[str, object]]:
        """Answer what the group has written down, in the order of its doing."""
        return await self.database.fetch(
            "select event_id, subject, place from pilots.effect where group_name = $1 order by id", group.name
        )

    async def settled(self, count: int, group: Group = EVERYTHING, *, seconds_max: float = 10) -> None:
        """Return when the group has handled so many events; fail if it does not in time."""
        async with asyncio.timeout(seconds_max):
            while True:
                if len(await self.effects(group)) >= count:
                    return
                await asyncio.sleep(0.01)


def in_order(effects: Sequence[Mapping[str, object]]) -> bool:
    """Tell whether the events of each subject were handled in their order, each once."""
    seen: dict[object, list[object]] = {}
    for one in effects:
        seen.setdefault(one["subject"], []).append(one["place"])
    return all(places == list(range(len(places))) for places in seen.values())


@pytest_asyncio.fixture(loop_scope="session")
async def harbour(server_url: str) -> AsyncIterator[Harbour]:
    async with temporary_database(server_url) as url:
        connection = await asyncpg.connect(url)
        await migrate(connection, migrations_of([("harbour", "berth.contracts"), ("pilots", "berth.contracts")]))
        await connection.execute(TABLES)
        await connection.close()
        async with open_database(url) as database:
            yield Harbour(url, database)


@pytest.fixture
def dead(harbour: Harbour) -> Callable[[], object]:
    """Answer the dead letters."""

    async def letters() -> Sequence[Mapping[str, object]]:
        return await harbour.database.fetch(
            "select group_name, subject, attempts, error from pilots.dead_letter order by id"
        )

    return letters
