"""Booking, quota, access and payments together on one database, with a clock and a post in the test's hands.

Every module works as its own role. Nothing runs by itself: the test carries events from the outboxes to the groups,
in the order and as often as it likes, has errands done, and lets time pass. Split, the modules ask each other over HTTP
and events travel in the form that brokers carry.
"""

import asyncio
import contextlib
import itertools
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, TypeVar

import asyncpg
import orjson

from berth.app.data_dir import Secrets
from berth.app.database import Doors, open_doors
from berth.app.doctor.reconciliation import QUIET, disagreements
from berth.app.modules import modules
from berth.app.settings import Settings
from berth.contracts.catalog import Catalog
from berth.contracts.identity import Identity
from berth.kit.bus.cloud_event import decode, encode
from berth.kit.clock import system_clock
from berth.kit.errand import store as errands
from berth.kit.errand.ask import Errands
from berth.kit.http.limit import Limits
from berth.kit.module import Built, Module, Tools
from berth.kit.outbox.event import Envelope, envelope_of
from berth.kit.outbox.pace import Bell
from berth.kit.outbox.timers import Timers
from berth.kit.outbox.write import Outbox
from berth.kit.remote.client import Line, remote
from berth.kit.remote.token import InternalTokens
from berth.modules.booking.domain.hold import Patience
from berth.modules.booking.usecases.life.living import Living
from berth.modules.booking.usecases.life.winding import Winding
from berth.modules.booking.usecases.waitlist.offering import Offering
from tests.database.saga.around import LEFT, People, Shelf
from tests.far import served

NAMES = ("access", "quota", "payments", "booking")
"""Each behind those that it needs."""

MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
ROUNDS_MAX = 400

Part = TypeVar("Part")


@dataclass(frozen=True)
class Letter:
    """An event on its way to one group; ``place`` is which of its reservation's letters it is, counted from 0."""

    group: str
    envelope: Envelope
    place: int = 0

    def __str__(self) -> str:
        return f"{self.place}: {self.envelope.type.split('.')[2]} to {self.group}"


