"""The set-up of the first administrator in the database."""

from berth.kit.db import Connection, Database

LOCK_KEY = 0x69647374  # "idst": only set-up takes this lock


async def lock(connection: Connection) -> None:
    """Let set-ups happen one after the other until the transaction ends."""
    await connection.execute("select pg_advisory_xact_lock($1)", LOCK_KEY)


async def over(connection: Connection | Database) -> bool:
    """Tell whether there is an active administrator."""
    rows = await connection.fetch("select 1 from identity.person where role = 'admin' and active limit 1")
    return bool(rows)


async def set_token(connection: Connection, token_hash: bytes) -> None:
    """Let this token be the valid one, and no other."""
    await connection.execute(
        """
        insert into identity.setup_token (hash)
        values ($1)
        on conflict on constraint setup_token_pk
        do update set hash = excluded.hash
        """,
        token_hash,
    )


async def token_fits(connection: Connection, token_hash: bytes) -> bool:
    """Tell whether this is the valid token."""
    return bool(await connection.fetchval("select true from identity.setup_token where hash = $1", token_hash))


async def drop_token(connection: Connection) -> None:
    """Let no token be valid any more."""
    await connection.execute("delete from identity.setup_token")
