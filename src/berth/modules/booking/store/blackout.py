"""Blackouts: times at which resources are closed, as allocations like any other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from berth.kit.db import Connection, Database, Row


@dataclass(frozen=True, slots=True)
class Blackout:
    """Resources that are closed for a time, and why; by a ``closing`` if what was in the way was moved or cancelled."""

    id: int
    resource_ids: tuple[int, ...]
    start: datetime
    end: datetime
    reason: str
    created_by: int
    closing: bool = False


def _read(row: Row) -> Blackout:
    return Blackout(row["id"], tuple(row["resource_ids"]), row["starts"], row["ends"], row["reason"], row["created_by"])


async def add(connection: Connection, blackout: Blackout) -> int:
    """Close the resources, and answer how many of them were free; the caller rolls back if it is not all."""
    await connection.execute(
        """
        insert into booking.blackout (id, reason, starts, ends, created_by)
        values ($1, $2, $3, $4, $5)
        """,
        blackout.id,
        blackout.reason,
        blackout.start,
        blackout.end,
        blackout.created_by,
    )
    rows = await connection.fetch(
        """
        insert into booking.allocation (occupant_id, resource_id, kind, occupies)
        select $1, resource_id, 'blackout', tstzrange($3, $4)
        from unnest($2::bigint[]) as closed (resource_id)
        order by resource_id
        on conflict do nothing
        returning resource_id
        """,
        blackout.id,
        blackout.resource_ids,
        blackout.start,
        blackout.end,
    )
    return len(rows)


async def remove(connection: Connection, id_: int) -> Blackout | None:
    """Lift a blackout and answer what it was; its past is in the events."""
    rows = await connection.fetch(
        "delete from booking.allocation where occupant_id = $1 and kind = 'blackout' returning resource_id", id_
    )
    row = await connection.fetchrow(
        """
        delete from booking.blackout
        where id = $1
        returning id, reason, starts, ends, created_by, $2::bigint[] as resource_ids
        """,
        id_,
        sorted(each["resource_id"] for each in rows),
    )
    return row and _read(row)


async def is_of_calendar(connection: Connection, id_: int) -> bool:
    """Tell whether a calendar from outside set the blackout."""
    found: bool = await connection.fetchval(
        """
        select exists (
            select
            from booking.blackout
            where id = $1
              and source is not null
        )
        """,
        id_,
    )
    return found


async def listed(
    database: Database,
    *,
    resource_id: int | None,
    start: datetime | None,
    until: datetime | None,
    after: tuple[datetime, int] | None,
    limit: int,
) -> Sequence[Blackout]:
    """Answer blackouts by start and id, optionally of one resource or within a time."""
    rows = await database.fetch(
        """
        select
            id, reason, starts, ends, created_by, held.resource_ids,
            exists (select from booking.closing where closing.id = blackout.id) as closing
        from booking.blackout
        cross join lateral (
            select coalesce(
                array_agg(distinct allocation.resource_id order by allocation.resource_id),
                array[blackout.resource_id]
            ) as resource_ids
            from booking.allocation
            where occupant_id = blackout.id
        ) as held
        where ($1::bigint is null or $1 = any(held.resource_ids))
          and ($2::timestamptz is null or ends > $2)
          and ($3::timestamptz is null or starts < $3)
          and ($4::timestamptz is null or (starts, id) > ($4, $5))
        order by starts, id
        limit $6
        """,
        resource_id,
        start,
        until,
        *(after or (None, None)),
        limit,
    )
    return [replace(_read(row), closing=row["closing"]) for row in rows]
