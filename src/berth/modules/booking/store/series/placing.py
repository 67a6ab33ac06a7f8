"""Placing the occurrences of a series: all by one statement, with the exclusion constraint as the only judge."""

from collections.abc import Sequence
from dataclasses import dataclass

from berth.kit.db import Connection
from berth.kit.outbox.event import Event
from berth.modules.booking.domain.life.asking import Visit
from berth.modules.booking.domain.life.value import Request
from berth.modules.booking.domain.reservation import Occupied, Reservation


@dataclass(frozen=True, slots=True)
class Placement:
    """An occurrence about to be placed; ``request`` and ``asked`` are there if it has to be confirmed.

    ``needed`` tells one without which nothing is to be placed from one that may be left out.
    """

    reservation: Reservation
    visit: Visit
    occupied: tuple[Occupied, ...]
    needed: bool
    request: Request | None = None
    asked: tuple[Event, ...] = ()


# A taken slot keeps its occurrence out of `placed`, and one of which not all resources were free out of the
# reservations. What such a one took of the others is given back by `GIVE_BACK`: a part of one statement does not see
# the rows of another. Rows are written in the order of resource and time, as by all who place.
PLACE = """
with wanted as (
    select
        id, state, owner_id, created_by, title, description, starts, ends, early_minutes, no_show_minutes,
        created_at, series_id, occurrence, slots_count
    from unnest(
        $1::bigint[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::integer[], $6::integer[],
        $7::timestamp[], $18::integer[]
    ) as each (id, state, starts, ends, early_minutes, no_show_minutes, occurrence, slots_count)
    cross join (
        select $8::bigint, $9::bigint, $10::text, $11::text, $12::timestamptz, $13::bigint
    ) as all_of_them (owner_id, created_by, title, description, created_at, series_id)
),
placed as (
    insert into booking.allocation (occupant_id, resource_id, kind, occupies)
    select occupant_id, resource_id, 'reservation', tstzrange(occupies_from, occupies_until)
    from unnest($14::bigint[], $15::bigint[], $16::timestamptz[], $17::timestamptz[])
        as occupied (occupant_id, resource_id, occupies_from, occupies_until)
    order by resource_id, occupies_from
    on conflict do nothing
    returning occupant_id
),
counted as (
    select occupant_id, count(*) as placed_count
    from placed
    group by occupant_id
)
insert into booking.reservation (
    id, state, owner_id, created_by, title, description, starts, ends, early_minutes, no_show_minutes, created_at,
    series_id, occurrence
)
select
    id, state, owner_id, created_by, title, description, starts, ends, early_minutes, no_show_minutes, created_at,
    series_id, occurrence
from wanted
join counted
    on counted.occupant_id = wanted.id
   and counted.placed_count = wanted.slots_count
returning id
"""

GIVE_BACK = """
delete from booking.allocation
where occupant_id = any($1::bigint[])
"""


async def place(connection: Connection, series_id: int, batch: Sequence[Placement]) -> set[int]:
    """Place each occurrence whose slots are free, and answer which were; the transaction is the caller's."""
    reservations = [one.reservation for one in batch]
    first = reservations[0]
    occupied = [(one.reservation.id, each) for one in batch for each in one.occupied]
    rows = await connection.fetch(
        PLACE,
        [one.id for one in reservations],
        [one.state for one in reservations],
        [one.start for one in reservations],
        [one.end for one in reservations],
        [one.visit.early_minutes for one in batch],
        [one.visit.no_show_minutes for one in batch],
        [one.occurrence for one in reservations],
        first.owner_id,
        first.created_by,
        first.title,
        first.description,
        first.created_at,
        series_id,
        [id_ for id_, _ in occupied],
        [each.resource_id for _, each in occupied],
        [each.start for _, each in occupied],
        [each.end for _, each in occupied],
        [len(one.occupied) for one in batch],
    )
    placed = {row["id"] for row in rows}
    left = [one.reservation.id for one in batch if len(one.occupied) > 1 and one.reservation.id not in placed]
    if left:
        await connection.execute(GIVE_BACK, left)
    return placed


# The old slots of all are given back before the new ones are asked for: a daily series moved by a day takes the slots
# of its own neighbours.
RETAKE = """
insert into booking.allocation (occupant_id, resource_id, kind, occupies)
select occupant_id, resource_id, 'reservation', tstzrange(occupies_from, occupies_until)
from unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::timestamptz[])
    as occupied (occupant_id, resource_id, occupies_from, occupies_until)
order by resource_id, occupies_from
on conflict do nothing
returning occupant_id, resource_id
"""


async def retake(connection: Connection, occupied: Sequence[tuple[int, Occupied]]) -> set[int]:
    """Let these occupants hold these stretches in place of what they held, and answer those who did not get all.

    The caller rolls back if there are any.
    """
    await connection.execute(GIVE_BACK, list({id_ for id_, _ in occupied}))
    rows = await connection.fetch(
        RETAKE,
        [id_ for id_, _ in occupied],
        [one.resource_id for _, one in occupied],
        [one.start for _, one in occupied],
        [one.end for _, one in occupied],
    )
    got = {(row["occupant_id"], row["resource_id"]) for row in rows}
    return {id_ for id_, one in occupied if (id_, one.resource_id) not in got}


async def claim(
    connection: Connection, *, caller_id: int, key: str, fingerprint: bytes, reservation_id: int, answer: str
) -> None:
    """Make this the first answer to an Idempotency-Key; raise ``asyncpg.UniqueViolationError`` if there is one.

    What was done with it is done with this transaction, whether there is a reservation of this number or not.
    """
    await connection.execute(
        """
        insert into booking.idempotency (caller_id, key, fingerprint, reservation_id, answer, done)
        values ($1, $2, $3, $4, $5, true)
        """,
        caller_id,
        key,
        fingerprint,
        reservation_id,
        answer,
    )