@dataclass
class World:
    """The modules, what is between them, and the clock. ``post`` holds the letters that were not delivered yet."""

    doors: Doors
    built: Mapping[str, Built]
    listeners: Sequence[tuple[str, str, Module]]
    clock: SimpleNamespace
    shelf: Shelf
    url: str
    split: bool = False
    post: list[Letter] = field(default_factory=list)
    read_until: Counter = field(default_factory=Counter)
    places: Counter = field(default_factory=Counter)
    numbers: Iterable[int] = field(default_factory=lambda: itertools.count(1))

    def part(self, module: str, kind: type[Part]) -> Part:
        return next(one for one in self.built[module].parts if isinstance(one, kind))

    async def collect(self) -> None:
        """Put what the modules have written into the post, a letter for each group that listens."""
        for schema in NAMES:
            rows = await self.doors.of(schema).fetch(
                f"""
                select id, type, subject, data::text, occurred_at, trace_parent, address
                from {schema}.outbox
                where id > $1
                order by id
                """,
                self.read_until[schema],
            )
            for row in rows:
                self.read_until[schema] = row["id"]
                self._address(envelope_of(row, schema, row["id"]))

    def _address(self, envelope: Envelope) -> None:
        for _, group, module in self.listeners:
            if any(one.name == group and one.wants(envelope.type) for one in module.groups):
                self.post.append(Letter(group, envelope, self.places[envelope.subject]))
                self.places[envelope.subject] += 1

    async def deliver(self, letters: Sequence[Letter]) -> None:
        """Hand letters over, those to one group as one batch in one transaction; they stay in the post."""
        for name, group, _ in self.listeners:
            batch = [self._carried(one.envelope) for one in letters if one.group == group]
            if batch:
                async with self.doors.of(name).transaction() as connection:
                    await self.built[name].handlers[group](connection, batch)

    def _carried(self, envelope: Envelope) -> Envelope:
        return decode(encode([envelope]))[0] if self.split else envelope

    async def do_errands(self, *, forgetting: bool = False) -> bool:
        """Have what is due done in the world outside, once; tell whether there was anything.

        ``forgetting`` what came of it, as a process that is killed in between, it has to be done again.
        """
        found = False
        for schema in NAMES:
            due = await errands.due(self.doors.of(schema), schema, self.clock.now, [], 1000)
            found = found or bool(due)
            await asyncio.gather(*(self._do(schema, one, forgetting) for one in due))
        return found

    async def _do(self, schema: str, errand: errands.Errand, forgetting: bool) -> None:
        settle = await self.built[schema].errands[errand.name](errand)
        if forgetting:
            return
        async with self.doors.of(schema).transaction() as connection:
            if settle:
                await settle(connection)
            await errands.done(connection, schema, errand)

    async def strike(self, *, after: timedelta = timedelta(0)) -> bool:
        """Let time pass until something is due, for so long at least, and let timers fall due; none if nothing is."""
        due_at = await self.next_due()
        if due_at is None:
            return False
        self.clock.now = max(self.clock.now + after, due_at)
        for schema in NAMES:
            await self._ring(schema)
        return True

    async def next_due(self) -> datetime | None:
        moments = []
        for schema in NAMES:
            row = await self.doors.of(schema).fetch_row(
                f"""
                select (select min(due_at) from {schema}.timer), (select min(due_at) from {schema}.errand)
                """
            )
            moments += [one for one in row if one]
        return min(moments, default=None)

    async def _ring(self, schema: str) -> None:
        async with self.doors.of(schema).transaction() as connection:
            rows = await connection.fetch(
                f"delete from {schema}.timer where due_at <= $1 returning key, name, data::text, due_at",
                self.clock.now,
            )
            for name in sorted({row["name"] for row in rows}):
                batch = [
                    Envelope("timer", 1, name, row["key"], self.clock.now, row["data"], None, None)
                    for row in sorted(rows, key=lambda row: (row["due_at"], row["key"]))
                    if row["name"] == name
                ]
                await self.built[schema].timers[name](connection, batch)

    async def quieten(self) -> None:
        """Carry everything, faithfully, until there is nothing to carry or to do."""
        for _ in range(ROUNDS_MAX):
            await self.collect()
            letters, self.post = self.post, []
            await self.deliver(letters)
            if not await self.do_errands() and not letters:
                return
        raise AssertionError(f"no end: {list(map(str, letters))}")

    async def pass_all_time(self) -> None:
        """Let everything come to its end, a faithful post from now on; booking winds clocks that stand still."""
        await self.quieten()
        self.clock.now += timedelta(minutes=15)
        outbox, timers = Outbox("booking", Bell()), Timers("booking", Bell())
        offering = Offering(
            outbox=outbox, timers=timers, catalog=Shelf(), clock=lambda: self.clock.now, patience=Patience()
        )
        await Winding(self.doors.of("booking"), Living(outbox, timers, offering), lambda: self.clock.now).wind()
        for _ in range(ROUNDS_MAX):
            if not await self.strike(after=timedelta(minutes=1)):
                return
            await self.quieten()
        raise AssertionError("time goes on and on")

    async def disagreements(self, first_id: int = 0) -> dict[str, list[int]]:
        """What ``berth doctor`` says of reservations from this number on, by what it is about."""
        connection = await asyncpg.connect(self.url)
        try:
            found = await disagreements(connection, self.clock.now + QUIET + timedelta(seconds=1))
        finally:
            await connection.close()
        kept = {check.about: [id_ for id_ in ids if id_ >= first_id or "sums" in check.about] for check, ids in found}
        return {about: ids for about, ids in kept.items() if ids}

    async def states(self, ids: Sequence[int]) -> dict[int, str]:
        rows = await self.doors.of("booking").fetch(
            "select id, state from booking.reservation where id = any($1::bigint[])", ids
        )
        return {row["id"]: row["state"] for row in rows}

    async def left(self, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        """What is still held for these reservations, in plain words and apart from what the doctor looks at."""
        found: list[tuple[Any, ...]] = []
        for schema, sql in LEFT.items():
            rows = await self.doors.of(schema).fetch(sql, ids)
            found += [(schema, *row) for row in rows]
        return found


@contextlib.asynccontextmanager
async def world_on(
    url: str, settings: Settings, secrets: Secrets, *, split: bool = False, **changed: Any
) -> AsyncIterator[World]:
    """The four modules of an installation with these settings changed."""
    everything = modules(settings.model_copy(update=changed), secrets)
    known = {one.name: one for one in everything if one.name in NAMES}
    clock, shelf = SimpleNamespace(now=MONDAY), Shelf()
    async with (
        open_doors(url, list(known.values()), secrets, connections_max=5, own_roles=True) as doors,
        _border(split=split) as across,
    ):
        offers: dict[type, Any] = {Catalog: await across(Catalog, shelf), Identity: await across(Identity, People())}
        built: dict[str, Built] = {}
        for name in NAMES:
            built[name] = known[name].build(_tools(name, doors, clock, offers))
            if contract := known[name].offers:
                offers[contract] = await across(contract, built[name].offer)
        tasks = [asyncio.ensure_future(task()) for one in built.values() for task in one.tasks]
        listeners = [(name, group.name, known[name]) for name in NAMES for group in known[name].groups]
        try:
            yield World(doors, built, listeners, clock, shelf, url, split)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


@contextlib.asynccontextmanager
async def _border(*, split: bool) -> AsyncIterator[Callable[[type, object], Awaitable[object]]]:
    """Answer what makes of what fulfils a contract the one to ask: itself, or split one that asks it over HTTP."""
    tokens = InternalTokens(b"s" * 32, system_clock)
    line = Line(tokens)
    async with contextlib.AsyncExitStack() as servers:

        async def across(contract: type, offer: object) -> object:
            if not split:
                return offer
            return remote(contract, await servers.enter_async_context(served(contract, offer, tokens)), line)

        try:
            yield across
        finally:
            line.close()


def _tools(name: str, doors: Doors, clock: SimpleNamespace, offers: Mapping[type, Any]) -> Tools:
    return Tools(
        database=doors.of(name),
        outbox=Outbox(name, Bell()),
        timers=Timers(name, Bell()),
        errands=Errands(name, Bell()),
        changes=doors.changes,
        clock=lambda: clock.now,
        limits=Limits(address_per_minute=0, person_per_minute=0),
        needs=offers,
    )


def id_of(body: bytes) -> int:
    return int(orjson.loads(body)["id"])
