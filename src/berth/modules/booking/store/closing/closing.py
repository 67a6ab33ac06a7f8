"""Closings as rows, and the blackouts by which they hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from berth.kit.db import Connection, Database, Row
from berth.modules.booking.domain.reservation import Occupied


@dataclass(frozen=True, slots=True)
class Closing:
    """What was closed, and what became of what was in the way: ``items``, as they are told."""

    id: int
    resource_id: int
    start: datetime
    end: datetime
    reason: str | None
    digest: str
    items: Sequence[dict[str, Any]]
    created_by: int
    created_at: datetime


def _read(row: Row) -> Closing:
    return Closing(
        row["id"],
        row["resource_id"],
        row["starts"],
        row["ends"],
        row["reason"],
        row["digest"],
        [_item(one) for one in orjson.loads(row["items"])],
        row["created_by"],
        row["created_at"],
    )


def _item(one: dict[str, Any]) -> dict[str, Any]:
    return one | {name: datetime.fromisoformat(one[name]) for name in ("start", "end")}


async def add(connection: Connection, closing: Closing) -> None:
    """Write a closing down, and its blackout, which holds nothing yet."""
    await connection.execute(
        """
        insert into booking.blackout (id, reason, starts, ends, created_by)
        values ($1, $2, $3, $4, $5)
        """,
        closing.id,
        closing.reason,
        closing.start,
        closing.end,
        closing.created_by,
    )
    await connection.execute(
        """
        insert into booking.closing (id, resource_id, starts, ends, digest, items, created_by, created_at)
        values ($1, $2, $3, $4, $5, $6::text::jsonb, $7, $8)
        """,
        closing.id,
        closing.resource_id,
        closing.start,
        closing.end,
        closing.digest,
        orjson.dumps(list(closing.items), option=orjson.OPT_UTC_Z).decode(),
        closing.created_by,
        closing.created_at,
    )


# What is free of each closing's time becomes a piece of its blackout; what stays is in between.
FILL = """
with wanted as (
    select
        closing.id,
        closing.resource_id,
        tstzmultirange(tstzrange(greatest(closing.starts, $2), closing.ends)) - coalesce(taken.ranges, '{}') as free
    from booking.closing
    join booking.blackout
        on blackout.id = closing.id
    cross join lateral (
        select range_agg(allocation.occupies) as ranges
        from booking.allocation
        where int8range(allocation.resource_id, allocation.resource_id, '[]')
            = int8range(closing.resource_id, closing.resource_id, '[]')
          and allocation.occupies && tstzrange(closing.starts, closing.ends)
          and allocation.active
    ) as taken
    where closing.id = any($1::bigint[])
      and closing.ends > $2
)
insert into booking.allocation (occupant_id, resource_id, kind, occupies, piece)
select
    wanted.id,
    wanted.resource_id,
    'blackout',
    piece.occupies,
    piece.place + coalesce(
        (select max(allocation.piece) from booking.allocation where allocation.occupant_id = wanted.id), 0
    )
from wanted
cross join lateral unnest(wanted.free) with ordinality as piece (occupies, place)
order by wanted.resource_id, piece.occupies
"""


async def fill(connection: Connection, ids: Sequence[int], now: datetime) -> int:
    """Close what is free of the time of these closings, and answer how many pieces that is.

    Raises ``asyncpg.ExclusionViolationError`` if somebody takes some of it at this moment.
    """
    tag = await connection.execute(FILL, ids, now)
    return int(tag.split()[-1])


async def fill_again(connection: Connection, ids: Sequence[int], now: datetime) -> None:
    """Close what has become free of the time of these closings; whoever was quicker keeps it."""
    await connection.execute(f"{FILL}on conflict do nothing", ids, now)


async def give_back(connection: Connection, numbers: Sequence[int]) -> None:
    """Free what these moves, holds and offers hold; of them nothing stays but their events."""
    await connection.execute(
        """
        delete from booking.allocation
        where occupant_id = any($1::bigint[])
          and kind in ('move', 'hold', 'offer')
        """,
        numbers,
    )


async def relocate(connection: Connection, resource_id: int, wanted: Sequence[tuple[int, Occupied]]) -> None:
    """Let these reservations hold what is wanted in place of the resource; what they have beside it stays.

    Raises ``asyncpg.ExclusionViolationError`` if some of it is taken.
    """
    await connection.execute(
        """
        delete from booking.allocation
        where occupant_id = any($1::bigint[])
          and resource_id = $2
        """,
        [id_ for id_, _ in wanted],
        resource_id,
    )
    await connection.execute(
        """
        insert into booking.allocation (occupant_id, resource_id, kind, occupies)
        select occupant_id, resource_id, 'reservation', tstzrange(occupies_from, occupies_until)
        from unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::timestamptz[])
            as wanted (occupant_id, resource_id, occupies_from, occupies_until)
        order by resource_id, occupies_from
        """,
        [id_ for id_, _ in wanted],
        [one.resource_id for _, one in wanted],
        [one.start for _, one in wanted],
        [one.end for _, one in wanted],
    )


CLOSING = """
select
    closing.id, closing.resource_id, closing.starts, closing.ends, closing.digest, closing.items,
    closing.created_by, closing.created_at, blackout.reason
from booking.closing
left join booking.blackout
    on blackout.id = closing.id
"""


async def one(database: Database, id_: int) -> Closing | None:
    """Answer a closing; ``reason`` is none if its blackout was lifted."""
    row = await database.fetch_row(f"{CLOSING} where closing.id = $1", id_)
    return row and _read(row)


async def confirmed(database: Database, resource_id: int, digest: str, caller_id: int) -> Closing | None:
    """Answer the closing that somebody made by confirming this picture, if it still holds."""
    row = await database.fetch_row(
        f"""
        {CLOSING}
        where closing.resource_id = $1
          and closing.digest = $2
          and closing.created_by = $3
          and blackout.id is not null
        order by closing.id desc
        limit 1
        """,
        resource_id,
        digest,
        caller_id,
    )
    return row and _read(row)


async def take_back(connection: Connection, entry_ids: Sequence[int]) -> None:
    """Let these places in line wait again for what was offered to them; the caller has them locked."""
    await connection.execute(
        """
        update booking.waitlist_entry
        set state = 'waiting',
            offer_id = null,
            offer_resource_ids = null,
            offer_starts = null,
            offer_ends = null,
            offered_at = null,
            expires_at = null
        where id = any($1::bigint[])
          and state = 'offered'
        """,
        entry_ids,
    )
