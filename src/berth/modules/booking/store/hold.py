"""Holds as rows, and what they occupy."""

from collections.abc import Sequence
from datetime import datetime

from berth.kit.db import Connection, Database, Row
from berth.modules.booking.domain.hold import Hold
from berth.modules.booking.domain.reservation import Occupied

COLUMNS = "id, owner_id, resource_ids, starts, ends, expires_at, created_at"


def read(row: Row) -> Hold:
    """Answer the hold of a row of ``COLUMNS``."""
    return Hold(
        row["id"],
        row["owner_id"],
        tuple(row["resource_ids"]),
        row["starts"],
        row["ends"],
        row["expires_at"],
        row["created_at"],
    )


async def one_at_a_time(connection: Connection, owner_id: int) -> None:
    """Wait until no other hold of this person is being made, so that their number can be counted."""
    await connection.execute(
        "select pg_advisory_xact_lock(hashtextextended('berth.booking.holds/' || $1::bigint, 0))", owner_id
    )


async def count(connection: Connection, owner_id: int, now: datetime) -> int:
    """Answer how many holds a person has."""
    return int(
        await connection.fetchval(
            """
            select count(*)
            from booking.hold
            where owner_id = $1
              and expires_at > $2
            """,
            owner_id,
            now,
        )
    )


async def add(connection: Connection, hold: Hold) -> None:
    """Write the hold down."""
    await connection.execute(
        """
        insert into booking.hold (id, owner_id, resource_ids, starts, ends, expires_at, created_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        """,
        hold.id,
        hold.owner_id,
        hold.resource_ids,
        hold.start,
        hold.end,
        hold.expires_at,
        hold.created_at,
    )


async def occupy(connection: Connection, occupant_id: int, kind: str, occupied: Sequence[Occupied]) -> int:
    """Take what is free of these stretches, and answer how many; the caller gives back what is not all."""
    rows = await connection.fetch(
        """
        insert into booking.allocation (occupant_id, resource_id, kind, occupies)
        select $1, resource_id, $2, tstzrange(occupies_from, occupies_until)
        from unnest($3::bigint[], $4::timestamptz[], $5::timestamptz[])
            as wanted (resource_id, occupies_from, occupies_until)
        order by resource_id
        on conflict do nothing
        returning resource_id
        """,
        occupant_id,
        kind,
        [one.resource_id for one in occupied],
        [one.start for one in occupied],
        [one.end for one in occupied],
    )
    return len(rows)


async def vacate(connection: Connection, occupant_ids: Sequence[int]) -> None:
    """Give back what holds and offers occupy; of them nothing stays but their events."""
    await connection.execute(
        """
        delete from booking.allocation
        where occupant_id = any($1::bigint[])
          and kind in ('hold', 'offer')
        """,
        occupant_ids,
    )


async def one(database: Database, id_: int) -> Hold | None:
    """Answer a hold."""
    row = await database.fetch_row(f"select {COLUMNS} from booking.hold where id = $1", id_)
    return row and read(row)


async def take(connection: Connection, id_: int) -> Hold | None:
    """Take a hold away, and answer what it was; none if somebody was quicker."""
    row = await connection.fetchrow(f"delete from booking.hold where id = $1 returning {COLUMNS}", id_)
    return row and read(row)


async def listed(database: Database, owner_id: int, now: datetime) -> list[Hold]:
    """Answer a person's holds, the one that ends next first."""
    rows = await database.fetch(
        f"""
        select {COLUMNS}
        from booking.hold
        where owner_id = $1
          and expires_at > $2
        order by expires_at, id
        """,
        owner_id,
        now,
    )
    return [read(row) for row in rows]


async def overdue(database: Database, before: datetime, limit: int) -> list[int]:
    """Answer holds that should have ended before a moment."""
    rows = await database.fetch(
        """
        select id
        from booking.hold
        where expires_at < $1
        order by expires_at
        limit $2
        """,
        before,
        limit,
    )
    return [row["id"] for row in rows]
