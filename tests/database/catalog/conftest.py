"""Catalog alone on a database of its own, as two processes would see it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from berth.app.data_dir import Secrets
from berth.app.database import Doors, open_doors
from berth.contracts.identity import Person
from berth.kit.auth import Principal, Role
from berth.kit.outbox.pace import Bell
from berth.kit.outbox.write import Outbox
from berth.modules.catalog.domain.days import TERMS, Kind
from berth.modules.catalog.module import catalog
from berth.modules.catalog.usecases.days import DaysOfSites, Holidays, Terms
from berth.modules.catalog.usecases.directory import CHANNEL, LiveDirectory
from berth.modules.catalog.usecases.resources import Resources
from berth.modules.catalog.usecases.rules import Rules
from berth.modules.catalog.usecases.sites import Sites
from berth.modules.catalog.usecases.tags import Tags
from berth.modules.catalog.usecases.transfer import Transfer

ADMIN = Principal(1, "harbour", "Harbour", Role.ADMIN, None, 1)


class Crew:
    """The only answer of identity that catalog asks for: Ada (2) is active, Bo (3) is not."""

    async def people(self, *, ids: Sequence[int]) -> Mapping[int, Person]:
        known = {2: Person(2, "ada", "Ada", active=True), 3: Person(3, "bo", "Bo", active=False)}
        return {one: known[one] for one in ids if one in known}


@dataclass(frozen=True)
class Process:
    """The parts of catalog in one process. ``heard`` is set by each news of a change."""

    doors: Doors
    live: LiveDirectory
    resources: Resources
    sites: Sites
    rules: Rules
    tags: Tags
    terms: Terms
    holidays: Holidays
    transfer: Transfer
    heard: asyncio.Event

    def days(self, kind: Kind[Any]) -> DaysOfSites[Any]:
        """Answer the verbs of terms or of holidays."""
        return self.terms if kind is TERMS else self.holidays


Start = Callable[..., Awaitable[Process]]


@pytest_asyncio.fixture(loop_scope="session")
async def start(empty_url: str, secrets: Secrets) -> AsyncIterator[Start]:
    """Start processes on one empty database; ``hearing=False`` is one that hears no news."""
    async with contextlib.AsyncExitStack() as stack:

        async def started(*, hearing: bool = True) -> Process:
            doors = await stack.enter_async_context(
                open_doors(empty_url, [catalog()], secrets, connections_max=5, own_roles=True)
            )
            database = doors.of("catalog")
            live = LiveDirectory(database, doors.changes)
            heard = asyncio.Event()
            doors.changes.subscribe(CHANNEL, lambda _: heard.set())
            if hearing:
                listening = asyncio.create_task(doors.changes.run())
                stack.callback(listening.cancel)
                await heard.wait()
            outbox = Outbox("catalog", Bell())
            resources, sites, tags, terms, holidays, transfer = (
                kind(database, outbox, live) for kind in (Resources, Sites, Tags, Terms, Holidays, Transfer)
            )
            rules = Rules(database, outbox, live, Crew())
            return Process(doors, live, resources, sites, rules, tags, terms, holidays, transfer, heard)

        yield started


@pytest_asyncio.fixture(loop_scope="session")
async def process(start: Start) -> Process:
    return await start()


@pytest_asyncio.fixture(loop_scope="session")
async def sql(empty_url: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection that may do anything, as an operator has it."""
    connection = await asyncpg.connect(empty_url)
    yield connection
    await connection.close()


@pytest.fixture
def actor() -> Principal:
    return ADMIN
