"""The checks of the database: whether it answers, whether it is the right one, and what it may lose."""

import time
from collections.abc import Sequence

import asyncpg

from berth.app.database import connect
from berth.app.doctor.finding import Finding, fine, odd, wrong
from berth.app.doctor.reconciliation import reconcile
from berth.kit.migrate import POSTGRES_MAJOR_MIN, Migration, pending
from berth.kit.refusal import Refused

CLOCK_SECONDS_ODD = 2.0
CLOCK_SECONDS_WRONG = 30.0


async def examine_database(url: str, migrations: Sequence[Migration]) -> list[Finding]:
    """Examine the database of the URL; one that does not answer is one finding."""
    try:
        connection = await connect(url)
    except Refused as error:
        return [wrong("database", str(error))]
    try:
        found = [check_version(connection)]
        if found[0].state == "wrong":
            return found
        for check in (check_encoding, check_durability, check_clock, check_rights, check_roles):
            found.append(await check(connection))
        schema = await check_schema(connection, migrations)
        return [*found, schema, *(await reconcile(connection) if schema.state == "fine" else [])]
    except asyncpg.PostgresError as error:
        return [*found, wrong("database", f"It answers a question of the examination with an error: {error}")]
    finally:
        connection.terminate()


def check_version(connection: asyncpg.Connection) -> Finding:
    """Examine the version of PostgreSQL."""
    version = connection.get_server_version()
    says = f"PostgreSQL {version.major}.{version.micro} answers"
    if version.major < POSTGRES_MAJOR_MIN:
        return wrong("database", f"{says}, which is too old: Berth needs {POSTGRES_MAJOR_MIN} or newer.")
    return fine("database", f"{says}.")


async def check_encoding(connection: asyncpg.Connection) -> Finding:
    """Examine whether the database can keep every name."""
    encoding = await connection.fetchval("select current_setting('server_encoding')")
    if encoding != "UTF8":
        return wrong("encoding", f"The database is in {encoding}: create one with `encoding 'UTF8'`.")
    return fine("encoding", "The database is in UTF-8.")


async def check_durability(connection: asyncpg.Connection) -> Finding:
    """Examine whether what is confirmed survives a power cut."""
    off = [
        name
        for name in ("fsync", "full_page_writes", "synchronous_commit")
        if await connection.fetchval("select current_setting($1)", name) == "off"
    ]
    if off:
        return wrong(
            "durability",
            f"The server runs with {' and '.join(off)} off: a power cut may lose confirmed reservations. Turn it on.",
        )
    return fine("durability", "What is confirmed survives a power cut.")


async def check_clock(connection: asyncpg.Connection) -> Finding:
    """Examine whether the database and this machine agree what time it is."""
    asked = time.time()
    theirs = await connection.fetchval("select extract(epoch from clock_timestamp())::float8")
    answered = time.time()
    apart = max(asked - theirs, theirs - answered, 0.0)
    if apart > CLOCK_SECONDS_ODD:
        says = f"The clocks of the database and of this machine are {apart:.0f} s apart: synchronise them (NTP)."
        return (wrong if apart > CLOCK_SECONDS_WRONG else odd)("clock", says)
    return fine("clock", "The database and this machine agree what time it is.")


async def check_rights(connection: asyncpg.Connection) -> Finding:
    """Examine whether the login may make Berth's schemas."""
    login, database, may = await connection.fetchrow(
        """
        select current_user, current_database(), has_database_privilege(current_database(), 'create')
        """
    )
    if not may:
        return wrong(
            "rights", f'{login} may not make schemas. As the owner: grant create on database "{database}" to "{login}".'
        )
    return fine("rights", f"{login} may make schemas in {database}.")


async def check_roles(connection: asyncpg.Connection) -> Finding:
    """Examine whether the login may make the modules' roles."""
    if await connection.fetchval("select rolsuper or rolcreaterole from pg_roles where rolname = current_user"):
        return fine("roles", "A role for each module can be made.")
    return odd(
        "roles",
        "This login may not make roles: one process works without, services that run apart do not. As a superuser: "
        f'alter role "{await connection.fetchval("select current_user")}" createrole.',
    )


async def check_schema(connection: asyncpg.Connection, migrations: Sequence[Migration]) -> Finding:
    """Examine whether the schema is the one that this version of Berth expects."""
    try:
        missing = await pending(connection, migrations)
    except Refused as error:
        return wrong("schema", str(error))
    if len(missing) == len(migrations):
        return odd("schema", "The database is empty: `berth migrate`, or the next start, makes the schema.")
    if missing:
        names = ", ".join(f"{one.schema}/{one.file_name}" for one in missing[:5])
        return wrong("schema", f"{len(missing)} migrations are missing ({names}): run `berth migrate`.")
    return fine("schema", f"All {len(migrations)} migrations are applied, as they are in this version.")
