"""All SQL of notifications."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson

from berth.contracts.notifications import NotificationCreated
from berth.kit.db import Connection, Database, Row
from berth.modules.notifications.domain import Channel, Kind, News, Notification, Switch

FORGET_AT_ONCE_MAX = 5_000

# Whether the person wants to be told, the notification and its event: one statement for a batch. Each event
# bears the trace of the request that it goes back to, where a batch may hold those of many.
TELL = """
with wanted as materialized (
    select
        nextval('notifications.notification_id_seq') as id,
        person_id, kind, by_self, subject, data, happened_at, trace_parent, address
    from (
        select
            news.person_id, news.kind, news.by_self, news.subject, news.data, news.happened_at,
            news.trace_parent, news.address
        from unnest(
            $1::bigint[], $2::text[], $3::boolean[], $4::boolean[], $5::text[], $6::text[], $7::timestamptz[],
            $8::text[], $9::text[]
        ) with ordinality as news (
            person_id, kind, by_self, on_by_default, subject, data, happened_at, trace_parent, address, place
        )
        left join notifications.preference
          on preference.person_id = news.person_id
         and preference.kind = news.kind
         and preference.by_self = news.by_self
         and preference.channel = 'in_app'
        where coalesce(preference.enabled, news.on_by_default)
        order by news.place
    ) as to_tell
),
told as (
    insert into notifications.notification (person_id, id, kind, by_self, subject, data, created_at)
    select person_id, id, kind, by_self, subject, data::jsonb, happened_at
    from wanted
    order by id
)
insert into notifications.outbox (type, subject, data, trace_parent, address)
select
    $10,
    'notification/' || id,
    jsonb_build_object(
        'notification_id', id, 'person_id', person_id, 'kind', kind, 'by_self', by_self, 'about', subject
    ),
    trace_parent,
    address
from wanted
order by id
"""

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


async def tell(connection: Connection, news: Sequence[News]) -> None:
    """Tell everybody who wants to be told, in this order; who switched it off is left out."""
    await connection.execute(
        TELL,
        [one.person_id for one in news],
        [one.switch.kind for one in news],
        [one.switch.by_self for one in news],
        [one.switch.on_by_default for one in news],
        [one.subject for one in news],
        [one.data for one in news],
        [one.happened_at for one in news],
        [one.trace_parent for one in news],
        [one.address for one in news],
        NotificationCreated.type,
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


async def switches(database: Database, person_id: int) -> dict[Switch, bool]:
    """Answer what the person has switched on or off."""
    rows = await database.fetch(
        """
        select kind, by_self, channel, enabled
        from notifications.preference
        where person_id = $1
        """,
        person_id,
    )
    return {Switch(Kind(row["kind"]), row["by_self"], Channel(row["channel"])): row["enabled"] for row in rows}


async def save_switches(database: Database, person_id: int, chosen: Mapping[Switch, bool]) -> None:
    """Keep the state of these switches."""
    await database.execute(
        """
        insert into notifications.preference (person_id, kind, by_self, channel, enabled)
        select $1, kind, by_self, channel, enabled
        from unnest($2::text[], $3::boolean[], $4::text[], $5::boolean[]) as chosen (kind, by_self, channel, enabled)
        order by kind, by_self, channel
        on conflict (person_id, kind, by_self, channel) do update
            set enabled = excluded.enabled
        """,
        person_id,
        [switch.kind for switch in chosen],
        [switch.by_self for switch in chosen],
        [switch.channel for switch in chosen],
        list(chosen.values()),
    )


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
