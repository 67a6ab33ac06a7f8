"""The database in use: the one of the URL, or the embedded one; brought to the newest schema before anybody serves."""

import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from berth.app.data_dir import Secrets
from berth.app.settings import Settings
from berth.kit import embedded_pg
from berth.kit.db import Changes, Database, open_database
from berth.kit.migrate import Migration, migrate, migrations_of
from berth.kit.module import Module
from berth.kit.roles import create_role, role_name, role_password


@dataclass(frozen=True)
class Doors:
    """Each module's own ``Database``, and the news of changed rows."""

    databases: Mapping[str, Database]
    changes: Changes

    def of(self, module: str) -> Database:
        """Answer the door of one module."""
        return self.databases[module]


@contextlib.asynccontextmanager
async def database_url(
    settings: Settings, data_dir: Path, secrets: Secrets, *, durable: bool = True, join: bool = False
) -> AsyncIterator[str]:
    """Answer the URL of the database in use; without one in the settings, run the embedded server.

    With ``join``, use the server of a Berth that runs already. ``durable`` is for tests to give up.
    """
    if settings.database_url:
        yield settings.database_url
        return
    async with embedded_pg.serving(data_dir, embedded_password(secrets), durable=durable, join=join) as url:
        yield url


def embedded_password(secrets: Secrets) -> str:
    """Answer the password of the embedded server."""
    return role_password(secrets.database_secret, embedded_pg.SUPERUSER)


async def bring_up_to_date(url: str, modules: Sequence[Module], secrets: Secrets) -> list[Migration]:
    """Apply the missing migrations and renew the modules' roles; answer what was applied."""
    connection = await asyncpg.connect(url, timeout=10)
    try:
        applied = await migrate(connection, migrations_of([(one.name, one.package) for one in modules]))
        for one in modules:
            await create_role(connection, one.name, secrets.database_secret)
        return applied
    finally:
        await connection.close()


@contextlib.asynccontextmanager
async def open_doors(
    url: str, modules: Sequence[Module], secrets: Secrets, *, connections_max: int, own_roles: bool
) -> AsyncIterator[Doors]:
    """Open the database for the modules: through one pool, or with ``own_roles`` each as its own role."""
    async with contextlib.AsyncExitStack() as stack:
        changes = Changes(lambda: asyncpg.connect(url, timeout=5))
        if not own_roles:
            shared = await stack.enter_async_context(open_database(url, connections_max=connections_max))
            yield Doors({one.name: shared for one in modules}, changes)
            return
        database = await _database_name(url)
        databases = {}
        for one in modules:
            role = role_name(database, one.name)
            databases[one.name] = await stack.enter_async_context(
                open_database(
                    url,
                    role=role,
                    password=role_password(secrets.database_secret, role),
                    connections_max=connections_max,
                )
            )
        yield Doors(databases, changes)


async def _database_name(url: str) -> str:
    connection = await asyncpg.connect(url, timeout=5)
    try:
        return str(await connection.fetchval("select current_database()"))
    finally:
        await connection.close()
