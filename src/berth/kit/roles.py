"""A PostgreSQL role per module, with rights on that module's schema alone.

The tests run every module under its role, so that a statement which reaches into another module's schema
fails; a service that runs apart logs in as it. One process that serves everything can do without, but for
modules that state tables on which they have fewer rights, such as only to insert.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import asyncpg
import structlog

from berth.kit.db import Connection
from berth.kit.refusal import Refused

NAME_BYTES_MAX = 63
SCRAM_ITERATIONS = 4096
RIGHTS_VERSION = 2
"""Raised with every change of what roles are granted, so that existing ones are renewed."""
RIGHTS = "select, insert, update, delete"

Rights = Mapping[str, str]
"""The tables of a module on which its role has not all ``RIGHTS``, with those that it has."""

NO_LIMITS: Mapping[str, Rights] = MappingProxyType({})


class RoleRefused(Refused):
    """A role of this name is not one that Berth made; the message says the way out."""


def role_name(database: str, module: str) -> str:
    """Answer the role of a module; roles belong to the whole server, so the database's name is part of it."""
    name = f"{database}_{module}"
    if len(name.encode()) <= NAME_BYTES_MAX:
        return name
    short = database.encode()[: NAME_BYTES_MAX - len(module) - 10].decode(errors="ignore")
    return f"{short}_{hashlib.sha256(database.encode()).hexdigest()[:8]}_{module}"


def role_password(secret: bytes, role: str) -> str:
    """Answer the password of a role, derived so that each process of one installation knows it."""
    return hmac.new(secret, role.encode(), hashlib.sha256).hexdigest()


async def renew_roles(
    connection: asyncpg.Connection,
    modules: Sequence[str],
    secret: bytes,
    *,
    limits: Mapping[str, Rights] = NO_LIMITS,
) -> bool:
    """Give each module its role with its rights, fewer on the tables of ``limits``; false if that cannot be.

    It cannot be when this login may not make roles, or somebody else's has the name; that is logged. The caller
    holds the migration lock. A module without a schema is left out, and what needs no change is only read.
    """
    database = await connection.fetchval("select current_database()")
    try:
        async with connection.transaction():
            await _close_database(connection, database)
            made = await connection.fetch("select nspname from pg_namespace where nspname = any($1::text[])", modules)
            for module in sorted(row["nspname"] for row in made):
                await _renew(connection, database, module, secret, limits.get(module, {}))
    except (asyncpg.InsufficientPrivilegeError, RoleRefused) as error:
        structlog.get_logger().warning("roles_not_made", reason=str(error))
        return False
    return True


async def _renew(connection: Connection, database: str, module: str, secret: bytes, limits: Rights) -> None:
    role = role_name(database, module)
    password = role_password(secret, role)
    mark = _mark(password)
    found = await connection.fetchrow(
        """
        select
            shobj_description(oid, 'pg_authid') as mark,
            rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls as mighty,
            exists (select from pg_auth_members where member = pg_roles.oid) as member,
            has_schema_privilege(oid, $2, 'usage') as granted
        from pg_roles
        where rolname = $1
        """,
        role,
        module,
    )
    name = _quoted(role)
    if found is None:
        await connection.execute(f"create role {name} login password '{scram_verifier(password)}'")
    elif found["mighty"] or found["member"]:
        raise RoleRefused(
            f"The role {role} exists on this server with more rights than Berth gives a module. Drop it, or "
            "rename it; Berth makes its own."
        )
    elif found["mark"] != mark:
        await connection.execute(f"alter role {name} login password '{scram_verifier(password)}'")
    if found is None or found["mark"] != mark:
        await connection.execute(f"comment on role {name} is '{mark}'")
    if found is None or found["mark"] != mark or not found["granted"] or await _lacks_rights(connection, module, role):
        await _grant(connection, module, name, _quoted(database))
    for table in await _exceeded(connection, module, role, limits):
        await connection.execute(f"revoke all on {module}.{table} from {name}")
        await connection.execute(f"grant {limits[table]} on {module}.{table} to {name}")


async def _close_database(connection: Connection, database: str) -> None:
    """Take from everybody what PostgreSQL gives everybody: to connect here, and on old clusters to create in public."""
    rights = await connection.fetchrow(
        """
        select
            has_database_privilege('public', current_database(), 'connect, temporary') as database,
            exists (
                select
                from pg_namespace, aclexplode(nspacl) as entry
                where nspname = 'public'
                    and entry.grantee = 0
                    and entry.privilege_type = 'CREATE'
            ) as schema
        """
    )
    if rights["database"]:
        await connection.execute(f"revoke all on database {_quoted(database)} from public")
    if rights["schema"]:
        await connection.execute("revoke create on schema public from public")


async def _lacks_rights(connection: Connection, schema: str, role: str) -> bool:
    """Answer whether something in the schema is closed to its role: made by another login, or restored from a dump."""
    return bool(
        await connection.fetchval(
            """
            select exists (
                select
                from pg_class
                where relnamespace = $1::text::regnamespace
                    and relkind in ('r', 'p', 'v', 'm', 'f')
                    and not has_table_privilege($2, oid, 'select')
            )
            """,
            schema,
            role,
        )
    )


async def _exceeded(connection: Connection, schema: str, role: str, limits: Rights) -> list[str]:
    """Answer the tables on which the role has a right that it should not have; a new table is open to it at first."""
    found = []
    for table, rights in limits.items():
        denied = {"insert", "update", "delete", "truncate"} - {right.strip() for right in rights.split(",")}
        if await connection.fetchval(
            "select has_table_privilege($1, to_regclass($2), $3)", role, f"{schema}.{table}", ", ".join(sorted(denied))
        ):
            found.append(table)
    return found


async def _grant(connection: Connection, schema: str, role: str, database: str) -> None:
    for statement in (
        f"grant connect on database {database} to {role}",
        f"grant usage on schema {schema} to {role}",
        f"grant {RIGHTS} on all tables in schema {schema} to {role}",
        f"grant usage, select, update on all sequences in schema {schema} to {role}",
        f"alter default privileges in schema {schema} grant {RIGHTS} on tables to {role}",
        f"alter default privileges in schema {schema} grant usage, select, update on sequences to {role}",
    ):
        await connection.execute(statement)


def _mark(password: str) -> str:
    """Answer the comment that shows a role to be Berth's, with this password and these rights."""
    return f"Berth {RIGHTS_VERSION} {hashlib.sha256(password.encode()).hexdigest()[:16]}"


def scram_verifier(password: str) -> str:
    """Answer what PostgreSQL keeps of a password (RFC 5803), so that the password itself is in no statement or log."""
    salt = os.urandom(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, SCRAM_ITERATIONS)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    salt64, stored64, server64 = (base64.b64encode(part).decode() for part in (salt, stored, server))
    return f"SCRAM-SHA-256${SCRAM_ITERATIONS}:{salt64}${stored64}:{server64}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
