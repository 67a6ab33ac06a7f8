"""Placing reservations: one statement for many, with the exclusion constraint as the only judge."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from berth.kit.db import Connection, Database
from berth.kit.origin import Origin
from berth.kit.outbox.event import Event
from berth.modules.booking.domain.life.asking import Visit
from berth.modules.booking.domain.life.value import Request
from berth.modules.booking.domain.reservation import Occupied, Reservation


@dataclass(frozen=True, slots=True)
class Placement:
    """A reservation about to be made.

    Its number is taken from the sequence beforehand, so that a placement whose answer was lost with its
    connection can be looked up. ``answer`` is the body that a success will say, ``event`` the data of
    its event, ``origin`` the request it comes from; ``key`` and ``fingerprint`` are those of the
    Idempotency-Key, if one was sent. ``request`` is what has to be confirmed, if anything has, and ``asked``
    the events that ask for it.
    """

    reservation: Reservation
    visit: Visit
    occupied: tuple[Occupied, ...]
    event: str
    origin: Origin | None
    answer: str
    key: str | None
    fingerprint: bytes | None
    request: Request | None = None
    asked: tuple[Event, ...] = ()

    @property
    def id(self) -> int:
        """Answer the number of the reservation."""
        return self.reservation.id


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """What was answered to an Idempotency-Key. ``placed`` tells whether ``answer`` or ``refusal`` was said."""

    fingerprint: bytes
    reservation_id: int
    answer: str
    refusal: str | None
    placed: bool


REQUEST = """
request as (
    select
        id, state, owner_id, created_by, title, description, starts, ends, early_minutes, no_show_minutes,
        created_at, event, answer, key, fingerprint, trace_parent, address
    from unnest(
        $1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::timestamptz[],
        $8::timestamptz[], $9::integer[], $10::integer[], $11::timestamptz[], $12::text[], $13::text[], $14::text[],
        $15::bytea[], $16::text[], $17::text[]
    ) as request (
        id, state, owner_id, created_by, title, description, starts, ends, early_minutes, no_show_minutes,
        created_at, event, answer, key, fingerprint, trace_parent, address
    )
),
wanted as (
    select occupant_id, resource_id, occupies_from, occupies_until
    from unnest($18::bigint[], $19::bigint[], $20::timestamptz[], $21::timestamptz[])
        as wanted (occupant_id, resource_id, occupies_from, occupies_until)
)
"""

# The rows of all requests, or an error and none of them. A plain insert asks the constraint once, where
# one that is to skip conflicts asks it before and after: where conflicts are rare, this is the faster.
PLACE_ALL = f"""
with {REQUEST},
claimed as (
    insert into booking.idempotency (caller_id, key, fingerprint, reservation_id, answer, claimed_at)
    select created_by, key, fingerprint, id, answer, created_at
    from request
    where key is not null
    order by created_by, key
),
placed as (
    insert into booking.allocation (occupant_id, resource_id, kind, occupies)
    select occupant_id, resource_id, 'reservation', tstzrange(occupies_from, occupies_until)
    from wanted
    order by resource_id, occupies_from
),
told as (
    insert into booking.outbox (type, subject, data, occurred_at, trace_parent, address)
    select
        'berth.booking.reservation_created.v1', 'reservation/' || id, event::jsonb, created_at, trace_parent, address
    from request
)
insert into booking.reservation
    (id, state, owner_id, created_by, title, description, starts, ends, early_minutes, no_show_minutes, created_at)
select id, state, owner_id, created_by, title, description, starts, ends, early_minutes, no_show_minutes, created_at
from request
"""

# Each part feeds the next by what it returns, so that a reservation, its event and its claim on the
# Idempotency-Key exist together or not at all. A key that is taken keeps its request out of `placed`;
# a slot that is taken keeps it out of everything behind. Rows are written in the order of resource and
# time, and of key: two such statements at once can then wait for each other, but never in a circle.
PLACE_FREE = f"""
with {REQUEST},
claimed as (
    insert into booking.idempotency (caller_id, key, fingerprint, reservation_id, answer, claimed_at)
    select created_by, key, fingerprint, id, answer, created_at
    from request
    where key is not null
    order by created_by, key
    on conflict do nothing
    returning reservation_id
),
placed as (
    insert into booking.allocation (occupant_id, resource_id, kind, occupies)
    select occupant_id, resource_id, 'reservation', tstzrange(occupies_from, occupies_until)
    from wanted
    join request on request.id = wanted.occupant_id
    where request.key is null
       or request.id in (select reservation_id from claimed)
    order by resource_id, occupies_from
    on conflict do nothing
    returning occupant_id
),
counted as (
    select occupant_id, count(*) as placed_count
    from placed
    group by occupant_id
),
reserved as (
    insert into booking.reservation
        (id, state, owner_id, created_by, title, description, starts, ends, early_minutes, no_show_minutes, created_at)
    select id, state, owner_id, created_by, title, description, starts, ends, early_minutes, no_show_minutes, created_at
    from request
    join counted on counted.occupant_id = request.id
),
told as (
    insert into booking.outbox (type, subject, data, occurred_at, trace_parent, address)
    select
        'berth.booking.reservation_created.v1', 'reservation/' || id, event::jsonb, created_at, trace_parent, address
    from request
    join counted on counted.occupant_id = request.id
)
select
    request.id,
    coalesce(counted.placed_count, 0) as placed_count,
    request.key is null or claimed.reservation_id is not null as key_is_new
