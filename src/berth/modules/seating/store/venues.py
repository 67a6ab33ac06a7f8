"""Venues in SQL."""

from collections.abc import Sequence
from datetime import datetime

from berth.kit.db import Connection, Database, Row
from berth.modules.seating.domain.venues import Venue

COLUMNS = "id, name, resource_id, map_version, created_at"


def _read(row: Row) -> Venue:
    return Venue(row["id"], row["name"], row["resource_id"], row["map_version"], row["created_at"])


async def add(connection: Connection, name: str, resource_id: int, now: datetime) -> Venue:
    """Keep a new venue; raises ``UniqueViolationError`` if its name or its resource is another's."""
    return _read(
        await connection.fetchrow(
            f"""
            insert into seating.venue (name, resource_id, created_at)
            values ($1, $2, $3)
            returning {COLUMNS}
            """,
            name,
            resource_id,
            now,
        )
    )


async def listed(database: Database, after: tuple[str, int] | None, limit: int) -> Sequence[Venue]:
    """Answer the venues by name and id."""
    rows = await database.fetch(
        f"""
        select {COLUMNS}
        from seating.venue
        where removed_at is null
          and ($1::text is null or (name, id) > ($1, $2))
        order by name, id
        limit $3
        """,
        after and after[0],
        after and after[1],
        limit,
    )
    return [_read(row) for row in rows]


ONE = f"""
select {COLUMNS}
from seating.venue
where id = $1
  and removed_at is null
"""


async def find(database: Database, id_: int) -> Venue | None:
    """Answer a venue that was not removed."""
    row = await database.fetch_row(ONE, id_)
    return row and _read(row)


async def lock(connection: Connection, id_: int) -> Venue | None:
    """Answer a venue that was not removed; nobody else changes it until the transaction ends."""
    row = await connection.fetchrow(f"{ONE} for no key update", id_)
    return row and _read(row)


async def rename(connection: Connection, id_: int, name: str) -> None:
    """Name a venue; raises ``UniqueViolationError`` if the name is another's."""
    await connection.execute("update seating.venue set name = $2 where id = $1", id_, name)


async def remove(connection: Connection, id_: int, now: datetime) -> None:
    """Let a venue be no more; its maps stay."""
    await connection.execute("update seating.venue set removed_at = $2 where id = $1", id_, now)


async def is_used(connection: Connection, id_: int, now: datetime) -> bool:
    """Tell whether something is on in a venue, or will be."""
    found: bool = await connection.fetchval(
        """
        select exists (
            select
            from seating.performance
            where venue_id = $1
              and state <> 'cancelled'
              and ends > $2
        )
        """,
        id_,
        now,
    )
    return found
