"""What calendars from outside said last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from berth.kit.db import Connection, Database
from berth.modules.calendar.domain.busy import Busy


@dataclass(frozen=True, slots=True)
class Own:
    """A busy time of a person, and which subscription says so."""

    subscription_id: int
    start: datetime
    end: datetime
    title: str


async def lock(connection: Connection, subscription_id: int) -> bool:
    """Keep others from changing a subscription until the transaction ends; false if it is gone or removed."""
    found = await connection.fetchval(
        "select id from calendar.subscription where id = $1 and removed_at is null for update", subscription_id
    )
    return found is not None


async def replace(connection: Connection, subscription_id: int, times: Sequence[Busy]) -> None:
    """Put these times in the place of what the calendar said before, if they differ; the caller has locked it."""
    if await _of(connection, subscription_id) == list(times):
        return
    await connection.execute("delete from calendar.busy where subscription_id = $1", subscription_id)
    await connection.execute(
        """
        insert into calendar.busy (subscription_id, starts, ends, title)
        select $1, starts, ends, title
        from unnest($2::timestamptz[], $3::timestamptz[], $4::text[]) as said (starts, ends, title)
        """,
        subscription_id,
        [one.start for one in times],
        [one.end for one in times],
        [one.title for one in times],
    )
    await connection.execute("update calendar.subscription set number = number + 1 where id = $1", subscription_id)


async def _of(connection: Connection, subscription_id: int) -> list[Busy]:
    rows = await connection.fetch(
        """
        select starts, ends, title
        from calendar.busy
        where subscription_id = $1
        order by starts, ends, title collate "C"
        """,
        subscription_id,
    )
    return [Busy(row["starts"], row["ends"], row["title"]) for row in rows]


async def standing(database: Database, subscription_id: int) -> tuple[int, list[Busy]]:
    """Answer what a subscription says, and the number of its last change, of one moment."""
    async with database.connection() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        number: int = await connection.fetchval(
            "select coalesce(max(number), 0) from calendar.subscription where id = $1", subscription_id
        )
        return number, await _of(connection, subscription_id)


async def own(database: Database, person_id: int, start: datetime, until: datetime, limit: int) -> list[Own]:
    """Answer when a person is busy by their own subscriptions, by start."""
    rows = await database.fetch(
        """
        select busy.subscription_id, busy.starts, busy.ends, busy.title
        from calendar.busy
        join calendar.subscription
            on subscription.id = busy.subscription_id
        where subscription.kind = 'person'
          and subscription.subject_id = $1
          and subscription.removed_at is null
          and busy.ends > $2
          and busy.starts < $3
        order by busy.starts, busy.subscription_id, busy.ends, busy.title collate "C"
        limit $4
        """,
        person_id,
        start,
        until,
        limit,
    )
    return [Own(row["subscription_id"], row["starts"], row["ends"], row["title"]) for row in rows]
