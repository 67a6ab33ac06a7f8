"""Notifications as people read them, and how old ones go."""

from dataclasses import dataclass
from datetime import datetime

import orjson

from berth.kit.db import Database, Row
from berth.modules.notifications.domain.kinds import Kind
from berth.modules.notifications.domain.news import Notification

FORGET_AT_ONCE_MAX = 5_000

COLUMNS = "id, kind, by_self, subject, data, created_at, read_at"

READ_OR_NOT = {None: "true", True: "read_at is null", False: "read_at is not null"}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which of a person's notifications to list; ``after`` is the cursor: the id of the last on the page before."""

    person_id: int
    unread: bool | None = None
    kind: str | None = None
    after: int | None = None


def _read(row: Row) -> Notification:
    return Notification(
        id=row["id"],
        kind=Kind(row["kind"]),
        by_self=row["by_self"],
        subject=row["subject"],
        data=orjson.loads(row["data"]),
        created_at=row["created_at"],
        read_at=row["read_at"],
    )


async def listed(database: Database, which: Filter, limit: int) -> list[Notification]:
    """Answer up to ``limit`` notifications that pass the filter, the newest first."""
    rows = await database.fetch(
        f"""
        select {COLUMNS}
        from notifications.notification
        where person_id = $1
          and ($2::bigint is null or id < $2)
          and ($3::text is null or kind = $3)
          and {READ_OR_NOT[which.unread]}
        order by id desc
        limit $4
        """,
        which.person_id,
        which.after,
        which.kind,
        limit,
    )
    return [_read(row) for row in rows]


async def unread_count(database: Database, person_id: int) -> int:
    """Answer how many notifications the person has not read."""
    count: int = await database.fetch_value(
        """
        select count(id)
        from notifications.notification
        where person_id = $1
          and read_at is null
        """,
        person_id,
    )
    return count


async def read(database: Database, person_id: int, id_: int, now: datetime) -> Notification | None:
    """Mark one of the person's notifications as read and answer it; the first time that it was read stays."""
    row = await database.fetch_row(
        f"""
        update notifications.notification
        set read_at = coalesce(read_at, $3)
        where person_id = $1
          and id = $2
        returning {COLUMNS}
        """,
        person_id,
        id_,
        now,
    )
    return row and _read(row)


async def read_all(database: Database, person_id: int, until_id: int | None, now: datetime) -> int:
    """Mark what the person has not read, up to an id if one is given, and answer how many there were.

    The rows are locked in their order, so that two who do it at once need not wait for each other in a circle.
    """
    tag = await database.execute(
        """
        with unread as (
            select id
            from notifications.notification
            where person_id = $1
              and read_at is null
              and ($2::bigint is null or id <= $2)
            order by id
            for update
        )
        update notifications.notification
        set read_at = $3
        where person_id = $1
          and id in (select id from unread)
        """,
        person_id,
        until_id,
        now,
    )
    return int(tag.split()[1])


async def forget(database: Database, read_before: datetime, created_before: datetime) -> int:
    """Delete some of the notifications read, or made and not read, before these instants; answer how many.

    They go in portions, so that none is locked for long; fewer than ``FORGET_AT_ONCE_MAX`` are the last ones.
    """
    tag = await database.execute(
        """
        with old as (
            select person_id, id
            from notifications.notification
            where created_at < greatest($1::timestamptz, $2::timestamptz)
              and (read_at < $1 or (read_at is null and created_at < $2))
            limit $3
            for update skip locked
        )
        delete from notifications.notification
        using old
        where notification.person_id = old.person_id
          and notification.id = old.id
        """,
        read_before,
        created_before,
        FORGET_AT_ONCE_MAX,
    )
    return int(tag.split()[1])
