"""Failed sign-ins in the database."""

from datetime import datetime

from berth.kit.db import Connection, Database
from berth.modules.identity.domain.lockout import FAILURES_EVERYWHERE_MAX, WINDOW, Failure

LOCK_CLASS = 0x69646C6F  # "idlo": sets our advisory locks apart from others'

SWEEP_MAX = 100


async def lock(connection: Connection, account: str) -> None:
    """Let the attempts on one account be judged one after the other until the transaction ends."""
    await connection.execute("select pg_advisory_xact_lock($1, hashtext($2))", LOCK_CLASS, account)


async def failures(connection: Connection | Database, account: str, address: str, now: datetime) -> list[Failure]:
    """Answer the account's failures in the window: all from this address, and the latest of the others.

    Of the others only so many are read as the rule counts, however many there are.
    """
    rows = await connection.fetch(
        """
        (
            select address, failed_at
            from identity.failed_sign_in
            where account = $1 and failed_at > $3 and address = $2
        )
        union all
        (
            select address, failed_at
            from identity.failed_sign_in
            where account = $1 and failed_at > $3 and address <> $2
            order by failed_at desc
            limit $4
        )
        """,
        account,
        address,
        now - WINDOW,
        FAILURES_EVERYWHERE_MAX,
    )
    return [Failure(row["address"], row["failed_at"]) for row in rows]


async def familiar(connection: Connection | Database, person_id: int, address: str) -> bool:
    """Tell whether the person has signed in from this address before."""
    rows = await connection.fetch(
        "select 1 from identity.session where person_id = $1 and address = $2 limit 1",
        person_id,
        address,
    )
    return bool(rows)


async def add(connection: Connection, account: str, address: str, now: datetime) -> None:
    """Store a failure, and take the chance to remove some that no longer count."""
    await connection.execute(
        "insert into identity.failed_sign_in (account, address, failed_at) values ($1, $2, $3)",
        account,
        address,
        now,
    )
    # Locked rows are skipped: another attempt is removing them, and waiting for it could be a deadlock.
    await connection.execute(
        """
        delete from identity.failed_sign_in
        where id in (
            select id
            from identity.failed_sign_in
            where failed_at <= $1
            order by failed_at
            limit $2
            for update skip locked
        )
        """,
        now - WINDOW,
        SWEEP_MAX,
    )


async def clear(connection: Connection, account: str, address: str | None = None) -> None:
    """Forget the account's failures from one address, or from all."""
    await connection.execute(
        "delete from identity.failed_sign_in where account = $1 and ($2::text is null or address = $2)",
        account,
        address,
    )
