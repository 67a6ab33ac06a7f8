"""Quota alone on a database of the test's own, with a catalogue of one studio and a clock that the test moves."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import orjson
import pytest_asyncio

from berth.app.data_dir import Secrets
from berth.app.database import open_doors
from berth.app.modules import modules
from berth.app.settings import Settings
from berth.contracts.booking.reservation import (
    ConfirmationAsked,
    ConfirmationClosed,
    ConfirmationEvent,
    ConfirmationSettled,
    ConfirmationWithdrawn,
    Reserved,
)
from berth.contracts.catalog import Policy, Resource, ResourceQuery, Term
from berth.contracts.identity import Contact, Person
from berth.kit.auth import Principal, Role
from berth.kit.db import Database
from berth.kit.outbox.event import Envelope, Event
from berth.kit.outbox.pace import Bell
from berth.kit.outbox.subscription import Handler
from berth.kit.outbox.write import Outbox
from berth.modules.quota.domain.allowances import Allowance, AllowanceUnit, Per, Rule
from berth.modules.quota.usecases.allowances import Allowances
from berth.modules.quota.usecases.confirming import Confirming
from berth.modules.quota.usecases.grants import Grants
from berth.modules.quota.usecases.standing import Standings

MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ADA = Principal(7, "ada", "Ada", Role.USER, None, 1)
LIN = Principal(8, "lin", "Lin", Role.USER, None, 2)
ROOT = Principal(9, "root", "Root", Role.ADMIN, None, 3)
CAMPUS = 1
STUDIO = Reserved(10, "Studio 1", "studio", (), (CAMPUS,), "Europe/Rome")
WEEKLY = Rule("studio", AllowanceUnit.MINUTES, 180, Per.WEEK)


class Campus:
    """A catalogue of one studio, with the terms that a test sets; it counts how often it was asked for them."""

    def __init__(self) -> None:
        self.set_terms: list[Term] = []
        self.asked = 0
        self.studio = Resource(
            id=10, name="Studio 1", kind="studio", site_id=CAMPUS, site_path=("Campus",), capacity=None,
            timezone="Europe/Rome", tags=(), description="", attributes={}, retired=False,
            policy=Policy(confirmations=("quota",)), opening=None, site_ids=(CAMPUS,),
        )  # fmt: skip

    async def resources(self, *, ids: Sequence[int]) -> Mapping[int, Resource]:
        return {self.studio.id: self.studio} if self.studio.id in ids else {}

    async def search(self, *, query: ResourceQuery) -> Sequence[Resource]:
        fits = query.kind in (None, "studio") and not query.tags and query.site_id in (None, CAMPUS)
        return [self.studio] if fits else []

    async def terms(self, *, site_ids: Sequence[int]) -> Sequence[Term]:
        self.asked += 1
        return sorted((one for one in self.set_terms if one.site_id in site_ids), key=lambda one: one.first_day)


class Names:
    """Those who are known to the tests, and nobody else."""

    async def authenticate(self, *, token: str) -> Principal:
        raise AssertionError(token)

    async def people(self, *, ids: Sequence[int]) -> Mapping[int, Person]:
        known = {one.id: Person(one.id, one.username, one.name, True, one.role) for one in (ADA, LIN, ROOT)}
        return {id_: known[id_] for id_ in ids if id_ in known}

    async def contacts(self, *, ids: Sequence[int]) -> Mapping[int, Contact]:
        raise AssertionError(ids)

    async def administrators(self) -> Sequence[int]:
        return [ROOT.id]


@dataclass(frozen=True)
class Process:
    """The parts of quota, and the database behind them; ``clock.now`` is the present."""

    database: Database
    handle: Handler
    allowances: Allowances
    standings: Standings
    grants: Grants
    campus: Campus
    clock: SimpleNamespace

    async def set(self, rule: Rule = WEEKLY, **changed: object) -> Allowance:
        """Set an allowance."""
        return await self.allowances.add(ROOT, replace(rule, **changed))

    async def tell(self, *events: ConfirmationEvent) -> None:
        """Handle the events in one transaction, as the worker does."""
        async with self.database.transaction() as connection:
            await self.handle(connection, [enveloped(one, number) for number, one in enumerate(events, 1)])

    async def answers(self) -> list[tuple[str, dict[str, object]]]:
        """All answers to booking in their order: the last word of the type, and the members."""
        rows = await self.database.fetch(
            "select type, data from quota.outbox where subject like 'reservation/%' order by id"
        )
        return [(row["type"].split(".")[2].removeprefix("quota_"), orjson.loads(row["data"])) for row in rows]

    async def words(self) -> list[str]:
        """What was answered, in order, without the members."""
        return [word for word, _ in await self.answers()]

    async def mine(self, caller: Principal = ADA, at: datetime = MONDAY) -> list[tuple[int, int, int]]:
        """What is held, used and left of each allowance."""
        found = await self.standings.mine(caller, at)
        return [(one.balance.held, one.balance.used, one.balance.left(one.allowance.rule.amount)) for one in found]

    async def usage(self) -> dict[tuple[int, int, str], tuple[int, int]]:
        """What is held and used, wherever there is anything."""
        rows = await self.database.fetch(
            "select allowance_id, holder_id, period, held, used from quota.usage where held > 0 or used > 0"
        )
        return {(row["allowance_id"], row["holder_id"], row["period"]): (row["held"], row["used"]) for row in rows}


@pytest_asyncio.fixture(loop_scope="session")
async def process(empty_url: str, settings: Settings, secrets: Secrets) -> AsyncIterator[Process]:
    everything = modules(settings, secrets)
    async with open_doors(empty_url, everything, secrets, connections_max=20, own_roles=True) as doors:
        yield process_on(doors.of("quota"))


def process_on(database: Database) -> Process:
    """The parts of quota on a database."""
    clock = SimpleNamespace(now=MONDAY)
    campus, names, outbox = Campus(), Names(), Outbox("quota", Bell())
    standings = Standings(database, campus, names, lambda: clock.now)
    return Process(
        database,
        Confirming(outbox, campus).confirm,
        Allowances(database, outbox, campus, names, lambda: clock.now),
        standings,
        Grants(database, outbox, standings, names, lambda: clock.now),
        campus,
        clock,
    )


def enveloped(event: Event, number: int = 1) -> Envelope:
    """The event as it comes to a handler."""
    trace_parent = f"00-{number:032x}-{number:016x}-01"
    return Envelope("booking", number, event.type, event.subject, MONDAY, event.data(), trace_parent, "192.0.2.1")


def asked(
    reservation_id: int,
    request_id: int = 1,
    *,
    owner: Principal = ADA,
    start: datetime = MONDAY,
    minutes: int = 60,
    resources: Sequence[Reserved] = (STUDIO,),
    steps: tuple[str, ...] = ("quota", "access"),
) -> ConfirmationAsked:
    """Booking asks."""
    end = start + minutes * MINUTE
    return ConfirmationAsked(
        reservation_id, request_id, steps, owner.id, owner.role, owner.id, tuple(resources), start, end, 15, {}
    )


def settled(reservation_id: int, request_id: int) -> ConfirmationSettled:
    """Booking has all it asked for."""
    return ConfirmationSettled(reservation_id, request_id, ("quota",))


def withdrawn(reservation_id: int, request_id: int = 1, *, whole: bool = True) -> ConfirmationWithdrawn:
    """Booking takes back."""
    return ConfirmationWithdrawn(reservation_id, request_id, ("quota",), whole, "owner", None, MONDAY, MONDAY)


def closed(reservation_id: int, request_id: int = 1, *, minutes: float = 60) -> ConfirmationClosed:
    """The reservation is over."""
    end = MONDAY + minutes * MINUTE
    return ConfirmationClosed(reservation_id, request_id, ("quota",), "finished", MONDAY, end)
