"""Series as rows, and the reservations that belong to them."""

from dataclasses import replace
from datetime import datetime, timedelta

import orjson

from berth.kit.db import Connection, Database, Row
from berth.modules.booking.domain.reservation import Reservation
from berth.modules.booking.domain.series.value import Missed, Series
from berth.modules.booking.store.reservation import COLUMNS as RESERVATION
from berth.modules.booking.store.reservation import read as read_reservation

COLUMNS = """
    id, state, owner_id, created_by, title, description, resource_ids, timezone, starts, length, rule, exdates, rdates,
    begins, ends_before, shift, term_id, skip_holidays, placed_until, missed, previous_id, version, cancel_reason,
    created_at
"""


def _read(row: Row) -> Series:
    return Series(
        id=row["id"],
        owner_id=row["owner_id"],
        created_by=row["created_by"],
        title=row["title"],
        description=row["description"],
        resource_ids=tuple(row["resource_ids"]),
        timezone=row["timezone"],
        starts=row["starts"],
        length=row["length"],
        rule=row["rule"],
        exdates=tuple(row["exdates"]),
        rdates=tuple(row["rdates"]),
        term_id=row["term_id"],
        skip_holidays=row["skip_holidays"],
        created_at=row["created_at"],
        begins=row["begins"],
        ends_before=row["ends_before"],
        shift=row["shift"] or timedelta(),
        placed_until=row["placed_until"],
        missed=tuple(
            Missed(datetime.fromisoformat(one["occurrence"]), one["why"]) for one in orjson.loads(row["missed"])
        ),
        state=row["state"],
        version=row["version"],
        previous_id=row["previous_id"],
        cancel_reason=row["cancel_reason"],
    )


async def add(connection: Connection, series: Series) -> Series:
    """Store a new series and answer it with its id."""
    id_ = await connection.fetchval(
        """
        insert into booking.series (
            owner_id, created_by, title, description, resource_ids, timezone, starts, length, rule, exdates, rdates,
            term_id, skip_holidays, previous_id, created_at
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        returning id
        """,
        series.owner_id,
        series.created_by,
        series.title,
        series.description,
        series.resource_ids,
        series.timezone,
        series.starts,
        series.length,
        series.rule,
        series.exdates,
        series.rdates,
        series.term_id,
        series.skip_holidays,
        series.previous_id,
        series.created_at,
    )
    added = replace(series, id=id_)
    await save(connection, added)
    return added


async def save(connection: Connection, series: Series) -> None:
    """Write what may change of a series."""
    missed = [{"occurrence": one.occurrence, "why": one.why} for one in series.missed]
    await connection.execute(
        """
        update booking.series
        set state = $2,
            title = $3,
            description = $4,
            resource_ids = $5,
            length = $6,
            begins = $7,
            ends_before = $8,
            shift = $9,
            placed_until = $10,
            missed = $11::text::jsonb,
            version = $12,
            cancel_reason = $13
        where id = $1
        """,
        series.id,
        series.state,
        series.title,
        series.description,
        series.resource_ids,
        series.length,
        series.begins,
        series.ends_before,
        series.shift,
        series.placed_until,
        orjson.dumps(missed).decode(),
        series.version,
        series.cancel_reason,
    )


async def one(database: Connection | Database, id_: int) -> Series | None:
    """Answer a series."""
    rows = await database.fetch(f"select {COLUMNS} from booking.series where id = $1", id_)
    return _read(rows[0]) if rows else None


async def locked(connection: Connection, id_: int) -> Series | None:
    """Answer a series, and keep others from changing it until the transaction ends."""
    row = await connection.fetchrow(f"select {COLUMNS} from booking.series where id = $1 for update", id_)
    return row and _read(row)


async def listed(database: Database, owner_id: int | None, before: int | None, limit: int) -> list[Series]:
    """Answer up to ``limit`` series, the newest first, of one person or of all, older than the id ``before``."""
    rows = await database.fetch(
        f"""
        select {COLUMNS}
        from booking.series
        where ($1::bigint is null or owner_id = $1)
          and ($2::bigint is null or id < $2)
        order by id desc
        limit $3
        """,
        owner_id,
        before,
        limit,
    )
    return [_read(row) for row in rows]


async def reservations(database: Connection | Database, id_: int, limit: int | None = None) -> list[Reservation]:
    """Answer the occurrences of a series that were placed, also those that are over, by their names."""
    rows = await database.fetch(
        f"""
        select {RESERVATION}
        from booking.reservation
        where series_id = $1
        order by occurrence
        limit $2
        """,
        id_,
        limit,
    )
    return [read_reservation(row) for row in rows]


async def reservation(database: Connection | Database, id_: int, reservation_id: int) -> Reservation | None:
    """Answer an occurrence of a series."""
    rows = await database.fetch(
        f"""
        select {RESERVATION}
        from booking.reservation
        where id = $1
          and series_id = $2
        """,
        reservation_id,
        id_,
    )
    return read_reservation(rows[0]) if rows else None


async def ids_ahead(connection: Connection, id_: int, now: datetime, since: datetime | None) -> list[int]:
    """Answer the occurrences that have not begun and may be changed, from the one named ``since`` on."""
    rows = await connection.fetch(
        """
        select id
        from booking.reservation
        where series_id = $1
          and starts > $2
          and state in ('held', 'pending', 'ready')
          and ($3::timestamp is null or occurrence >= $3)
        order by id
        """,
        id_,
        now,
        since,
    )
    return [row["id"] for row in rows]


async def has_earlier(connection: Connection, id_: int, since: datetime) -> bool:
    """Tell whether a series has occurrences before the one named ``since``."""
    found: bool = await connection.fetchval(
        """
        select exists (
            select
            from booking.reservation
            where series_id = $1
              and occurrence < $2
        )
        """,
        id_,
        since,
    )
    return found


async def hand_over(connection: Connection, id_: int, since: datetime, heir_id: int) -> None:
    """Let the occurrences from the one named ``since`` on belong to another series, also those that were given up."""
    await connection.execute(
        """
        update booking.reservation
        set series_id = $3
        where series_id = $1
          and occurrence >= $2
        """,
        id_,
        since,
        heir_id,
    )