from request
left join counted on counted.occupant_id = request.id
left join claimed on claimed.reservation_id = request.id
"""


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of one placement: how many of its resources were free, and whether its key was new."""

    id: int
    placed_count: int
    key_is_new: bool


async def place_all(connection: Connection, batch: Sequence[Placement]) -> None:
    """Place every reservation of the batch, or none.

    Raises ``asyncpg.ExclusionViolationError`` if a slot is taken, ``asyncpg.UniqueViolationError`` if an
    Idempotency-Key is known.
    """
    await connection.execute(PLACE_ALL, *_columns(batch))


async def place_free(connection: Connection, batch: Sequence[Placement]) -> list[Placed]:
    """Place each reservation whose slot is free.

    With one resource each, a batch needs no transaction around it. With several, the caller must roll
    back when fewer were placed than wanted.
    """
    rows = await connection.fetch(PLACE_FREE, *_columns(batch))
    return [Placed(row["id"], row["placed_count"], row["key_is_new"]) for row in rows]


def _columns(batch: Sequence[Placement]) -> tuple[list[Any], ...]:
    """Answer the batch as the arrays that ``REQUEST`` takes."""
    reservations = [one.reservation for one in batch]
    occupied = [(one.id, each) for one in batch for each in one.occupied]
    return (
        [one.id for one in reservations],
        [one.state for one in reservations],
        [one.owner_id for one in reservations],
        [one.created_by for one in reservations],
        [one.title for one in reservations],
        [one.description for one in reservations],
        [one.start for one in reservations],
        [one.end for one in reservations],
        [one.visit.early_minutes for one in batch],
        [one.visit.no_show_minutes for one in batch],
        [one.created_at for one in reservations],
        [one.event for one in batch],
        [one.answer for one in batch],
        [one.key for one in batch],
        [one.fingerprint for one in batch],
        [one.origin and one.origin.trace_parent for one in batch],
        [one.origin and one.origin.address for one in batch],
        [id_ for id_, _ in occupied],
        [each.resource_id for _, each in occupied],
        [each.start for _, each in occupied],
        [each.end for _, each in occupied],
    )


async def next_ids(database: Connection | Database, count: int) -> list[int]:
    """Take numbers from the sequence of occupants; those left unused are lost, which does no harm."""
    rows = await database.fetch("select nextval('booking.occupant_id_seq') as id from generate_series(1, $1)", count)
    return [row["id"] for row in rows]


async def existing(database: Database, ids: Sequence[int]) -> set[int]:
    """Answer which of these reservations exist."""
    rows = await database.fetch("select id from booking.reservation where id = any($1)", ids)
    return {row["id"] for row in rows}


async def first_answer(database: Database, caller_id: int, key: str) -> FirstAnswer | None:
    """Answer what was said to this caller's key, if it is known."""
    row = await database.fetch_row(
        """
        select fingerprint, reservation_id, answer, refusal,
            done
            or exists (select from booking.reservation where reservation.id = idempotency.reservation_id) as placed
        from booking.idempotency
        where caller_id = $1
          and key = $2
        """,
        caller_id,
        key,
    )
    return row and FirstAnswer(row["fingerprint"], row["reservation_id"], row["answer"], row["refusal"], row["placed"])


async def keep_refusal(
    database: Database, *, caller_id: int, key: str, fingerprint: bytes, reservation_id: int, refusal: str
) -> None:
    """Keep the problem that was the first answer to a key, unless the key is another request's."""
    await database.execute(
        """
        insert into booking.idempotency (caller_id, key, fingerprint, reservation_id, answer, refusal)
        values ($1, $2, $3, $4, '', $5)
        on conflict (caller_id, key) do update
            set refusal = excluded.refusal
            where idempotency.reservation_id = excluded.reservation_id
              and idempotency.refusal is null
        """,
        caller_id,
        key,
        fingerprint,
        reservation_id,
        refusal,
    )


async def release_key(database: Database, caller_id: int, key: str) -> None:
    """Give a key back that was claimed without success and not answered, so that another try may claim it."""
    await database.execute(
        """
        delete from booking.idempotency
        where caller_id = $1
          and key = $2
          and refusal is null
          and not done
          and not exists (select from booking.reservation where reservation.id = idempotency.reservation_id)
        """,
        caller_id,
        key,
    )


async def forget_answers(database: Database, before: datetime) -> int:
    """Delete the first answers given before this instant, and answer how many there were."""
    tag = await database.execute("delete from booking.idempotency where claimed_at < $1", before)
    return int(tag.split()[1])
