"""What is busy around the occurrences of a series, and which resources are free instead: one statement for all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from berth.kit.db import Connection, Database

# No two active allocations of a resource overlap, so the last one to start before a stretch is the only one that
# may reach into it; behind that, the index is walked to the stretch's end.
BUSY = """
select
    wanted.place,
    wanted.resource_id,
    lower(taken.occupies) as starts,
    upper(taken.occupies) as ends,
    case taken.kind when 'move' then 'reservation' else taken.kind end as kind
from unnest($1::integer[], $2::bigint[], $3::timestamptz[], $4::timestamptz[])
    as wanted (place, resource_id, starts, ends)
cross join lateral (
    select coalesce(
        (
            select lower(occupies)
            from booking.allocation
            where resource_id = wanted.resource_id
              and lower(occupies) <= wanted.starts
              and active
            order by lower(occupies) desc
            limit 1
        ),
        wanted.starts
    ) as starts
) as last
join booking.allocation as taken
    on taken.resource_id = wanted.resource_id
   and lower(taken.occupies) >= last.starts
   and lower(taken.occupies) < wanted.ends
   and upper(taken.occupies) > wanted.starts
   and taken.active
where taken.occupant_id <> all($5::bigint[])
order by wanted.place, starts
"""

# The first free candidates for each place, in the order of the candidates; the limit ends the probing.
FREE = """
select wanted.place, chosen.id
from unnest($1::integer[], $2::timestamptz[], $3::timestamptz[]) as wanted (place, starts, ends)
cross join lateral (
    select candidate.id
    from unnest($4::bigint[], $5::integer[], $6::integer[])
        with ordinality as candidate (id, setup_minutes, teardown_minutes, rank)
    left join lateral (
        select upper(occupies) as busy_until
        from booking.allocation
        where resource_id = candidate.id
          and lower(occupies) < wanted.ends + candidate.teardown_minutes * interval '1 minute'
          and active
        order by lower(occupies) desc
        limit 1
    ) as last on true
    where last.busy_until is null
       or last.busy_until <= wanted.starts - candidate.setup_minutes * interval '1 minute'
    order by candidate.rank
    limit $7
) as chosen
"""


class Stretch(NamedTuple):
    """Time of a resource that is looked at, for the occurrence at this place of the list."""

    place: int
    resource_id: int
    start: datetime
    end: datetime


class Taken(NamedTuple):
    """What occupies a resource near an occurrence, whether or not it is in its way."""

    resource_id: int
    start: datetime
    end: datetime
    kind: str


async def busy(
    database: Connection | Database, stretches: Sequence[Stretch], ignoring: Sequence[int] = ()
) -> dict[int, list[Taken]]:
    """Answer what else than ``ignoring`` occupies these stretches, by their places, earliest first."""
    found: dict[int, list[Taken]] = {}
    places, resource_ids, starts, ends = zip(*stretches, strict=True) if stretches else ((), (), (), ())
    rows = await database.fetch(BUSY, places, resource_ids, starts, ends, list(ignoring))
    for place, *taken in rows:
        found.setdefault(place, []).append(Taken(*taken))
    return found


@dataclass(frozen=True, slots=True)
class Candidate:
    """A resource that may be taken instead, and the minutes that it needs around a reservation."""

    id: int
    setup_minutes: int
    teardown_minutes: int


async def free(
    database: Database, wanted: Sequence[tuple[int, datetime, datetime]], candidates: Sequence[Candidate], most: int
) -> dict[int, list[int]]:
    """Answer, for each place with its time, the first ``most`` of the candidates that are free then."""
    found: dict[int, list[int]] = {}
    rows = await database.fetch(
        FREE,
        [place for place, _, _ in wanted],
        [start for _, start, _ in wanted],
        [end for _, _, end in wanted],
        [one.id for one in candidates],
        [one.setup_minutes for one in candidates],
        [one.teardown_minutes for one in candidates],
        most,
    )
    for place, id_ in rows:
        found.setdefault(place, []).append(id_)
    return found
