"""A PostgreSQL role per module, with rights on that module's schema alone."""

import hashlib
import hmac

import asyncpg

from berth.kit.db import Connection


def role_name(database: str, module: str) -> str:
    """Answer the role of a module; roles belong to the whole server, so the database's name is part of it."""
    return f"{database}_{module}"


def role_password(secret: bytes, role: str) -> str:
    """Answer the password of a role, derived so that each process of one installation knows it."""
    return hmac.new(secret, role.encode(), hashlib.sha256).hexdigest()


async def create_role(connection: asyncpg.Connection, module: str, secret: bytes) -> None:
    """Create the module's role, or renew its password and rights; the schema must exist."""
    database = await connection.fetchval("select current_database()")
    role = role_name(database, module)
    exists = await connection.fetchval("select true from pg_roles where rolname = $1", role)
    verb = "alter" if exists else "create"
    name = _quoted(role)
    async with connection.transaction():
        await connection.execute(f"{verb} role {name} login password '{role_password(secret, role)}'")
        await _grant(connection, module, name, _quoted(database))


async def _grant(connection: Connection, schema: str, role: str, database: str) -> None:
    for statement in (
        f"revoke all on database {database} from public",
        f"grant connect on database {database} to {role}",
        f"grant usage on schema {schema} to {role}",
        f"grant select, insert, update, delete on all tables in schema {schema} to {role}",
        f"grant usage, select, update on all sequences in schema {schema} to {role}",
        f"alter default privileges in schema {schema} grant select, insert, update, delete on tables to {role}",
        f"alter default privileges in schema {schema} grant usage, select, update on sequences to {role}",
    ):
        await connection.execute(statement)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
