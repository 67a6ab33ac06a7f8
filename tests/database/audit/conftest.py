"""A record of ten entries, as audit's own role and as the owner of the database see it."""

import itertools
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import asyncpg
import pytest_asyncio

from berth.app.data_dir import Secrets
from berth.app.database import bring_up_to_date, open_doors
from berth.app.modules import modules
from berth.app.settings import Settings
from berth.kit.db import Connection, Database
from berth.kit.outbox.event import Envelope
from berth.modules.audit.handlers import write_down
from berth.modules.audit.usecases.verifying import Verdict, Verifying
from tests.conftest import temporary_database

_numbers = itertools.count(1)


def happened(subject: str = "reservation/1", actor_id: int = 3, type_: str = "berth.booking.something.v1") -> Envelope:
    """Answer an event that no other test has."""
    number = next(_numbers)
    data = f'{{"actor_id": {actor_id}, "title": "Nr {number}"}}'
    return Envelope("booking", number, type_, subject, datetime.now(UTC), data, f"00-{number:032x}-{1:016x}-01", "::1")


@dataclass(frozen=True)
class Record:
    """``database`` is audit's own door; ``owner`` is a connection that owns the tables."""

    url: str
    database: Database
    owner: Connection

    async def write(self, *envelopes: Envelope) -> None:
        async with self.database.transaction() as connection:
            await write_down(connection, envelopes)

    async def verify(self) -> Verdict:
        return await Verifying(self.database).verify(None)

    async def sequences(self) -> Sequence[int]:
        rows = await self.owner.fetch("select sequence from audit.entry order by sequence")
        return [row["sequence"] for row in rows]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def record_url(server_url: str, settings: Settings, secrets: Secrets) -> AsyncIterator[str]:
    async with temporary_database(server_url) as url:
        await bring_up_to_date(url, modules(settings, secrets), secrets)
        yield url


@pytest_asyncio.fixture(loop_scope="session")
async def empty_record(record_url: str, settings: Settings, secrets: Secrets) -> AsyncIterator[Record]:
    """A record without entries; the other modules share one pool, as in one process."""
    owner = await asyncpg.connect(record_url)
    await owner.execute(
        """
        alter table audit.entry disable trigger user;
        alter table audit.checkpoint disable trigger user;
        truncate audit.entry, audit.checkpoint;
        delete from audit.head;
        insert into audit.head (sequence, hash) values (0, decode(repeat('00', 32), 'hex'));
        alter table audit.entry enable trigger user;
        alter table audit.checkpoint enable trigger user
        """
    )
    everything = modules(settings, secrets)
    async with open_doors(record_url, everything, secrets, connections_max=5, own_roles=False) as doors:
        yield Record(record_url, doors.of("audit"), owner)
    await owner.close()


@pytest_asyncio.fixture(loop_scope="session")
async def record(empty_record: Record) -> Record:
    """A record of ten entries."""
    await empty_record.write(*(happened() for _ in range(6)))
    await empty_record.write(*(happened() for _ in range(4)))
    return empty_record
