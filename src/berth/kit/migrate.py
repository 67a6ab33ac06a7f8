"""SQL migrations: per module and schema, each applied once, under a lock, and never changed afterwards.

A module's ``migrations/`` holds files such as ``0001_pre_reservation.sql``. ``pre`` runs before the new
code starts, ``post`` after the old code has stopped. The tables that every module has (its outbox) come
from the kit's own ``migrations/`` and are made in each module's schema first.
"""

import contextlib
import hashlib
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

import asyncpg

from berth.kit.db import SERVER_GONE, Connection, DatabaseAway
from berth.kit.refusal import Refused

Phase = Literal["pre", "post"]
LOCK_KEY = 0x62657274  # "bert": any constant that nothing else in the database locks
FILE_NAME = re.compile(r"^(\d{4})_(pre|post)_([a-z0-9_]+)\.sql$")
POSTGRES_MAJOR_MIN = 15
LOCK_SECONDS_MAX = 5
LOCK_ATTEMPTS_MAX = 3

CREATE_LEDGER = """
create schema if not exists berth;
create table if not exists berth.migration (
    schema_name text not null,
    source text not null,
    file_name text not null,
    checksum text not null,
    applied_at timestamptz not null default now(),
    constraint migration_pk primary key (schema_name, source, file_name)
);
"""


class MigrationRefused(Refused):
    """The database is not what the migration files say; the message tells what to do."""


@dataclass(frozen=True)
class Migration:
    """One file, to be applied to one schema."""

    schema: str
    source: str
    file_name: str
    phase: Phase
    sql: str

    @property
    def checksum(self) -> str:
        """Answer the fingerprint that the ledger keeps of the file."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def read_migrations(schema: str, package: str) -> list[Migration]:
    """Answer the migrations of a package's ``migrations`` folder, in order, aimed at a schema."""
    folder = files(package) / "migrations"
    if not folder.is_dir():
        return []
    found: list[Migration] = []
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        match = FILE_NAME.match(entry.name)
        if not match:
            raise MigrationRefused(f"{package}/migrations/{entry.name}: name it like 0001_pre_what.sql")
        if int(match[1]) != len(found) + 1:
            raise MigrationRefused(
                f"{package}/migrations/{entry.name}: its number should be {len(found) + 1:04}; numbers run without "
                "gaps, and none is used twice."
            )
        phase: Phase = "pre" if match[2] == "pre" else "post"
        found.append(Migration(schema, package, entry.name, phase, entry.read_text(encoding="utf-8")))
    return found


def migrations_of(modules: Sequence[tuple[str, str]]) -> list[Migration]:
    """Answer all migrations for ``(schema, package)`` pairs, the kit's own first in each schema."""
    return [
        one
        for schema, package in modules
        for source in ("berth.kit", package)
        for one in read_migrations(schema, source)
    ]


async def migrate(
    connection: asyncpg.Connection,
    migrations: Sequence[Migration],
    *,
    phases: Sequence[Phase] = ("pre", "post"),
) -> list[Migration]:
    """Apply what is missing, each file in a transaction of its own, and answer what was applied."""
    version = connection.get_server_version()
    if version.major < POSTGRES_MAJOR_MIN:
        raise MigrationRefused(f"PostgreSQL {version.major} is too old; Berth needs {POSTGRES_MAJOR_MIN} or newer.")
    async with locked(connection):
        await _make_ledger(connection)
        missing = [one for one in await pending(connection, migrations) if one.phase in phases]
        for one in missing:
            await _apply(connection, one)
        return missing


async def _make_ledger(connection: Connection) -> None:
    try:
        await connection.execute(CREATE_LEDGER)
    except asyncpg.InsufficientPrivilegeError as error:
        login, database = await connection.fetchrow("select current_user, current_database()")
        raise MigrationRefused(
            f"{login} may not make schemas in the database {database} ({error}). As its owner: "
            f'grant create on database "{database}" to "{login}".'
        ) from error


@contextlib.asynccontextmanager
async def locked(connection: asyncpg.Connection) -> AsyncIterator[None]:
    """Hold the lock under which one process at a time changes the schema; the same session may hold it twice."""
    await connection.execute("select pg_advisory_lock($1)", LOCK_KEY)
    try:
        yield
    finally:
        if not connection.is_closed():  # the lock ends with its session
            await connection.execute("select pg_advisory_unlock($1)", LOCK_KEY)


async def pending(connection: Connection, migrations: Sequence[Migration]) -> list[Migration]:
    """Answer what was not applied yet; a file that was changed after it was applied is refused."""
    if not await connection.fetchval("select to_regclass('berth.migration') is not null"):
        return list(migrations)
    rows = await connection.fetch("select schema_name, source, file_name, checksum from berth.migration")
    applied = {(row["schema_name"], row["source"], row["file_name"]): row["checksum"] for row in rows}
    missing = []
    for one in migrations:
        known = applied.get((one.schema, one.source, one.file_name))
        if known is None:
            missing.append(one)
        elif known != one.checksum:
            raise MigrationRefused(
                f"{one.source}/migrations/{one.file_name} was changed after it was applied to schema "
                f"{one.schema}; restore the file and write a new migration instead."
            )
    return missing


async def _apply(connection: asyncpg.Connection, one: Migration) -> None:
    for attempt in range(1, LOCK_ATTEMPTS_MAX + 1):
        try:
            await _apply_once(connection, one)
        except asyncpg.LockNotAvailableError as error:
            if attempt == LOCK_ATTEMPTS_MAX:
                raise MigrationRefused(
                    f"{one.source}/migrations/{one.file_name} could not get at a table of {one.schema}: a long "
                    "transaction holds it. End that one and try again."
                ) from error
        except SERVER_GONE as error:
            raise DatabaseAway(f"PostgreSQL went away while {one.file_name} was applied: {error}") from error
        except asyncpg.PostgresError as error:
            raise MigrationRefused(
                f"{one.source}/migrations/{one.file_name} failed on schema {one.schema}, and changed nothing: {error}"
            ) from error
        else:
            return


async def _apply_once(connection: asyncpg.Connection, one: Migration) -> None:
    async with connection.transaction():
        await connection.execute(f"create schema if not exists {one.schema}")
        await connection.execute(
            f"set local search_path = {one.schema}; set local lock_timeout = '{LOCK_SECONDS_MAX}s'"
        )
        await connection.execute(one.sql)
        await connection.execute(
            "insert into berth.migration (schema_name, source, file_name, checksum) values ($1, $2, $3, $4)",
            one.schema,
            one.source,
            one.file_name,
            one.checksum,
        )
