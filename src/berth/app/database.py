"""The database in use: the one of the URL, or the embedded one; brought to the newest schema before anybody serves."""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import structlog

from berth.app.data_dir import Secrets
from berth.app.settings import Settings
from berth.kit.db import CONNECT_SECONDS_MAX, LOST, Changes, Database, DatabaseAway, open_database
from berth.kit.embedded_pg import server
from berth.kit.embedded_pg.cluster import SUPERUSER
from berth.kit.migrate import Migration, Phase, locked, migrate, migrations_of
from berth.kit.module import Module
from berth.kit.roles import renew_roles, role_name, role_password

OWN_CONNECTIONS_MAX = 3
"""How many connections a module opens as its own role, in a process where the others share theirs."""


@dataclass(frozen=True)
class Doors:
    """Each module's own ``Database``, and the news of changed rows.

    ``whole`` is open to all schemas, if this process may have such a door; ``connect`` opens a connection of
    its own, for locks that belong to one.
    """

    databases: Mapping[str, Database]
    changes: Changes
    whole: Database
    connect: Callable[[], Awaitable[asyncpg.Connection]]

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
    async with server.serving(data_dir, embedded_password(secrets), durable=durable, join=join) as url:
        yield url


def known_url(settings: Settings, data_dir: Path, secrets: Secrets) -> str:
    """Answer the URL of the database in use, whether it runs or not."""
    return settings.database_url or server.running_url(data_dir, embedded_password(secrets))


def embedded_password(secrets: Secrets) -> str:
    """Answer the password of the embedded server."""
    return role_password(secrets.database_secret, SUPERUSER)


async def bring_up_to_date(
    url: str, modules: Sequence[Module], secrets: Secrets, *, phases: Sequence[Phase] = ("pre", "post")
) -> list[Migration]:
    """Apply the missing migrations and renew the modules' roles; answer what was applied.

    Processes that start together take turns. A login that may not make roles goes without them.
    """
    connection = await connect(url)
    try:
        async with locked(connection):
            applied = await migrate(
                connection, migrations_of([(one.name, one.package) for one in modules]), phases=phases
            )
            await renew_roles(
                connection,
                [one.name for one in modules],
                secrets.database_secret,
                limits={one.name: one.rights for one in modules if one.rights},
            )
        return applied
    except LOST as error:
        raise DatabaseAway(f"PostgreSQL went away while it was brought up to date: {error}") from error
    finally:
        connection.terminate()


async def connect(url: str) -> asyncpg.Connection:
    """Open a connection of one's own; ``DatabaseAway`` says in a sentence why there is none."""
    try:
        return await asyncpg.connect(url, timeout=CONNECT_SECONDS_MAX)
    except (asyncpg.InvalidPasswordError, asyncpg.InvalidAuthorizationSpecificationError) as error:
        raise DatabaseAway(f"PostgreSQL refuses the login of BERTH_DATABASE_URL: {error}.") from error
    except asyncpg.InvalidCatalogNameError as error:
        raise DatabaseAway(f"{error}: create it, or name another in BERTH_DATABASE_URL.") from error
    except (asyncpg.ClientConfigurationError, ValueError) as error:
        raise DatabaseAway(
            f"BERTH_DATABASE_URL should look like postgresql://user:password@host:5432/database: {error}"
        ) from error
    except (*LOST, asyncpg.PostgresError) as error:
        reason = str(error) or f"no answer within {CONNECT_SECONDS_MAX:.0f} s"
        raise DatabaseAway(f"PostgreSQL cannot be reached: {reason}") from error


@contextlib.asynccontextmanager
async def open_doors(
    url: str, modules: Sequence[Module], secrets: Secrets, *, connections_max: int, own_roles: bool
) -> AsyncIterator[Doors]:
    """Open the database for the modules: through one pool, or with ``own_roles`` each as its own role.

    A module that has fewer rights on some of its tables uses its own role in any case, if there is one.
    """
    async with contextlib.AsyncExitStack() as stack:
        changes = Changes(lambda: asyncpg.connect(url, timeout=5))
        whole = await stack.enter_async_context(open_database(url, connections_max=connections_max))
        database = await _database_name(url)
        databases = {}
        for one in modules:
            role = role_name(database, one.name)
            password = role_password(secrets.database_secret, role)
            if not own_roles and not (one.rights and await _may_log_in(url, role, password, one.name)):
                databases[one.name] = whole
                continue
            most = connections_max if own_roles else OWN_CONNECTIONS_MAX
            try:
                opened = open_database(url, role=role, password=password, connections_max=most)
                databases[one.name] = await stack.enter_async_context(opened)
            except (asyncpg.InvalidPasswordError, asyncpg.InvalidAuthorizationSpecificationError) as error:
                raise DatabaseAway(
                    f"PostgreSQL refuses the role {role}, as which {one.name} logs in when it runs apart: {error}. "
                    "Give the login of BERTH_DATABASE_URL the right to create roles, and let all services share "
                    "the secrets in BERTH_DATA_DIR."
                ) from error
        yield Doors(databases, changes, whole, lambda: connect(url))


async def _may_log_in(url: str, role: str, password: str, schema: str) -> bool:
    """Tell whether a module's role was made and may be used here; if not, log what that means."""
    try:
        connection = await asyncpg.connect(url, user=role, password=password, timeout=CONNECT_SECONDS_MAX)
    except LOST as error:
        raise DatabaseAway(f"PostgreSQL cannot be reached: {error}") from error
    except asyncpg.PostgresError as error:
        structlog.get_logger().warning("rights_not_limited", module=schema, role=role, reason=str(error))
        return False
    try:
        return bool(await connection.fetchval("select has_schema_privilege($1, 'usage')", schema))
    finally:
        await connection.close()


async def _database_name(url: str) -> str:
    connection = await connect(url)
    try:
        return str(await connection.fetchval("select current_database()"))
    finally:
        await connection.close()
