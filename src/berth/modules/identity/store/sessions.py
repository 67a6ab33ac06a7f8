"""Sessions and their refresh tokens in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from berth.kit.auth import Principal, Role
from berth.kit.db import Connection, Database


@dataclass(frozen=True, slots=True)
class Presented:
    """A refresh token as it is known to us, and the session that it belongs to; ``used_at`` is of its first use."""

    session_id: int
    person_id: int
    used_at: datetime | None
    open: bool


async def open_session(
    connection: Connection, *, person_id: int, address: str, now: datetime, expires_at: datetime
) -> int:
    """Store a new session and answer its id; the person's expired ones leave."""
    await connection.execute(
        "delete from identity.session where person_id = $1 and expires_at <= $2",
        person_id,
        now,
    )
    session_id: int = await connection.fetchval(
        """
        insert into identity.session (person_id, address, created_at, expires_at)
        values ($1, $2, $3, $4)
        returning id
        """,
        person_id,
        address,
        now,
        expires_at,
    )
    return session_id


async def add_refresh_token(connection: Connection, session_id: int, token_hash: bytes, expires_at: datetime) -> None:
    """Store a refresh token and let its session live as long."""
    await connection.execute(
        """
        with token as (
            insert into identity.refresh_token (hash, session_id, expires_at)
            values ($2, $1, $3)
        )
        update identity.session
        set expires_at = $3
        where id = $1
        """,
        session_id,
        token_hash,
        expires_at,
    )


async def present(connection: Connection, token_hash: bytes, now: datetime) -> Presented | None:
    """Answer what a refresh token is, and lock its session, so that its tokens are used one after the other.

    The lock is taken in a statement of its own: the next statement then sees what the one before us did.
    """
    locked = await connection.fetchval(
        """
        select session.id
        from identity.session
        where session.id = (select session_id from identity.refresh_token where hash = $1)
        for update
        """,
        token_hash,
    )
    if locked is None:
        return None
    row = await connection.fetchrow(
        """
        select session.id, session.person_id, token.used_at,
            session.ended_at is null and token.expires_at > $2 and person.active as open
        from identity.refresh_token as token
        join identity.session on session.id = token.session_id
        join identity.person on person.id = session.person_id
        where token.hash = $1
        """,
        token_hash,
        now,
    )
    return Presented(row["id"], row["person_id"], row["used_at"], row["open"]) if row else None


async def use(connection: Connection, token_hash: bytes, session_id: int, now: datetime) -> None:
    """Mark a refresh token as used, from its first use on; those of the session whose reuse is stale news leave."""
    await connection.execute(
        "update identity.refresh_token set used_at = $2 where hash = $1 and used_at is null",
        token_hash,
        now,
    )
    await connection.execute(
        "delete from identity.refresh_token where session_id = $1 and expires_at <= $2",
        session_id,
        now,
    )


async def end(connection: Connection, session_ids: Sequence[int], now: datetime) -> None:
    """End these sessions."""
    await connection.execute(
        "update identity.session set ended_at = $2 where id = any($1::bigint[]) and ended_at is null",
        list(session_ids),
        now,
    )


async def end_all(connection: Connection, person_id: int, now: datetime, *, but: int | None = None) -> list[int]:
    """End a person's sessions, all or all but one, and answer the ids of those that were open."""
    rows = await connection.fetch(
        """
        update identity.session
        set ended_at = $2
        where person_id = $1
            and ended_at is null
            and id is distinct from $3
        returning id
        """,
        person_id,
        now,
        but,
    )
    return [row["id"] for row in rows]


async def session_of(connection: Connection, token_hash: bytes, person_id: int) -> int | None:
    """Answer the session of a refresh token, if it is this person's."""
    session_id: int | None = await connection.fetchval(
        """
        select session.id
        from identity.refresh_token as token
        join identity.session on session.id = token.session_id
        where token.hash = $1 and session.person_id = $2
        """,
        token_hash,
        person_id,
    )
    return session_id


async def session_with(connection: Connection, token_hash: bytes) -> int | None:
    """Answer the session of a refresh token, whoever it belongs to."""
    session_id: int | None = await connection.fetchval(
        "select session_id from identity.refresh_token where hash = $1",
        token_hash,
    )
    return session_id


async def principal(database: Database, session_id: int) -> Principal | None:
    """Answer who a session belongs to, if it is open and the person active."""
    row = await database.fetch_row(
        """
        select person.id, person.username, person.name, person.role, person.timezone, person.language
        from identity.session
        join identity.person on person.id = session.person_id
        where session.id = $1
            and session.ended_at is null
            and person.active
        """,
        session_id,
    )
    if row is None:
        return None
    return Principal(
        row["id"], row["username"], row["name"], Role(row["role"]), row["timezone"], session_id, row["language"]
    )


async def open_ids(connection: Connection, person_id: int) -> list[int]:
    """Answer the ids of a person's open sessions."""
    rows = await connection.fetch(
        "select id from identity.session where person_id = $1 and ended_at is null",
        person_id,
    )
    return [row["id"] for row in rows]
