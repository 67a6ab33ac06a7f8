"""Changing reservations that exist; the caller holds the row's lock, and the transaction."""

from collections.abc import Sequence

import orjson

from berth.kit.db import Connection
from berth.modules.booking.domain.life.value import Slot
from berth.modules.booking.domain.reservation import Change, Occupied


async def write_history(connection: Connection, changes: Sequence[tuple[int, Change]]) -> None:
    """Put the changes into the histories of the reservations that they are named with."""
    await connection.execute(
        """
        insert into booking.reservation_change (reservation_id, version, what, actor_id, before, after, changed_at)
        select reservation_id, version, what, actor_id, before::jsonb, after::jsonb, changed_at
        from unnest(
            $1::bigint[], $2::integer[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::timestamptz[]
        ) as change (reservation_id, version, what, actor_id, before, after, changed_at)
        """,
        [id_ for id_, _ in changes],
        [one.version for _, one in changes],
        [one.what for _, one in changes],
        [one.actor_id for _, one in changes],
        [orjson.dumps(one.before).decode() for _, one in changes],
        [orjson.dumps(one.after).decode() for _, one in changes],
        [one.changed_at for _, one in changes],
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


async def vacate_all(connection: Connection, reservation_ids: Sequence[int]) -> None:
    """Free what these reservations hold; the rows stay as history."""
    await connection.execute(
        """
        update booking.allocation
        set active = false
        where occupant_id = any($1::bigint[])
          and active
        """,
        reservation_ids,
    )


async def propose(
    connection: Connection, reservation_id: int, request_id: int, slot: Slot, occupied: Sequence[Occupied]
) -> None:
    """Note a move that is to be confirmed, and take what it needs beyond what the reservation has.

    Raises ``asyncpg.ExclusionViolationError`` if something of that is taken.
    """
    arrays = (
        [one.resource_id for one in occupied],
        [one.start for one in occupied],
        [one.end for one in occupied],
    )
    await connection.execute(
        """
        insert into booking.move (id, reservation_id, starts, ends, resource_ids, occupies)
        select $1, $2, $3, $4, array_agg(resource_id order by resource_id), array_agg(occupies order by resource_id)
        from (
            select resource_id, tstzrange(occupies_from, occupies_until) as occupies
            from unnest($5::bigint[], $6::timestamptz[], $7::timestamptz[])
                as wanted (resource_id, occupies_from, occupies_until)
        ) as wanted
        """,
        request_id,
        reservation_id,
        slot.start,
        slot.end,
        *arrays,
    )
    await connection.execute(
        """
        insert into booking.allocation (occupant_id, resource_id, piece, kind, occupies)
        select $1, wanted.resource_id, piece.place, 'move', piece.occupies
        from (
            select resource_id, tstzrange(occupies_from, occupies_until) as occupies
            from unnest($3::bigint[], $4::timestamptz[], $5::timestamptz[])
                as wanted (resource_id, occupies_from, occupies_until)
        ) as wanted
        left join booking.allocation as held
            on held.occupant_id = $2
            and held.resource_id = wanted.resource_id
            and held.active
        cross join lateral unnest(
            tstzmultirange(wanted.occupies) - coalesce(tstzmultirange(held.occupies), '{}'::tstzmultirange)
        ) with ordinality as piece (occupies, place)
        order by wanted.resource_id, piece.place
        """,
        request_id,
        reservation_id,
        *arrays,
    )


async def drop_moves(connection: Connection, request_ids: Sequence[int]) -> None:
    """Free what moves hold that do not take place, or have taken place."""
    await connection.execute("delete from booking.allocation where occupant_id = any($1::bigint[])", request_ids)


async def take_place(connection: Connection, request_id: int) -> None:
    """Let the reservation hold what its move wanted, and nothing else; together both hold all of that already."""
    await connection.execute(
        """
        delete from booking.allocation
        using booking.move
        where move.id = $1
          and occupant_id in (move.id, move.reservation_id)
        """,
        request_id,
    )
    await connection.execute(
        """
        insert into booking.allocation (occupant_id, resource_id, kind, occupies)
        select move.reservation_id, wanted.resource_id, 'reservation', wanted.occupies
        from booking.move
        cross join lateral unnest(move.resource_ids, move.occupies) as wanted (resource_id, occupies)
        where move.id = $1
        order by wanted.resource_id
        """,
        request_id,
    )


async def shorten(connection: Connection, reservation_id: int, seconds: float) -> None:
    """Free the last seconds of what a reservation occupies, its tear-down moving along."""
    await connection.execute(
        """
        update booking.allocation
        set occupies = tstzrange(lower(occupies), upper(occupies) - make_interval(secs => $2))
        where occupant_id = $1
          and active
        """,
        reservation_id,
        seconds,
    )
