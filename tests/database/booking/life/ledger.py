"""What the calendar has to hold, by what the reservations' states say, as one statement that finds what is amiss."""

from collections.abc import Sequence

from berth.contracts.catalog import Resource
from berth.kit.db import Database

# Each part answers what must not be, and of which reservation or occupant.
AMISS = """
with buffer as (
    select resource_id, setup * interval '1 minute' as setup, teardown * interval '1 minute' as teardown
    from unnest($1::bigint[], $2::integer[], $3::integer[]) as buffer (resource_id, setup, teardown)
),
own as (
    select
        reservation.id,
        reservation.state,
        reservation.starts,
        held.kind,
        held.piece,
        held.occupies,
        tstzrange(reservation.starts - buffer.setup, reservation.ends + buffer.teardown) as due
    from booking.reservation
    join booking.allocation as held on held.occupant_id = reservation.id and held.active
    join buffer on buffer.resource_id = held.resource_id
),
undecided as (
    select move.id, move.reservation_id, wanted.resource_id, wanted.occupies
    from booking.move
    cross join lateral unnest(move.resource_ids, move.occupies) as wanted (resource_id, occupies)
    where exists (
        select from booking.confirmation where request_id = move.id and standing = 'asked'
    )
)
select 'open, and holds nothing' as what, id
from booking.reservation
where state in ('pending', 'ready', 'in_use')
  and id not in (select id from own)
union all
select 'holds something else than its time', id
from own
where state in ('pending', 'ready', 'in_use', 'finished')
  and (kind <> 'reservation' or piece <> 1 or occupies <> due)
union all
select 'is over, and still holds', id
from own
where state in ('cancelled', 'no_show', 'expired')
union all
select 'finished within its time, and holds nothing', id
from booking.reservation
where state = 'finished'
  and id not in (select id from own)
  and not exists (
      select
      from booking.reservation_change
      where reservation_id = reservation.id
        and what = 'finished'
        and changed_at < reservation.starts
  )
union all
select 'holds for a move that is decided, or for nobody', occupant_id
from booking.allocation
where kind = 'move'
  and occupant_id not in (select id from undecided)
union all
select 'a move without all of its time, or with more', undecided.id
from undecided
where undecided.occupies::tstzmultirange <> (
    select range_agg(held.occupies * undecided.occupies)
    from booking.allocation as held
    where held.active
      and held.resource_id = undecided.resource_id
      and held.occupant_id in (undecided.id, undecided.reservation_id)
)
   or exists (
    select
    from booking.allocation as held
    where held.occupant_id = undecided.id
      and held.resource_id = undecided.resource_id
      and not held.occupies <@ undecided.occupies
)
union all
select 'holds for a move what it does not want', held.occupant_id
from booking.allocation as held
where held.kind = 'move'
  and (held.occupant_id, held.resource_id) not in (select id, resource_id from undecided)
union all
select 'versions without history, or the other way round', reservation.id
from booking.reservation
where version <> (
    select 1 + count(*)
    from booking.reservation_change
    where reservation_id = reservation.id
      and reservation_change.version between 2 and reservation.version
)
union all
select 'a move that a reservation over still waits for', reservation_id
from undecided
join booking.reservation on reservation.id = undecided.reservation_id
where state not in ('ready', 'in_use')
union all
select 'has something to come, and no timer', reservation.id
from booking.reservation
where (
    state in ('pending', 'ready', 'in_use')
    or exists (
        select
        from booking.confirmation
        where reservation_id = reservation.id
          and standing in ('asked', 'withdrawn', 'closing')
    )
)
  and 'reservation/' || id not in (select key from booking.timer)
"""


async def amiss(database: Database, resources: Sequence[Resource]) -> list[tuple[str, int]]:
    """Answer what the calendar, the histories and the timers have wrong; ``resources`` say what buffers are due."""
    rows = await database.fetch(
        AMISS,
        [one.id for one in resources],
        [one.policy.setup_minutes for one in resources],
        [one.policy.teardown_minutes for one in resources],
    )
    return [(row["what"], row["id"]) for row in rows]
