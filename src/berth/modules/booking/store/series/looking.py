"""What is busy around the occurrences of a series, and which resources are free instead: one statement for all."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from berth.kit.db import Connection, Database

# No two active allocations of a resource overlap, so the last one to start before a run is the only one that
# may reach into it; behind that, the index is walked to the run's end.
BUSY = """
select
    wanted.run,
    lower(taken.occupies) as starts,
    upper(taken.occupies) as ends,
    case taken.kind when 'move' then 'reservation' else taken.kind end as kind
from unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[]) with ordinality
    as wanted (resource_id, starts, ends, run)
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
where taken.occupant_id <> all($4::bigint[])
order by wanted.run, starts
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
    runs = _runs(stretches)
    rows = await database.fetch(
        BUSY,
        [run[0].resource_id for run in runs],
        [run[0].start for run in runs],
        [max(one.end for one in run) for run in runs],
        list(ignoring),
    )
    by_run: dict[int, list[Taken]] = {}
    for number, start, end, kind in rows:
        by_run.setdefault(number, []).append(Taken(runs[number - 1][0].resource_id, start, end, kind))
    found: dict[int, list[Taken]] = {}
    for number, taken in by_run.items():
        starts, ends = [one.start for one in taken], [one.end for one in taken]
        for one in runs[number - 1]:
            near = taken[bisect_right(ends, one.start) : bisect_left(starts, one.end)]
            if one.place in found:
                near = sorted(found[one.place] + near, key=attrgetter("start"))
            if near:
                found[one.place] = near
    return found


def _runs(stretches: Sequence[Stretch]) -> list[list[Stretch]]:
    """Answer the stretches in runs that leave no gap: the days of a daily series are asked about as one."""
    runs: list[list[Stretch]] = []
    resource_id, until = None, None
    for one in sorted(stretches, key=attrgetter("resource_id", "start")):
        if until is None or one.resource_id != resource_id or one.start > until:
            runs.append([])
            resource_id, until = one.resource_id, one.end
        runs[-1].append(one)
        until = max(until, one.end)
    return runs


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
