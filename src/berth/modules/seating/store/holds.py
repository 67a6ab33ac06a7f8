"""Holds of seats in SQL: how they end, and what somebody has."""

from collections.abc import Sequence
from datetime import datetime

import orjson

from berth.kit.db import Connection, Database, Row
from berth.modules.seating.domain.order import HoldState, SeatHold

COLUMNS = """
    id, performance_id, person_id, places, areas::text as areas, state, extended, expires_at, created_at, order_id
"""


def _read(row: Row) -> SeatHold:
    return SeatHold(
        id=row["id"],
        performance_id=row["performance_id"],
        person_id=row["person_id"],
        places=tuple(row["places"]),
        areas=orjson.loads(row["areas"]),
        state=HoldState(row["state"]),
        extended=row["extended"],
        expires_at=row["expires_at"],
        created_at=row["created_at"],
        order_id=row["order_id"],
    )


async def find(database: Database, id_: int, person_id: int) -> SeatHold | None:
    """Answer a hold of this person."""
    row = await database.fetch_row(
        f"""
        select {COLUMNS}
        from seating.seat_hold
        where id = $1
          and person_id = $2
        """,
        id_,
        person_id,
    )
    return row and _read(row)


async def active(database: Database, person_id: int, performance_id: int | None) -> Sequence[SeatHold]:
    """Answer what somebody holds, the oldest first."""
    rows = await database.fetch(
        f"""
        select {COLUMNS}
        from seating.seat_hold
        where person_id = $1
          and state = 'active'
          and ($2::bigint is null or performance_id = $2)
        order by id
        """,
        person_id,
        performance_id,
    )
    return [_read(row) for row in rows]


async def end(
    connection: Connection, id_: int, state: HoldState, *, person_id: int | None, due: datetime | None = None
) -> SeatHold | None:
    """End an active hold, of this person if one is named and over by ``due`` if that is; none if there is none."""
    row = await connection.fetchrow(
        f"""
        update seating.seat_hold
        set state = $2
        where id = $1
          and state = 'active'
          and ($3::bigint is null or person_id = $3)
          and ($4::timestamptz is null or expires_at <= $4)
        returning {COLUMNS}
        """,
        id_,
        state,
        person_id,
        due,
    )
    return row and _read(row)


async def order(connection: Connection, id_: int, person_id: int, order_id: int, now: datetime) -> SeatHold | None:
    """Let an active hold of this person go into an order; none if there is none, or it is over."""
    row = await connection.fetchrow(
        f"""
        with ended as (
            delete from seating.timer
            where key = 'hold/' || $1::bigint
        )
        update seating.seat_hold
        set state = 'ordered',
            order_id = $3
        where id = $1
          and person_id = $2
          and state = 'active'
          and expires_at > $4
        returning {COLUMNS}
        """,
        id_,
        person_id,
        order_id,
        now,
    )
    return row and _read(row)


async def extend(connection: Connection, id_: int, person_id: int, until: datetime, now: datetime) -> SeatHold | None:
    """Put off the end of an active hold, for the first time; none if there is none such."""
    row = await connection.fetchrow(
        f"""
        update seating.seat_hold
        set expires_at = $3,
            extended = true
        where id = $1
          and person_id = $2
          and state = 'active'
          and not extended
          and expires_at > $4
        returning {COLUMNS}
        """,
        id_,
        person_id,
        until,
        now,
    )
    return row and _read(row)


async def of_performance(connection: Connection, performance_id: int, limit: int) -> Sequence[int]:
    """Answer active holds of a performance."""
    rows = await connection.fetch(
        """
        select id
        from seating.seat_hold
        where performance_id = $1
          and state = 'active'
        order by id
        limit $2
        """,
        performance_id,
        limit,
    )
    return [row["id"] for row in rows]
