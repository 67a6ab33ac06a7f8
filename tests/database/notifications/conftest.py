"""Notifications alone on a database of the test's own, with a clock that the test moves."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import orjson
import pytest_asyncio

from berth.app.data_dir import Secrets
from berth.app.database import open_doors
from berth.app.modules import modules
from berth.app.settings import Settings
from berth.contracts.booking.reservation import ReservationCreated
from berth.contracts.catalog import Resource, ResourceQuery
from berth.kit.auth import Principal, Role
from berth.kit.db import Database
from berth.kit.errand.ask import Errands
from berth.kit.outbox.event import Envelope, Event
from berth.kit.outbox.pace import Bell
from berth.kit.outbox.subscription import Handler
from berth.kit.outbox.write import Outbox
from berth.modules.notifications.domain.kinds import Choices, Switch
from berth.modules.notifications.store.reading import Filter
from berth.modules.notifications.usecases.preference import Preferences
from berth.modules.notifications.usecases.reading import Centre
from berth.modules.notifications.usecases.telling import Telling

NINE = datetime(2027, 3, 1, 9, tzinfo=UTC)
TEN = datetime(2027, 3, 1, 10, tzinfo=UTC)
ADA = Principal(7, "ada", "Ada", Role.USER, None, 1)
LIN = Principal(8, "lin", "Lin", Role.USER, None, 2)


class Nobody:
    """An identity that cannot be asked, for the same reason."""


class NoCatalog:
    """A catalogue that cannot be asked: handling needs no other service."""

    async def resources(self, *, ids: Sequence[int]) -> Mapping[int, Resource]:
        raise NotImplementedError

    async def search(self, *, query: ResourceQuery) -> Sequence[Resource]:
        raise NotImplementedError


@dataclass(frozen=True)
class Process:
    """The parts of notifications, and the database behind them; ``clock.now`` is the present."""

    database: Database
    telling: Telling
    handle: Handler
    centre: Centre
    preferences: Preferences
    clock: SimpleNamespace

    async def tell(self, *envelopes: Envelope) -> None:
        """Handle the events in one transaction, as the worker does."""
        async with self.database.transaction() as connection:
            await self.handle(connection, envelopes)

    async def about(self, person: Principal, **more: object) -> list[str]:
        """The subjects of the person's notifications, the newest first."""
        return [one.subject for one in await self.centre.listed(Filter(person.id, **more), 1000)]

    async def choose(
        self, person: Principal, switches: Mapping[Switch, bool] | None = None, hours: int | None = 24
    ) -> None:
        """Set what the person wants to be told."""
        await self.preferences.set(person, Choices(switches or {}, hours))

    async def mails(self) -> list[dict[str, Any]]:
        """What the errands of mails hold, in their order."""
        rows = await self.database.fetch("select data from notifications.errand order by number")
        return [orjson.loads(row["data"]) for row in rows]

    async def remind(self) -> None:
        """Remind of all of which it is time now."""
        while await self.telling.remind(self.database, lambda: self.clock.now):
            pass

    async def outbox(self) -> list[Envelope]:
        """The events that were written, in their order."""
        rows = await self.database.fetch(
            "select id, type, subject, occurred_at, data, trace_parent, address from notifications.outbox order by id"
        )
        return [Envelope("notifications", *row) for row in _in_order(rows)]


def _in_order(rows: Sequence[Mapping[str, object]]) -> list[tuple[object, ...]]:
    names = ("id", "type", "subject", "occurred_at", "data", "trace_parent", "address")
    return [tuple(row[name] for name in names) for row in rows]


@pytest_asyncio.fixture(loop_scope="session")
async def process(empty_url: str, settings: Settings, secrets: Secrets) -> AsyncIterator[Process]:
    everything = modules(settings, secrets)
    clock = SimpleNamespace(now=NINE)
    async with open_doors(empty_url, everything, secrets, connections_max=5, own_roles=True) as doors:
        database = doors.of("notifications")
        telling = Telling(Outbox("notifications", Bell()), Errands("notifications", Bell()))
        yield Process(
            database,
            telling,
            telling.tell,
            Centre(database, NoCatalog(), Nobody(), lambda: clock.now),
            Preferences(database, lambda: clock.now),
            clock,
        )


def enveloped(event: Event, number: int, time: datetime = NINE) -> Envelope:
    """The event as it comes to a handler."""
    trace_parent = f"00-{number:032x}-{number:016x}-01"
    return Envelope("booking", number, event.type, event.subject, time, event.data(), trace_parent, "192.0.2.1")


def reserved(id_: int, owner: Principal = ADA, actor: Principal = ADA, *, time: datetime = NINE) -> Envelope:
    """News of a reservation."""
    event = ReservationCreated(id_, "ready", owner.id, actor.id, "Seminar", (1,), NINE, TEN)
    return enveloped(event, id_, time)
