"""Reservations and blackouts as calendars show them."""

from collections.abc import Sequence
from datetime import datetime

from berth.contracts.booking.questions import Closure, Entry
from berth.kit.db import Database, Row

COLUMNS = """
    reservation.id,
    reservation.state,
    reservation.owner_id,
    reservation.title,
    reservation.description,
    reservation.starts,
    reservation.ends,
    array(
        select distinct resource_id
        from booking.allocation
        where occupant_id = reservation.id
        order by resource_id
    ) as resource_ids,
    reservation.version,
    reservation.created_at,
    coalesce(
        (
            select max(changed_at)
            from booking.reservation_change
            where reservation_id = reservation.id
        ),
        reservation.created_at
    ) as changed_at
"""


def _read(row: Row) -> Entry:
    return Entry(
        id=row["id"],
        state=row["state"],
        owner_id=row["owner_id"],
        title=row["title"],
        description=row["description"],
        start=row["starts"],
        end=row["ends"],
        resource_ids=tuple(row["resource_ids"]),
        version=row["version"],
        created_at=row["created_at"],
        changed_at=row["changed_at"],
    )


async def one(database: Database, id_: int) -> Entry | None:
    """Answer a reservation."""
    row = await database.fetch_row(f"select {COLUMNS} from booking.reservation where reservation.id = $1", id_)
    return row and _read(row)


async def within(
    database: Database,
    *,
    owner_id: int | None,
    resource_ids: Sequence[int] | None,
    start: datetime,
    until: datetime,
    limit: int,
) -> list[Entry]:
    """Answer reservations within a time, by start and id."""
    rows = await database.fetch(
        f"""
        select {COLUMNS}
        from booking.reservation
        where reservation.ends > $3
          and reservation.starts < $4
          and ($1::bigint is null or reservation.owner_id = $1)
          and (
              $2::bigint[] is null
              or exists (
                  select
                  from booking.allocation
                  where allocation.occupant_id = reservation.id
                    and allocation.resource_id = any($2)
              )
          )
        order by reservation.starts, reservation.id
        limit $5
        """,
        owner_id,
        resource_ids,
        start,
        until,
        limit,
    )
    return [_read(row) for row in rows]


async def closures(
    database: Database, resource_ids: Sequence[int], start: datetime, until: datetime, limit: int
) -> list[Closure]:
    """Answer the blackouts of these resources within a time, by start and id."""
    rows = await database.fetch(
        """
        select blackout.id, named.resource_ids, blackout.starts, blackout.ends, blackout.reason, blackout.created_at
        from booking.blackout
        cross join lateral (
            select array_agg(distinct resource_id order by resource_id) as resource_ids
            from booking.allocation
            where occupant_id = blackout.id
              and resource_id = any($1::bigint[])
        ) as named
        where blackout.ends > $2
          and blackout.starts < $3
          and named.resource_ids is not null
        order by blackout.starts, blackout.id
        limit $4
        """,
        resource_ids,
        start,
        until,
        limit,
    )
    return [
        Closure(row["id"], tuple(row["resource_ids"]), row["starts"], row["ends"], row["reason"], row["created_at"])
        for row in rows
    ]
