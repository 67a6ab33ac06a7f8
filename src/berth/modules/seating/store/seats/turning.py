"""Selling, freeing and blocking seats."""

from collections.abc import Mapping, Sequence

from berth.kit.db import Connection
from berth.kit.origin import origin
from berth.modules.seating.store.seats.telling import TOLD

# What a hold or the order behind it has becomes free or sold. Areas give back their room only if it is free again.
# They are locked in the order of their keys, as by who holds.
TURN = f"""
with roomy as materialized (
    select area.key, wanted.people
    from seating.area
    join unnest($6::text[], $7::integer[]) as wanted (key, people) on wanted.key = area.key
    where area.performance_id = $1
    order by area.key
    for update of area
),
seats as (
    update seating.seat
    set state = $5::text,
        holder = case $5::text when 'free' then null else holder end,
        version = version + 1
    where performance_id = $1
      and place = any($3::integer[])
      and holder = $4
    returning place, version
),
room as (
    update seating.area
    set taken = case $5::text when 'free' then area.taken - roomy.people else area.taken end,
        version = area.version + 1
    from roomy
    where area.performance_id = $1
      and area.key = roomy.key
    returning area.key, area.taken, area.version
),
counted as (
    update seating.share
    set taken = share.taken - $8::integer
    where performance_id = $1
      and person_id = $9
      and $5::text = 'free'
),
{TOLD.format(state="$5::text", person="$9::bigint", trace="$10::text", address="$11::text")}
select count(*) from seats
"""


async def turn(
    connection: Connection,
    performance_id: int,
    *,
    actor_id: int,
    holder: int,
    person_id: int,
    places: Sequence[int],
    areas: Mapping[str, int],
    state: str,
) -> int:
    """Let what a hold has be ``sold``, or ``free`` again; answer how many seats that were."""
    came_from = origin()
    return int(
        await connection.fetchval(
            TURN,
            performance_id,
            actor_id,
            list(places),
            holder,
            state,
            list(areas),
            list(areas.values()),
            len(places) + sum(areas.values()),
            person_id,
            came_from and came_from.trace_parent,
            came_from and came_from.address,
        )
    )


BLOCK = f"""
with locked as materialized (
    select place
    from seating.seat
    where performance_id = $1
      and place = any($3::integer[])
      and state = $4::text
    order by place
    for update
),
seats as (
    update seating.seat
    set state = $5::text,
        version = version + 1
    from locked
    where seat.performance_id = $1
      and seat.place = locked.place
    returning seat.place, seat.version
),
room as (
    select ''::text as key, 0 as taken, 0 as version
    where false
),
{TOLD.format(state="$5::text", person="null::bigint", trace="$6::text", address="$7::text")}
select array(select place from seats) as places
"""


async def block(
    connection: Connection, performance_id: int, actor_id: int, places: Sequence[int], *, blocked: bool
) -> list[int]:
    """Block those of the places that are free, or free those that are blocked; answer which."""
    came_from = origin()
    before, after = ("free", "blocked") if blocked else ("blocked", "free")
    found: list[int] = await connection.fetchval(
        BLOCK,
        performance_id,
        actor_id,
        list(places),
        before,
        after,
        came_from and came_from.trace_parent,
        came_from and came_from.address,
    )
    return found
