"""The versions of seat maps in SQL."""

from collections.abc import Sequence

import orjson
from pydantic import TypeAdapter

from berth.kit.db import Connection, Database
from berth.modules.seating.domain.seat_map.value import SeatMap
from berth.modules.seating.domain.venues import MapVersion, SavedMap

_content = TypeAdapter(SeatMap)


async def save(connection: Connection, venue_id: int, saved: SavedMap) -> None:
    """Keep a new version, and make it the venue's present one."""
    content = saved.content
    await connection.execute(
        """
        with saved as (
            insert into seating.seat_map (venue_id, version, content, seat_count, capacity, saved_by, saved_at)
            values ($1, $2, $3::text::jsonb, $4, $5, $6, $7)
            returning venue_id, version
        )
        update seating.venue
        set map_version = saved.version
        from saved
        where venue.id = saved.venue_id
        """,
        venue_id,
        saved.version,
        orjson.dumps(content).decode(),
        content.seat_count,
        content.capacity,
        saved.saved_by,
        saved.saved_at,
    )


async def find(database: Database | Connection, venue_id: int, version: int | None) -> SavedMap | None:
    """Answer a version of a venue's map, or the present one."""
    rows = await database.fetch(
        """
        select version, content::text as content, saved_by, saved_at
        from seating.seat_map
        where venue_id = $1
          and ($2::integer is null or version = $2)
        order by version desc
        limit 1
        """,
        venue_id,
        version,
    )
    for row in rows:
        return SavedMap(row["version"], _content.validate_json(row["content"]), row["saved_by"], row["saved_at"])
    return None


async def versions(database: Database, venue_id: int, before: int | None, limit: int) -> Sequence[MapVersion]:
    """Answer the versions of a venue's map, the newest first."""
    rows = await database.fetch(
        """
        select version, seat_count, capacity, saved_by, saved_at
        from seating.seat_map
        where venue_id = $1
          and ($2::integer is null or version < $2)
        order by version desc
        limit $3
        """,
        venue_id,
        before,
        limit,
    )
    return [MapVersion(*row) for row in rows]
