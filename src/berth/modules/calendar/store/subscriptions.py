"""Subscriptions, and when each of them is asked again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from berth.kit.db import Connection, Database, Row
from berth.modules.calendar.domain.subscription import Subscription

COLUMNS = """
    id, kind, subject_id, name, url, created_by, created_at, number, etag, last_modified, read_at, fetched_at, tried_at,
    error, removed_at
"""


def _read(row: Row) -> Subscription:
    return Subscription(**dict(row))


async def add(
    connection: Connection,
    *,
    kind: str,
    subject_id: int,
    name: str,
    url: str | None,
    file: bytes | None,
    created_by: int,
    now: datetime,
    count_max: int,
) -> Subscription | None:
    """Make a subscription that is due at once; none if its subject has too many."""
    await connection.execute(
        "select pg_advisory_xact_lock(hashtextextended('berth.calendar.' || $1 || '/' || $2::bigint, 0))",
        kind,
        subject_id,
    )
    row = await connection.fetchrow(
        f"""
        insert into calendar.subscription (kind, subject_id, name, url, file, created_by, created_at, next_at)
        select $1, $2, $3, $4, $5, $6, $7, $7
        where (
            select count(*)
            from calendar.subscription
            where kind = $1
              and subject_id = $2
              and removed_at is null
        ) < $8
        returning {COLUMNS}
        """,
        kind,
        subject_id,
        name,
        url,
        file,
        created_by,
        now,
        count_max,
    )
    return row and _read(row)


async def one(database: Database, id_: int) -> Subscription | None:
    """Answer a subscription, one that was removed too."""
    row = await database.fetch_row(f"select {COLUMNS} from calendar.subscription where id = $1", id_)
    return row and _read(row)


async def file_of(database: Database, id_: int) -> bytes:
    """Answer the uploaded file of a subscription that has one."""
    found: bytes = await database.fetch_value("select file from calendar.subscription where id = $1", id_)
    return found


async def listed(
    database: Database,
    person_id: int,
    kind: str | None,
    resource_id: int | None,
    *,
    resources: bool,
    after: int,
    limit: int,
) -> list[Subscription]:
    """Answer subscriptions by id: a person's own and, if asked for, those of resources; of one kind, if one is said."""
    rows = await database.fetch(
        f"""
        select {COLUMNS}
        from calendar.subscription
        where id > $4
          and removed_at is null
          and case kind
              when 'person' then subject_id = $1 and $2::bigint is null
              else $3 and ($2 is null or subject_id = $2)
          end
          and ($6::text is null or kind = $6)
        order by id
        limit $5
        """,
        person_id,
        resource_id,
        resources,
        after,
        limit,
        kind,
    )
    return [_read(row) for row in rows]


async def mark_removed(connection: Connection, id_: int, now: datetime) -> bool:
    """Mark a subscription as removed; false if it was already."""
    found = await connection.fetchval(
        """
        update calendar.subscription
        set removed_at = $2,
            number = number + 1,
            next_at = $2
        where id = $1
          and removed_at is null
        returning id
        """,
        id_,
        now,
    )
    return found is not None


async def forget(connection: Connection, id_: int) -> None:
    """Delete a subscription with all that it said."""
    await connection.execute("delete from calendar.subscription where id = $1", id_)


async def take_due(connection: Connection, now: datetime, every: timedelta, limit: int) -> list[int]:
    """Answer the subscriptions that are to be asked now, each of which is due again after a while."""
    rows = await connection.fetch(
        """
        with due as (
            select id
            from calendar.subscription
            where next_at <= $1
            order by next_at
            limit $3
            for update skip locked
        )
        update calendar.subscription
        set next_at = $2
        from due
        where subscription.id = due.id
        returning subscription.id
        """,
        now,
        now + every,
        limit,
    )
    return [row["id"] for row in rows]


async def next_due(database: Database) -> datetime | None:
    """Answer when the next one is to be asked, if there is any."""
    found: datetime | None = await database.fetch_value("select min(next_at) from calendar.subscription")
    return found


async def of_resources(connection: Connection, resource_ids: Sequence[int]) -> list[int]:
    """Answer the subscriptions of these resources."""
    rows = await connection.fetch(
        """
        select id
        from calendar.subscription
        where kind = 'resource'
          and subject_id = any($1::bigint[])
          and removed_at is null
        """,
        resource_ids,
    )
    return [row["id"] for row in rows]


async def note_success(
    connection: Connection, id_: int, *, etag: str | None, last_modified: str | None, whole: bool, now: datetime
) -> None:
    """Note that the server said how its calendar is; ``whole`` tells whether it was read."""
    await connection.execute(
        """
        update calendar.subscription
        set etag = $2,
            last_modified = $3,
            read_at = case when $4 then $5 else read_at end,
            fetched_at = $5,
            tried_at = $5,
            error = null,
            unreadable = 0
        where id = $1
        """,
        id_,
        etag,
        last_modified,
        whole,
        now,
    )


async def note_failure(database: Database, id_: int, error: str, now: datetime) -> None:
    """Note why a calendar could not be had; what it said last goes on to hold."""
    await database.execute(
        """
        update calendar.subscription
        set tried_at = $3,
            error = $2
        where id = $1
        """,
        id_,
        error,
        now,
    )


# To find out that a calendar cannot be read takes seconds of the processor: it is asked half as often each time.
async def note_unreadable(
    database: Database, id_: int, error: str, now: datetime, *, every: timedelta, pause_max: timedelta
) -> None:
    """Note why a calendar could not be read, and put off the next look at it."""
    await database.execute(
        """
        update calendar.subscription
        set tried_at = $3,
            error = $2,
            unreadable = unreadable + 1,
            next_at = $3::timestamptz
                + least($4::interval * power(2, least(unreadable, 20)), greatest($4, $5::interval))
        where id = $1
        """,
        id_,
        error,
        now,
        every,
        pause_max,
    )
