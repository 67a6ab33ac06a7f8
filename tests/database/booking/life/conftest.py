"""Booking alone on a database of the test's own, with a clock that the test moves, and those who confirm."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any, TypeVar

import orjson
import pytest_asyncio

from berth.app.data_dir import Secrets
from berth.app.database import open_doors
from berth.app.modules import modules
from berth.app.settings import Settings
from berth.contracts.access import Access
from berth.contracts.booking.reservation import (
    ConfirmationAsked,
    ConfirmationClosed,
    ConfirmationEvent,
    ConfirmationSettled,
    ConfirmationWithdrawn,
    ReservationCreated,
)
from berth.contracts.catalog import Catalog, Policy, Resource
from berth.contracts.identity import Identity, Person
from berth.kit.auth import Principal
from berth.kit.db import Connection, Database
from berth.kit.errand.ask import Errands
from berth.kit.http.limit import Limits
from berth.kit.module import Built, Tools
from berth.kit.outbox.event import Envelope, envelope_of
from berth.kit.outbox.pace import Bell
from berth.kit.outbox.timers import Timers
from berth.kit.outbox.write import Outbox
from berth.modules.booking.domain.hold import Patience
from berth.modules.booking.domain.life.confirming import Answered, Said, answered
from berth.modules.booking.domain.life.value import APPROVAL, Life, Turn
from berth.modules.booking.domain.life.visiting import checked_in, checked_out
from berth.modules.booking.domain.reservation import Request, Reservation
from berth.modules.booking.module import booking
from berth.modules.booking.store import living as store
from berth.modules.booking.usecases.changing import Changing, Wish
from berth.modules.booking.usecases.creating import Creating
from berth.modules.booking.usecases.life.living import Living, step
from berth.modules.booking.usecases.waitlist.offering import Offering
from tests.database.booking.calendar import HOUR, USER, Locks, Names, Shelf, resource
from tests.database.booking.life.answering import NINE, TEN, answer_of, enveloped
from tests.database.booking.life.ledger import amiss
from tests.unit.booking.life.confirmers import CHIEF, DEAN, OTHERS, Confirmer

KINDS = {one.type: one for one in (ConfirmationAsked, ConfirmationSettled, ConfirmationWithdrawn, ConfirmationClosed)}
PLAIN, ROOM, HALL, BUFFERED, DESK = 1, 2, 3, 4, 5
CONFIRMED = {"approvers": (CHIEF,), "escalates_to": (CHIEF,), "no_show_minutes": 30}
RESOURCES = (
    resource(PLAIN),
    resource(ROOM, Policy(confirmations=("quota", "access"), **CONFIRMED)),
    resource(HALL, Policy(confirmations=("quota", "payment"), **CONFIRMED)),
    resource(BUFFERED, Policy(confirmations=("access",), setup_minutes=15, teardown_minutes=30, **CONFIRMED)),
    resource(DESK, Policy(confirmations=("approval",), **{**CONFIRMED, "escalates_to": (DEAN,)})),
)

Part = TypeVar("Part")


@dataclass
class Process:
    """The parts of booking, the database behind them, and what those who confirm have been told so far."""

    database: Database
    tools: Tools
    built: Built
    living: Living
    clock: SimpleNamespace
    staff: "Staff"
    refuse: set[str] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)
    confirmers: dict[tuple[int, str], Confirmer] = field(default_factory=dict)
    read_until: int = 0

    @contextlib.asynccontextmanager
    async def restarted(self) -> AsyncIterator[None]:
        """Go on in a process that has only what is in the database."""
        before, self.built = self.built, booking(origin="http://berth.test").build(self.tools)
        async with running(self.built):
            yield
        self.built = before

    def part(self, kind: type[Part]) -> Part:
        return next(one for one in self.built.parts if isinstance(one, kind))

    async def create(self, *resource_ids: int, start: datetime = TEN, key: str | None = None, hours: int = 1) -> int:
        """Reserve, and answer the number."""
        wanted = Request(resource_ids, None, start, start + hours * HOUR, "Seminar", None, None)
        answer = await self.part(Creating).create(USER, wanted, key, _show)
        return int(orjson.loads(answer.body)["id"])

    async def change(self, id_: int, *, caller: Principal = USER, **wish: Any) -> Reservation:
        return await self.part(Changing).change(caller, id_, Wish(**wish))

    async def cancel(self, id_: int) -> Reservation:
        return await self.part(Changing).cancel(USER, id_, None)

    async def check_in(self, id_: int) -> None:
        await self._turn(id_, lambda life: checked_in(life, USER.id, self.clock.now))

    async def check_out(self, id_: int) -> None:
        await self._turn(id_, lambda life: checked_out(life, USER.id, self.clock.now))

    async def decide(self, id_: int, *, approves: bool) -> None:
        def decided(life: Life) -> Turn:
            assert life.undecided
            said = Said.GIVEN if approves else Said.REFUSED
            return answered(life, Answered(life.undecided.id, APPROVAL, said, "too loud", CHIEF), self.clock.now)

        await self._turn(id_, decided)

    async def _turn(self, id_: int, rule: Callable[[Life], Turn]) -> None:
        async with self.database.transaction() as connection:
            life = (await store.locked(connection, [id_]))[id_]
            await self.living.save(connection, [step(life, rule(life), USER.id)], self.clock.now)

    async def life(self, id_: int) -> Life:
        return (await store.read_all(self.database, [id_]))[id_]

    async def state(self, id_: int) -> str:
        return (await self.life(id_)).reservation.state

    async def handle(self, *envelopes: Envelope) -> None:
        """Handle events in one transaction, as the worker does."""
        async with self.database.transaction() as connection:
            await self.built.handlers["booking"](connection, envelopes)

    async def news(self) -> list[Envelope]:
        """The events that were written since this was asked last."""
        rows = await self.database.fetch(
            """
            select id, type, subject, data::text, occurred_at, trace_parent, address
            from booking.outbox
            where id > $1
            order by id
            """,
            self.read_until,
        )
        self.read_until = max([self.read_until, *(row["id"] for row in rows)])
        return [envelope_of(row, "booking", row["id"]) for row in rows]

    def confirm(self, envelope: Envelope) -> list[Envelope]:
        """Tell those who confirm, and answer what they answer."""
        if envelope.type not in KINDS:
            return []
        event: ConfirmationEvent = envelope.read(KINDS[envelope.type])
        said = []
        for name in event.steps:
            one = self.confirmers.setdefault((event.reservation_id, name), Confirmer(name))
            one.refuses, one.silent = name in self.refuse, name in self.silent
            said += one.hear(event)
        return [enveloped(answer_of(one, event.reservation_id)) for one in said]

    async def carry(self) -> None:
        """Deliver what there is to deliver, until all is quiet: each round in one batch."""
        while news := await self.news():
            answers = [answer for one in news for answer in self.confirm(one)]
            created = [one for one in news if one.type == ReservationCreated.type]
            if created or answers:
                await self.handle(*created, *answers)

    async def strike(self) -> datetime | None:
        """Let time pass until the next timer is due, do what it is for, and answer when that was."""
        row = await self.database.fetch_row("select key, due_at from booking.timer order by due_at, key limit 1")
        if row is None:
            return None
        self.clock.now = max(self.clock.now, row["due_at"])
        async with self.database.transaction() as connection:
            await connection.execute("delete from booking.timer where key = $1", row["key"])
            await self.ring(connection, row["key"])
        due_at: datetime = row["due_at"]
        return due_at

    async def ring(self, connection: Connection, key: str) -> None:
        """Let the timer of this key fall due now."""
        rung = Envelope("timer", 1, "life", key, self.clock.now, "{}", None, None)
        await self.built.timers["life"](connection, [rung])

    async def pass_all_time(self) -> None:
        """Let everything come to its end."""
        await self.carry()
        while await self.strike():
            await self.carry()
            await self.check()

    async def check(self) -> None:
        """Compare the calendar with the states; what is handled by events must have been carried."""
        assert await amiss(self.database, RESOURCES) == []

    def held(self, id_: int) -> dict[str, list[int]]:
        """What those who confirm hold for a reservation, by step."""
        return {
            name: sorted(self.confirmers[id_, name].held)
            for name in OTHERS
            if (id_, name) in self.confirmers and self.confirmers[id_, name].held
        }

    async def occupied(self, id_: int) -> list[tuple[int, datetime, datetime]]:
        """What the reservation, with the move that is undecided, occupies now."""
        rows = await self.database.fetch(
            """
            select resource_id, lower(occupies) as starts, upper(occupies) as ends
            from booking.allocation
            where active
              and (occupant_id = $1 or occupant_id in (select id from booking.move where reservation_id = $1))
            order by resource_id, starts
            """,
            id_,
        )
        return [(row["resource_id"], row["starts"], row["ends"]) for row in rows]


def _show(one: Life, resources: Sequence[Resource], owner: str) -> dict[str, object]:
    return {"id": one.reservation.id, "state": one.reservation.state}


class Staff(Names):
    """Everybody is called by number, and one is an administrator; to say so takes a connection of the shared pool."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.gone: set[int] = set()

    async def people(self, *, ids: Sequence[int]) -> Mapping[int, Person]:
        await self._database.fetch_value("select 1")
        found = await super().people(ids=ids)
        return {id_: replace(one, active=id_ not in self.gone) for id_, one in found.items()}

    async def administrators(self) -> Sequence[int]:
        await self._database.fetch_value("select 1")
        return [CHIEF]


