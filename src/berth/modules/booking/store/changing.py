"""Changing reservations that exist; the caller holds the row's lock, and the transaction."""

from collections.abc import Sequence

import orjson

from berth.kit.db import Connection
from berth.modules.booking.domain.reservation import Change, Occupied, Reservation


async def save(connection: Connection, after: Reservation, change: Change) -> None:
    """Write the reservation as it is now, and what changed into its history."""
    await connection.execute(
        """
        update booking.reservation
        set state = $2,
            title = $3,
            description = $4,
            starts = $5,
            ends = $6,
            version = $7,
            cancel_reason = $8
        where id = $1
        """,
        after.id,
        after.state,
        after.title,
        after.description,
        after.start,
        after.end,
        after.version,
        after.cancel_reason,
    )
    await connection.execute(
        """
        insert into booking.reservation_change (reservation_id, version, what, actor_id, before, after, changed_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        """,
        after.id,
        change.version,
        change.what,
        change.actor_id,
        orjson.dumps(change.before).decode(),
        orjson.dumps(change.after).decode(),
        change.changed_at,
    )


async def take_turns(connection: Connection, resource_ids: Sequence[int]) -> None:
    """Wait until no other change of these calendars is under way; until the transaction ends others wait for it.

    A change holds its old slot while it asks for a new one. Two that want each other's would wait for
    each other, and PostgreSQL takes a second to notice. The order of the locks keeps that from happening;
    who reserves anew holds nothing and needs none.
    """
    await connection.execute(
        """
        select pg_advisory_xact_lock(hashtextextended('berth.booking.calendar/' || resource_id, 0))
        from (
            select distinct resource_id
            from unnest($1::bigint[]) as named (resource_id)
            order by resource_id
        ) as sorted
        """,
        resource_ids,
    )


async def move(connection: Connection, occupant_id: int, occupied: Sequence[Occupied]) -> None:
    """Let the occupant hold these stretches and no others.

    Raises ``asyncpg.ExclusionViolationError`` if one is taken; the transaction then keeps the old ones.
    """
    await connection.execute(
        """
        delete from booking.allocation
        where occupant_id = $1
          and resource_id <> all($2::bigint[])
        """,
        occupant_id,
        [one.resource_id for one in occupied],
    )
    await connection.execute(
        """
        insert into booking.allocation (occupant_id, resource_id, kind, occupies)
        select $1, resource_id, 'reservation', tstzrange(occupies_from, occupies_until)
        from unnest($2::bigint[], $3::timestamptz[], $4::timestamptz[])
            as wanted (resource_id, occupies_from, occupies_until)
        order by resource_id
        on conflict on constraint allocation_pk do update
            set occupies = excluded.occupies
        """,
        occupant_id,
        [one.resource_id for one in occupied],
        [one.start for one in occupied],
        [one.end for one in occupied],
    )


async def vacate(connection: Connection, occupant_id: int) -> None:
    """Free what the occupant holds; the rows stay as history."""
    await connection.execute(
        """
        update booking.allocation
        set active = false
        where occupant_id = $1
          and active
        """,
        occupant_id,
    )
