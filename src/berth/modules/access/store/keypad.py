"""The codes that each resource's keypad must tell apart; the database refuses two that it could not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from berth.kit.db import Connection


@dataclass(frozen=True, slots=True)
class Place:
    """A code at a resource, as its ``mark``; ``times`` are those at which it is, or may come to be, valid."""

    reservation_id: int
    resource_id: int
    mark: int
    times: tuple[tuple[datetime, datetime], ...]


async def take(connection: Connection, places: Sequence[Place]) -> set[tuple[int, int]]:
    """Take these places; answer which could be had, as reservation and resource.

    A place that is left out has the mark and the time of another reservation's.
    """
    rows = await connection.fetch(
        """
        insert into access.keypad (reservation_id, resource_id, mark, valid)
        select reservation_id, resource_id, mark, valid::tstzmultirange
        from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[])
            as wanted (reservation_id, resource_id, mark, valid)
        order by reservation_id, resource_id
        on conflict do nothing
        returning reservation_id, resource_id
        """,
        [one.reservation_id for one in places],
        [one.resource_id for one in places],
        [one.mark for one in places],
        [_multirange(one.times) for one in places],
    )
    return {(row["reservation_id"], row["resource_id"]) for row in rows}


async def leave(connection: Connection, reservation_ids: Sequence[int]) -> None:
    """Give up all places of these reservations."""
    await connection.execute("delete from access.keypad where reservation_id = any($1::bigint[])", reservation_ids)


def _multirange(times: Sequence[tuple[datetime, datetime]]) -> str:
    return "{" + ",".join(f"[{start.isoformat()},{end.isoformat()})" for start, end in times) + "}"