@contextlib.asynccontextmanager
async def running(built: Built) -> AsyncIterator[None]:
    """Run the tasks of a module."""
    tasks = [asyncio.ensure_future(task()) for task in built.tasks]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@pytest_asyncio.fixture(loop_scope="session")
async def process(empty_url: str, settings: Settings, secrets: Secrets) -> AsyncIterator[Process]:
    async with opened(empty_url, settings, secrets, RESOURCES) as process:
        yield process


@contextlib.asynccontextmanager
async def opened(
    url: str, settings: Settings, secrets: Secrets, resources: Sequence[Resource]
) -> AsyncIterator[Process]:
    """Booking on a database, with a catalogue of these resources."""
    everything = modules(settings, secrets)
    clock = SimpleNamespace(now=NINE)
    async with open_doors(url, everything, secrets, connections_max=5, own_roles=True) as doors:
        outbox, timers = Outbox("booking", Bell()), Timers("booking", Bell())
        database = doors.of("booking")
        staff = Staff(database)
        tools = Tools(
            database=database,
            outbox=outbox,
            timers=timers,
            errands=Errands("booking", Bell()),
            changes=None,  # booking listens to no rows
            clock=lambda: clock.now,
            limits=Limits(address_per_minute=0, person_per_minute=0),
            needs={Catalog: Shelf(resources), Identity: staff, Access: Locks()},
        )
        built = booking(origin="http://berth.test").build(tools)
        async with running(built):
            offering = Offering(
                outbox=outbox, timers=timers, catalog=Shelf(RESOURCES), clock=tools.clock, patience=Patience()
            )
            yield Process(database, tools, built, Living(outbox, timers, offering), clock, staff)
