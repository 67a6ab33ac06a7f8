"""What something of another module occupies: one blackout that names it as its source, whole or not at all."""

from dataclasses import dataclass
from datetime import datetime

from berth.kit.db import Connection


@dataclass(frozen=True, slots=True)
class Occupation:
    """What closes a resource, on whose behalf, why and when."""

    source: str
    resource_id: int
    actor_id: int
    reason: str
    start: datetime
    end: datetime


async def find(connection: Connection, source: str) -> tuple[int, Occupation] | None:
    """Answer what a source occupies, with the number of its blackout."""
    row = await connection.fetchrow(
        """
        select id, source, resource_id, created_by, reason, starts, ends
        from booking.blackout
        where source = $1
        """,
        source,
    )
    return row and (row["id"], Occupation(*tuple(row)[1:]))


async def add(connection: Connection, wanted: Occupation) -> int | None:
    """Close the resource, and answer the number of the blackout; none if something is in the way.

    What it wrote until then is for the caller to roll back.
    """
    id_: int | None = await connection.fetchval(
        """
        with made as (
            insert into booking.blackout (id, reason, starts, ends, created_by, source, resource_id)
            values (nextval('booking.occupant_id_seq'), $4, $5, $6, $3, $1, $2)
            returning id
        )
        insert into booking.allocation (occupant_id, resource_id, kind, occupies)
        select id, $2, 'blackout', tstzrange($5, $6)
        from made
        on conflict do nothing
        returning occupant_id
        """,
        wanted.source,
        wanted.resource_id,
        wanted.actor_id,
        wanted.reason,
        wanted.start,
        wanted.end,
    )
    return id_


async def rename(connection: Connection, id_: int, reason: str) -> None:
    """Give a blackout another reason."""
    await connection.execute("update booking.blackout set reason = $2 where id = $1", id_, reason)
