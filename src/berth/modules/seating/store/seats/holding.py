"""Holding seats: one statement that takes all of them, or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from berth.kit.db import Connection, Database
from berth.kit.origin import origin
from berth.modules.seating.store.seats.telling import TOLD

# Takes all that is wanted or nothing. The rows are locked in the order of their places, so that two who want some
# of the same seats wait for each other in one direction only; a seat that somebody else got meanwhile is not free any
# more when its lock is given. `counted` is written only if all could be locked, and everything behind follows it.
HOLD = f"""
with number as materialized (
    select nextval('seating.seat_hold_number') as id
),
locked as materialized (
    select place
    from seating.seat
    where performance_id = $1
      and place = any($3::integer[])
      and state = 'free'
    order by place
    for update
),
roomy as materialized (
    select area.key, wanted.people
    from seating.area
    join unnest($4::text[], $5::integer[]) as wanted (key, people) on wanted.key = area.key
    where area.performance_id = $1
      and area.taken + wanted.people <= area.capacity
    order by area.key
    for update of area
),
counted as (
    insert into seating.share (performance_id, person_id, taken)
    select $1::bigint, $2::bigint, $6::integer
    where (select count(*) from locked) = cardinality($3::integer[])
      and (select count(*) from roomy) = cardinality($4::text[])
      and $6::integer <= $7::integer
    on conflict on constraint share_pk do update
        set taken = share.taken + excluded.taken
        where share.taken + excluded.taken <= $7::integer
    returning taken
),
seats as (
    update seating.seat
    set state = 'held',
        holder = number.id,
        version = version + 1
    from locked, number
    where seat.performance_id = $1
      and seat.place = locked.place
      and exists (select from counted)
    returning seat.place, seat.version
),
room as (
    update seating.area
    set taken = area.taken + roomy.people,
        version = area.version + 1
    from roomy
    where area.performance_id = $1
      and area.key = roomy.key
      and exists (select from counted)
    returning area.key, area.taken, area.version
),
hold as (
    insert into seating.seat_hold
        (id, performance_id, person_id, places, areas, taken, state, expires_at, created_at)
    select
        number.id,
        $1::bigint,
        $2::bigint,
        $3::integer[],
        coalesce((select jsonb_object_agg(key, people) from roomy), '{{}}'),
        $6::integer,
        'active',
        $8::timestamptz,
        $9::timestamptz
    from number
    where exists (select from counted)
),
timed as (
    insert into seating.timer (key, name, data, due_at)
    select 'hold/' || number.id, 'hold', jsonb_build_object('hold_id', number.id), $8::timestamptz
    from number
    where exists (select from counted)
),
{TOLD.format(state="'held'", person="$2::bigint", trace="$10::text", address="$11::text")}
select
    number.id,
    exists (select from counted) as done,
    array(select place from locked) as free,
    array(select key from roomy) as roomy
from number
"""


@dataclass(frozen=True, slots=True)
class Held:
    """What became of a hold: whether it was made, and which of what was wanted was free."""

    id: int
    done: bool
    free: frozenset[int]
    roomy: frozenset[str]


async def hold(
    database: Database | Connection,
    performance_id: int,
    person_id: int,
    places: Sequence[int],
    areas: Mapping[str, int],
    *moments: object,
) -> Held:
    """Hold all these places, and room in these areas, or nothing.

    ``moments`` are how many the person may have at most, when the hold expires, and now.
    """
    taken = len(places) + sum(areas.values())
    came_from = origin()
    [row] = await database.fetch(
        HOLD,
        performance_id,
        person_id,
        list(places),
        list(areas),
        list(areas.values()),
        taken,
        *moments,
        came_from and came_from.trace_parent,
        came_from and came_from.address,
    )
    return Held(row["id"], row["done"], frozenset(row["free"]), frozenset(row["roomy"]))
