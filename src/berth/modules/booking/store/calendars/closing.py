"""What calendars from outside close: blackouts that name their source, in pieces around what was there first."""

from collections.abc import Sequence
from datetime import datetime

from berth.contracts.booking.questions import BusyTime, Overlap
from berth.kit.db import Connection, Database


async def follow(connection: Connection, source: str, number: int) -> bool:
    """Take a change of a source in hand until the transaction ends; false if a later one was followed already."""
    found = await connection.fetchval(
        """
        insert into booking.calendar_source as known (source, number)
        values ($1, $2)
        on conflict on constraint calendar_source_pk do update
            set number = excluded.number
            where known.number <= excluded.number
        returning number
        """,
        source,
        number,
    )
    return found is not None


async def ahead(connection: Connection, source: str, now: datetime) -> dict[BusyTime, int]:
    """Answer the blackouts of the source that are not over, by their times."""
    rows = await connection.fetch(
        """
        select id, starts, ends
        from booking.blackout
        where source = $1
          and ends > $2
        """,
        source,
        now,
    )
    return {BusyTime(row["starts"], row["ends"]): row["id"] for row in rows}


async def remove(connection: Connection, ids: Sequence[int]) -> None:
    """Lift these blackouts."""
    await connection.execute(
        """
        delete from booking.allocation
        where occupant_id = any($1::bigint[])
          and kind = 'blackout'
        """,
        ids,
    )
    await connection.execute("delete from booking.blackout where id = any($1::bigint[])", ids)


async def add(
    connection: Connection,
    *,
    source: str,
    resource_id: int,
    actor_id: int,
    reason: str,
    times: Sequence[BusyTime],
) -> dict[BusyTime, int]:
    """Make blackouts that hold nothing yet, and answer their numbers."""
    rows = await connection.fetch(
        """
        insert into booking.blackout (id, reason, starts, ends, created_by, source, resource_id)
        select nextval('booking.occupant_id_seq'), $4, starts, ends, $3, $1, $2
        from unnest($5::timestamptz[], $6::timestamptz[]) as wanted (starts, ends)
        returning id, starts, ends
        """,
        source,
        resource_id,
        actor_id,
        reason,
        [one.start for one in times],
        [one.end for one in times],
    )
    return {BusyTime(row["starts"], row["ends"]): row["id"] for row in rows}


# What is free of each blackout's time, its own pieces being taken too, becomes further pieces of it. Whoever takes
# some of it at this very moment keeps it: the caller looks again until nothing was left out.
FILL = """
with wanted as (
    select
        blackout.id,
        tstzmultirange(tstzrange(greatest(blackout.starts, $3), blackout.ends)) - coalesce(taken.ranges, '{}') as free
    from booking.blackout
    cross join lateral (
        select range_agg(allocation.occupies) as ranges
        from booking.allocation
        where int8range(allocation.resource_id, allocation.resource_id, '[]') = int8range($2, $2, '[]')
          and allocation.occupies && tstzrange(blackout.starts, blackout.ends)
          and allocation.active
    ) as taken
    where blackout.source = $1
      and blackout.ends > $3
),
pieces as (
    select id, occupies, row_number() over (partition by id order by occupies) as place
    from wanted
    cross join lateral unnest(free) as occupies
),
filled as (
    insert into booking.allocation (occupant_id, resource_id, kind, occupies, piece)
    select
        pieces.id,
        $2,
        'blackout',
        pieces.occupies,
        pieces.place + coalesce(
            (select max(allocation.piece) from booking.allocation where allocation.occupant_id = pieces.id), 0
        )
    from pieces
    order by pieces.occupies
    on conflict do nothing
    returning piece
)
select (select count(*) from pieces) - (select count(*) from filled)
"""


async def fill(connection: Connection, source: str, resource_id: int, now: datetime) -> int:
    """Close what is free of the source's times, and answer how many pieces were taken meanwhile."""
    return int(await connection.fetchval(FILL, source, resource_id, now))


# The one-number range is written as in the constraint, so that its index answers. What a reservation occupies includes
# set-up and tear-down, which stand in the way, too.
OVERLAPS = """
select
    reservation.id,
    reservation.owner_id,
    reservation.title,
    reservation.starts,
    reservation.ends,
    blackout.starts as busy_from,
    blackout.ends as busy_until
from booking.blackout
join booking.allocation
    on int8range(allocation.resource_id, allocation.resource_id, '[]')
        = int8range(blackout.resource_id, blackout.resource_id, '[]')
   and allocation.occupies && tstzrange(blackout.starts, blackout.ends)
   and allocation.active
   and allocation.kind in ('reservation', 'move')
left join booking.move
    on move.id = allocation.occupant_id
join booking.reservation
    on reservation.id = coalesce(move.reservation_id, allocation.occupant_id)
where blackout.source = $1
  and blackout.ends > $2
order by reservation.starts, reservation.id, blackout.starts
limit $3
"""


async def overlaps(database: Database, source: str, now: datetime, limit: int) -> list[Overlap]:
    """Answer the reservations that stand where the source would close."""
    rows = await database.fetch(OVERLAPS, source, now, limit)
    return [
        Overlap(
            row["id"],
            row["owner_id"],
            row["title"],
            row["starts"],
            row["ends"],
            BusyTime(row["busy_from"], row["busy_until"]),
        )
        for row in rows
    ]
