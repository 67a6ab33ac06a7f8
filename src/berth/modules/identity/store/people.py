"""Persons in the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg

from berth.contracts.identity import Contact, Person
from berth.kit.auth import Role
from berth.kit.db import Connection, Database, Row
from berth.modules.identity.domain.people import Account, Newcomer, Taken, UnknownPerson

ACCOUNT = "id, username, email, name, role, timezone, language, active, created_at"

TAKEN = {"person_username_unique": "username", "person_email_unique": "email"}


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a sign-in is checked against."""

    person_id: int
    password_hash: str
    active: bool


@dataclass(frozen=True, slots=True)
class PeopleQuery:
    """Whom to list; every member that is given must hold. ``after`` is the username before the page."""

    text: str | None
    role: Role | None
    active: bool | None
    after: str | None
    limit: int


def _account(row: Row) -> Account:
    return Account(
        id=row["id"],
        username=row["username"],
        email=row["email"],
        name=row["name"],
        role=Role(row["role"]),
        timezone=row["timezone"],
        language=row["language"],
        active=row["active"],
        created_at=row["created_at"],
    )


async def insert(connection: Connection, newcomer: Newcomer) -> Account:
    """Store a new account; raise ``Taken`` if another one has its username or e-mail address."""
    try:
        row = await connection.fetchrow(
            f"""
            insert into identity.person (username, email, name, role, password_hash, language)
            values ($1, $2, $3, $4, $5, $6)
            returning {ACCOUNT}
            """,
            newcomer.username,
            newcomer.email,
            newcomer.name,
            newcomer.role,
            newcomer.password_hash,
            newcomer.language,
        )
    except asyncpg.UniqueViolationError as error:
        raise Taken(TAKEN[error.constraint_name]) from error
    return _account(row)


async def by_id(connection: Connection | Database, person_id: int) -> Account:
    """Answer an account; raise ``UnknownPerson`` if there is none."""
    row = await _first(connection, f"select {ACCOUNT} from identity.person where id = $1", person_id)
    if row is None:
        raise UnknownPerson
    return _account(row)


async def lock(connection: Connection, person_id: int) -> Account:
    """Answer an account and keep others from changing it until the transaction ends."""
    row = await connection.fetchrow(
        f"select {ACCOUNT} from identity.person where id = $1 for no key update",
        person_id,
    )
    if row is None:
        raise UnknownPerson
    return _account(row)


async def _first(connection: Connection | Database, sql: str, *values: Any) -> Row | None:
    if isinstance(connection, Database):
        return await connection.fetch_row(sql, *values)
    return await connection.fetchrow(sql, *values)


async def update(connection: Connection, account: Account) -> None:
    """Store the changeable members of an account; raise ``Taken`` if another one has its e-mail address."""
    try:
        await connection.execute(
            """
            update identity.person
            set email = $2, name = $3, role = $4, timezone = $5, active = $6, language = $7
            where id = $1
            """,
            account.id,
            account.email,
            account.name,
            account.role,
            account.timezone,
            account.active,
            account.language,
        )
    except asyncpg.UniqueViolationError as error:
        raise Taken(TAKEN[error.constraint_name]) from error


async def update_password(connection: Connection, person_id: int, password_hash: str) -> None:
    """Store another password hash."""
    await connection.execute(
        "update identity.person set password_hash = $2 where id = $1",
        person_id,
        password_hash,
    )


async def credentials(database: Database, login: str) -> Credentials | None:
    """Answer the credentials of a username or e-mail address, or none. A username has no @, so it is one of both."""
    row = await database.fetch_row(
        "select id, password_hash, active from identity.person where username = $1 or email = $1",
        login,
    )
    return Credentials(row["id"], row["password_hash"], row["active"]) if row else None


async def credentials_by_id(database: Database, person_id: int) -> Credentials | None:
    """Answer the credentials of a person, or none."""
    row = await database.fetch_row(
        "select id, password_hash, active from identity.person where id = $1",
        person_id,
    )
    return Credentials(row["id"], row["password_hash"], row["active"]) if row else None


async def still_stands(connection: Connection, known: Credentials) -> bool:
    """Tell whether a person is active and the password the one that was read, and keep it so until the end.

    A reset or deactivation that comes later therefore finds the session that is about to be opened, and ends it.
    """
    found = await connection.fetchval(
        """
        select true
        from identity.person
        where id = $1 and password_hash = $2 and active
        for no key update
        """,
        known.person_id,
        known.password_hash,
    )
    return bool(found)


async def persons(database: Database, ids: Sequence[int]) -> Mapping[int, Person]:
    """Answer what others may know of these persons."""
    rows = await database.fetch(
        "select id, username, name, active, role from identity.person where id = any($1::bigint[])",
        list(ids),
    )
    return {row["id"]: Person(row["id"], row["username"], row["name"], row["active"], row["role"]) for row in rows}


async def named(database: Database, usernames: Sequence[str]) -> Mapping[str, Person]:
    """Answer what others may know of the persons with these usernames."""
    rows = await database.fetch(
        "select id, username, name, active, role from identity.person where username = any($1::text[])",
        list(usernames),
    )
    return {
        row["username"]: Person(row["id"], row["username"], row["name"], row["active"], row["role"]) for row in rows
    }


async def contacts(database: Database, ids: Sequence[int]) -> Mapping[int, Contact]:
    """Answer how to write to those of these persons who are active."""
    rows = await database.fetch(
        """
        select id, email, name, language, timezone
        from identity.person
        where id = any($1::bigint[])
          and active
        """,
        list(ids),
    )
    return {row["id"]: Contact(row["id"], row["email"], row["name"], row["language"], row["timezone"]) for row in rows}


async def administrators(database: Database) -> list[int]:
    """Answer the ids of the active administrators, in their order."""
    rows = await database.fetch("select id from identity.person where role = 'admin' and active order by id")
    return [row["id"] for row in rows]


async def search(database: Database, query: PeopleQuery) -> list[Account]:
    """Answer the accounts that fit, by username."""
    rows = await database.fetch(
        f"""
        select {ACCOUNT}
        from identity.person
        where ($1::text is null or strpos(lower(username || ' ' || name || ' ' || email), lower($1)) > 0)
            and ($2::text is null or role = $2)
            and ($3::boolean is null or active = $3)
            and ($4::text is null or username > $4)
        order by username
        limit $5
        """,
        query.text,
        query.role,
        query.active,
        query.after,
        query.limit,
    )
    return [_account(row) for row in rows]


async def lock_administrators(connection: Connection) -> list[int]:
    """Answer the ids of the active administrators, and let no other transaction take one away meanwhile."""
    rows = await connection.fetch(
        """
        select id
        from identity.person
        where role = 'admin' and active
        order by id
        for no key update
        """
    )
    return [row["id"] for row in rows]
