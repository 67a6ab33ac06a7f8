"""SQL that finds free and busy time.

No two active allocations of a resource overlap, so in the order of their starts they are also in that of
their ends. That is why the last one to start before an instant is the only one that may last beyond it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from berth.kit.db import Database

Range = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Time for which a resource is occupied, buffers included; the rest is told to those who may know it."""

    resource_id: int
    start: datetime
    end: datetime
    kind: str
    occupant_id: int
    title: str | None
    owner_id: int | None
    reason: str | None


FREE = """
select wanted.id
from unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[]) as wanted (id, starts, ends)
left join lateral (
    select upper(occupies) as busy_until
    from booking.allocation
    where resource_id = wanted.id
      and lower(occupies) < wanted.ends
      and active
    order by lower(occupies) desc
    limit 1
) as last on true
where last.busy_until is null
   or last.busy_until <= wanted.starts
"""


async def free(database: Database, wanted: Sequence[tuple[int, datetime, datetime]]) -> set[int]:
    """Answer which of the resources ``(id, start, end)`` are not occupied from start to end."""
    rows = await database.fetch(FREE, *_columns(wanted, 3))
    return {row[0] for row in rows}


# The last allocation to start by `earliest`, if there is one, is where the gaps are counted from; if there
# is none, the resource is free from `earliest` on. Only gaps that are long enough leave the database, and
# the limit ends the walk along the index at the first of them. (`offset 0` keeps the planner from asking
# for the last allocation wherever it is named.)
GAPS = """
select wanted.place, gap.starts, gap.ends
from unnest($1::bigint[], $2::timestamptz[], $3::interval[])
    with ordinality as wanted (id, earliest, needed, place)
cross join lateral (
    select (
        select lower(occupies)
        from booking.allocation
        where resource_id = wanted.id
          and lower(occupies) <= wanted.earliest
          and active
        order by lower(occupies) desc
        limit 1
    ) as starts
    offset 0
) as last
cross join lateral (
    (
        select wanted.earliest as starts, first.starts as ends
        from (
            select coalesce(min(lower(occupies)), $4) as starts
            from booking.allocation
            where resource_id = wanted.id
              and lower(occupies) > wanted.earliest
              and active
        ) as first
        where last.starts is null
          and first.starts - wanted.earliest >= wanted.needed
    )
    union all
    (
        select greatest(between_two.starts, wanted.earliest) as starts, between_two.ends
        from (
            select
                upper(occupies) as starts,
                lead(lower(occupies), 1, $4) over (order by lower(occupies)) as ends
            from booking.allocation
            where resource_id = wanted.id
              and lower(occupies) >= coalesce(last.starts, wanted.earliest)
              and lower(occupies) < $4
              and active
        ) as between_two
        where between_two.ends - greatest(between_two.starts, wanted.earliest) >= wanted.needed
    )
    limit $5
) as gap
"""


async def gaps(
    database: Database, wanted: Sequence[tuple[int, datetime, timedelta]], until: datetime, most: int
) -> list[list[Range]]:
    """Answer, for each ``(resource id, earliest, needed)``, its first ``most`` gaps of at least that length.

    Gaps are counted from ``earliest``, are in order, and end at ``until`` if nothing occupies the resource then.
    """
    found: list[list[Range]] = [[] for _ in wanted]
    for place, start, end in await database.fetch(GAPS, *_columns(wanted, 3), until, most):
        found[place - 1].append((start, end))
    return found


# Without rights on a reservation (`$4` false, and not the owner) its title and owner stay in the database.
BUSY = """
select
    taken.resource_id,
    lower(taken.occupies) as starts,
    upper(taken.occupies) as ends,
    taken.kind,
    taken.occupant_id,
    reservation.title,
    reservation.owner_id,
    blackout.reason
from unnest($1::bigint[], $2::timestamptz[]) as wanted (id, since)
cross join lateral (
    select coalesce(
        (
            select lower(occupies)
            from booking.allocation
            where resource_id = wanted.id
              and lower(occupies) <= wanted.since
              and active
            order by lower(occupies) desc
            limit 1
        ),
        wanted.since
    ) as starts
) as last
cross join lateral (
    select resource_id, occupies, kind, occupant_id
    from booking.allocation
    where resource_id = wanted.id
      and lower(occupies) >= last.starts
      and lower(occupies) < $3
      and upper(occupies) > wanted.since
      and active
    order by lower(occupies)
    limit $6
) as taken
left join booking.reservation
    on taken.kind = 'reservation'
   and reservation.id = taken.occupant_id
   and ($4 or reservation.owner_id = $5)
left join booking.blackout
    on taken.kind = 'blackout'
   and blackout.id = taken.occupant_id
order by taken.resource_id, starts
limit $6
"""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a schedule: what is somebody else's is told only to those who may read all."""

    id: int
    reads_all: bool


async def busy(
    database: Database, wanted: Sequence[tuple[int, datetime]], until: datetime, reader: Reader, limit: int
) -> list[Stretch]:
    """Answer what occupies each ``(resource id, since)`` between then and ``until``, by resource and start."""
    columns = _columns(wanted, 2)
    rows = await database.fetch(BUSY, *columns, until, reader.reads_all, reader.id, limit)
    return [Stretch(*row) for row in rows]


BUSY_RANGES = """
select lower(occupies) as starts, upper(occupies) as ends
from booking.allocation
where resource_id = $1
  and lower(occupies) >= coalesce(
      (
          select lower(occupies)
          from booking.allocation
          where resource_id = $1
            and lower(occupies) <= $2
            and active
          order by lower(occupies) desc
          limit 1
      ),
      $2
  )
  and lower(occupies) < $3
  and upper(occupies) > $2
  and active
order by starts
"""


async def busy_ranges(database: Database, resource_id: int, start: datetime, until: datetime) -> list[Range]:
    """Answer when a resource is occupied between two instants, in order."""
    return [(row[0], row[1]) for row in await database.fetch(BUSY_RANGES, resource_id, start, until)]


def _columns(rows: Sequence[tuple[object, ...]], width: int) -> list[list[object]]:
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(width)]
