"""Booking alone on a database of the test's own, with a clock that the test moves, for those who hold and wait."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
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
from berth.contracts.catalog import Catalog, Policy, Resource
from berth.contracts.identity import Identity
from berth.kit.auth import Principal, Role
from berth.kit.db import Database
from berth.kit.errand.ask import Errands
from berth.kit.http.limit import Limits
from berth.kit.module import Built, Tools
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.pace import Bell
from berth.kit.outbox.timers import Timers
from berth.kit.outbox.write import Outbox
from berth.modules.booking.domain.hold import Hold
from berth.modules.booking.domain.life.value import Life
from berth.modules.booking.domain.reservation import Request
from berth.modules.booking.domain.waitlist.entry import Entry, Wanted
from berth.modules.booking.module import booking
from berth.modules.booking.usecases.changing import Changing, Wish
from berth.modules.booking.usecases.creating import Creating
from berth.modules.booking.usecases.holds.converting import Converting, HoldUse
from berth.modules.booking.usecases.holds.holding import Holding, HoldWish
from berth.modules.booking.usecases.waitlist.answering import Answering
from berth.modules.booking.usecases.waitlist.joining import Joining
from berth.modules.booking.usecases.waitlist.lining import Line
from berth.modules.booking.usecases.waitlist.looking import Looking
from tests.database.booking.calendar import HOUR, Locks, Names, Shelf, resource
from tests.database.booking.life.answering import NINE, TEN
from tests.database.booking.life.conftest import running

ROOMS = (resource(1), resource(2, Policy(no_show_minutes=10)), resource(3, Policy(setup_minutes=30)))
PEOPLE = [Principal(number, f"p{number}", f"Person {number}", Role.USER, None, number) for number in range(10, 15)]
Part = TypeVar("Part")


@dataclass
class Desk:
    """The verbs of people, and a clock."""

    database: Database
    built: Built
    clock: SimpleNamespace

    def part(self, kind: type[Part]) -> Part:
        return next(one for one in self.built.parts if isinstance(one, kind))

    async def reserve(
        self, who: Principal, *rooms: int, start: datetime = TEN, hours: int = 1, key: str | None = None
    ) -> int:
        wanted = Request(rooms, None, start, start + hours * HOUR, "Seminar", None, None)
        answer = await self.part(Creating).create(who, wanted, key, _show)
        return int(orjson.loads(answer.body)["id"])

    async def cancel(self, who: Principal, id_: int) -> None:
        await self.part(Changing).cancel(who, id_, None)

    async def move(self, who: Principal, id_: int, start: datetime, hours: int = 1) -> None:
        await self.part(Changing).change(who, id_, Wish(start=start, end=start + hours * HOUR))

    async def hold(self, who: Principal, *rooms: int, start: datetime = TEN, hours: int = 1) -> Hold:
        return await self.part(Holding).place(who, HoldWish(rooms, None, start, start + hours * HOUR, None))

    async def use(self, who: Principal, hold_id: int) -> int:
        answer = await self.part(Converting).convert(who, HoldUse(hold_id, "Decided", None), _show)
        return int(orjson.loads(answer.body)["id"])

    async def join(
        self, who: Principal, *rooms: int, start: datetime = TEN, hours: int = 1, minutes: int | None = None
    ) -> Entry:
        wish = Wanted(rooms, None, start, start + hours * HOUR, minutes, 1, "Waited", None)
        return await self.part(Joining).join(who, wish)

    async def accept(self, who: Principal, id_: int) -> int:
        answer = await self.part(Answering).accept(who, id_, _show)
        return int(orjson.loads(answer.body)["id"])

    async def decline(self, who: Principal, id_: int) -> None:
        await self.part(Answering).decline(who, id_)

    async def leave(self, who: Principal, id_: int) -> None:
        await self.part(Answering).leave(who, id_)

    async def entry(self, who: Principal, id_: int) -> Entry:
        return await self.part(Line).one(who, id_)

    async def states(self) -> list[str]:
        """How all places stand, in the order of the line."""
        rows = await self.database.fetch("select state from booking.waitlist_entry order by id")
        return [row["state"] for row in rows]

    async def strike(self) -> str | None:
        """Let time pass until the next timer is due, do what it is for, and answer its key."""
        row = await self.database.fetch_row("select key, name, due_at from booking.timer order by due_at, key limit 1")
        if row is None:
            return None
        self.clock.now = max(self.clock.now, row["due_at"])
        async with self.database.transaction() as connection:
            await connection.execute("delete from booking.timer where key = $1", row["key"])
            rung = Envelope("timer", 1, row["name"], row["key"], self.clock.now, "{}", None, None)
            await self.built.timers[row["name"]](connection, [rung])
        key: str = row["key"]
        return key

    async def lose_timers(self) -> None:
        """Lose all timers, as an operator may who drops them."""
        await self.database.execute("delete from booking.timer")

    async def look(self) -> None:
        """Look after the line, as a task of booking does every minute."""
        looking = next(
            one.tell.__self__ for one in self.built.broadcasts if isinstance(getattr(one.tell, "__self__", 0), Looking)
        )
        await looking.look()

    async def told(self, type_: str) -> list[dict[str, Any]]:
        """The events of a type, oldest first."""
        rows = await self.database.fetch(
            "select data::text as data from booking.outbox where type = $1 order by id", f"berth.booking.{type_}.v1"
        )
        return [orjson.loads(row["data"]) for row in rows]

    async def occupied(self) -> list[tuple[int, str, datetime, datetime]]:
        """What is taken: the room, by what, from when and until when."""
        rows = await self.database.fetch(
            """
            select resource_id, kind, lower(occupies) as starts, upper(occupies) as ends
            from booking.allocation
            where active
            order by resource_id, starts
            """
        )
        return [tuple(row) for row in rows]


def _show(one: Life, resources: Sequence[Resource], owner: str) -> dict[str, object]:
    return {"id": one.reservation.id, "state": one.reservation.state}


@contextlib.asynccontextmanager
async def desk_on(
    url: str, settings: Settings, secrets: Secrets, shelf: Shelf | None = None, names: Names | None = None
) -> AsyncIterator[Desk]:
    """Booking on a database that is empty, with a catalogue and people of its own if they are given."""
    clock = SimpleNamespace(now=NINE)
    async with open_doors(url, modules(settings, secrets), secrets, connections_max=5, own_roles=True) as doors:
        tools = Tools(
            database=doors.of("booking"),
            outbox=Outbox("booking", Bell()),
            timers=Timers("booking", Bell()),
            errands=Errands("booking", Bell()),
            changes=None,  # booking listens to no rows
            clock=lambda: clock.now,
            limits=Limits(address_per_minute=0, person_per_minute=0),
            needs={Catalog: shelf or Shelf(ROOMS), Identity: names or Names(), Access: Locks()},
        )
        built = booking(origin="http://berth.test").build(tools)
        async with running(built):
            yield Desk(doors.of("booking"), built, clock)


@pytest_asyncio.fixture(loop_scope="session")
async def desk(empty_url: str, settings: Settings, secrets: Secrets) -> AsyncIterator[Desk]:
    async with desk_on(empty_url, settings, secrets) as made:
        yield made
