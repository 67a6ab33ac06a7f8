"""Identity's verbs on a database of the test's own, with a clock that the test moves."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest_asyncio

from berth.app.data_dir import Secrets
from berth.app.database import open_doors
from berth.app.modules import modules
from berth.app.settings import Settings
from berth.kit.auth import Principal
from berth.kit.db import Changes, Database
from berth.kit.errand.ask import Errands
from berth.kit.http.limit import Limits
from berth.kit.module import Tools
from berth.kit.outbox.pace import Bell
from berth.kit.outbox.timers import Timers
from berth.kit.outbox.write import Outbox
from berth.modules.identity.domain.people import Account
from berth.modules.identity.usecases.people import People, Registration
from berth.modules.identity.usecases.sessions import Sessions
from berth.modules.identity.usecases.setup import Setup
from berth.modules.identity.usecases.standing import Standing
from tests.conftest import DatabaseFor

PASSWORD = "brass-kettle-94-moor"


class MovedClock:
    """The present that a test chooses."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass(frozen=True)
class OpenDoor:
    """An address without a limit of its own."""

    address: str = "192.0.2.1"

    async def admit(self) -> None:
        pass

    async def failed(self) -> None:
        pass


@dataclass(frozen=True)
class Process:
    """One process's identity."""

    database: Database
    changes: Changes
    clock: MovedClock
    standing: Standing
    sessions: Sessions
    people: People
    setup: Setup
    heard: asyncio.Event

    async def somebody(self, username: str) -> Account:
        return await self.people.register(Registration(username, f"{username}@example.org", PASSWORD, username))

    async def administrator(self, username: str) -> Principal:
        account = await self.somebody(username)
        await self.database.execute("update identity.person set role = 'admin' where id = $1", account.id)
        return await self.sign_in(username)

    async def sign_in(self, username: str) -> Principal:
        pair = await self.sessions.sign_in(login=username, password=PASSWORD, door=OpenDoor())
        return await self.standing.authenticate(token=pair.access_token)

    async def events(self, subject: str) -> Sequence[str]:
        rows = await self.database.fetch("select type from identity.outbox where subject = $1 order by id", subject)
        return [row["type"] for row in rows]


@contextlib.asynccontextmanager
async def process(url: str, settings: Settings, secrets: Secrets, clock: MovedClock) -> AsyncIterator[Process]:
    """Identity in a process of its own, as far as the database can tell."""
    unconfigured = settings.model_copy(update={"admin_email": None, "admin_password": None})
    everything = modules(unconfigured, secrets)
    async with open_doors(url, everything, secrets, connections_max=10, own_roles=True) as doors:
        (module,) = [one for one in everything if one.name == "identity"]
        built = module.build(
            Tools(
                database=doors.of("identity"),
                outbox=Outbox("identity", Bell()),
                timers=Timers("identity", Bell()),
                errands=Errands("identity", Bell()),
                changes=doors.changes,
                clock=clock,
                limits=Limits(address_per_minute=0, person_per_minute=0),
                needs={},
            )
        )
        parts = {type(part): part for part in built.parts}
        heard = asyncio.Event()
        doors.changes.subscribe("berth_identity", lambda _: heard.set())
        task = asyncio.create_task(doors.changes.run())
        try:
            await heard.wait()
            yield Process(
                doors.of("identity"),
                doors.changes,
                clock,
                built.offer,
                parts[Sessions],
                parts[People],
                parts[Setup],
                heard,
            )
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def identity_url(newest_database: DatabaseFor) -> AsyncIterator[str]:
    async with newest_database() as url:
        yield url


@pytest_asyncio.fixture(loop_scope="session")
async def nobody_url(identity_url: str) -> str:
    """The URL of a database in which there is nobody."""
    connection = await asyncpg.connect(identity_url)
    try:
        await connection.execute(
            """
            truncate identity.person, identity.session, identity.refresh_token, identity.failed_sign_in,
                identity.setup_token, identity.outbox
                restart identity
            """
        )
    finally:
        await connection.close()
    return identity_url


@pytest_asyncio.fixture(loop_scope="session")
async def here(nobody_url: str, settings: Settings, secrets: Secrets) -> AsyncIterator[Process]:
    async with process(nobody_url, settings, secrets, MovedClock()) as one:
        yield one


@pytest_asyncio.fixture(loop_scope="session")
async def elsewhere(here: Process, nobody_url: str, settings: Settings, secrets: Secrets) -> AsyncIterator[Process]:
    """A second process on the same database and clock."""
    async with process(nobody_url, settings, secrets, here.clock) as one:
        yield one
