"""SQL that finds free and busy time.

No two active allocations of a resource overlap, so in the order of their starts they are also in that of
their ends. That is why the last one to start before an instant is the only one that may last beyond it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from berth.kit.db import Database

Range = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Time for which a resource is occupied, buffers included; the rest is told to those who may know it.

    ``reserved_start`` and ``reserved_end`` exclude the buffers; ``version`` is the reservation's.
    """

    resource_id: int
    start: datetime
    end: datetime
    kind: str
    occupant_id: int
    title: str | None
    owner_id: int | None
    state: str | None
    version: int | None
    reserved_start: datetime | None
    reserved_end: datetime | None
    reason: str | None


# The limit ends the probing at the last resource that is needed: a lateral join with a limit inside can only
# be done row by row, in the order of the list.
#
# Lists of a thousand numbers come as text, which the driver passes on as it is: it looks at each element
# of an array for longer than PostgreSQL takes to read it and probe its index.
FREE = """
select wanted.id
from (
    select
        id,
        $4::timestamptz + minutes_to_start * interval '1 minute' as starts,
        $5::timestamptz + minutes_to_end * interval '1 minute' as ends
    from unnest($1::text::bigint[], $2::text::int[], $3::text::int[]) as listed (id, minutes_to_start, minutes_to_end)
) as wanted
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
limit $6
"""


async def free(
    database: Database, wanted: Iterable[tuple[int, int, int]], start: datetime, end: datetime, most: int
) -> list[int]:
    """Answer the first ``most`` resources, in the order given, that are not occupied for as long as wanted.

    Each is a resource id and how many minutes after ``start`` and after ``end`` its time begins and ends.
    """
    return [row[0] for row in await database.fetch(FREE, *_columns(wanted, 3), start, end, most)]


# The last allocation to start by `earliest`, if there is one, is where the gaps are counted from; if there
# is none, the resource is free from `earliest` on. Only gaps that are long enough leave the database, and
# the limit ends the walk along the index at the first of them. (`offset 0` keeps the planner from asking
# for the last allocation wherever it is named.)
GAPS = """
select wanted.place, gap.starts, gap.ends
from (
    select
        id,
        place,
        $4::timestamptz + minutes_to_earliest * interval '1 minute' as earliest,
        minutes_needed * interval '1 minute' as needed
    from unnest($1::text::bigint[], $2::text::int[], $3::text::int[])
        with ordinality as listed (id, minutes_to_earliest, minutes_needed, place)
    offset 0
) as wanted
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
            select coalesce(min(lower(occupies)), $5) as starts
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
                lead(lower(occupies), 1, $5) over (order by lower(occupies)) as ends
            from booking.allocation
            where resource_id = wanted.id
              and lower(occupies) >= coalesce(last.starts, wanted.earliest)
              and lower(occupies) < $5
              and active
        ) as between_two
        where between_two.ends - greatest(between_two.starts, wanted.earliest) >= wanted.needed
    )
    limit $6
) as gap
"""


async def gaps(
    database: Database, wanted: Sequence[tuple[int, int, int]], since: datetime, until: datetime, most: int
) -> list[list[Range]]:
    """Answer, for each resource, its first ``most`` gaps that are long enough.

    Each is a resource id, how many minutes after ``since`` its gaps count, and how many minutes they must
    have. Gaps are in order, and end at ``until`` if nothing occupies the resource then.
    """
    found: list[list[Range]] = [[] for _ in wanted]
    for place, starts, ends in await database.fetch(GAPS, *_columns(wanted, 3), since, until, most):
        found[place - 1].append((starts, ends))
    return found


# Without rights on a reservation (`$4` false, and not the owner) its title and owner stay in the database. What a
# move holds until it is decided is its reservation's, to whoever looks at the calendar, and pending.
BUSY = """
select
    taken.resource_id,
    lower(taken.occupies) as starts,
    upper(taken.occupies) as ends,
    case taken.kind when 'move' then 'reservation' else taken.kind end as kind,
    coalesce(move.reservation_id, taken.occupant_id) as occupant_id,
    reservation.title,
    reservation.owner_id,
    case when reservation.id is not null and taken.kind = 'move' then 'pending' else reservation.state end as state,
    reservation.version,
    case when reservation.id is not null then coalesce(move.starts, reservation.starts) end as reserved_start,
    case when reservation.id is not null then coalesce(move.ends, reservation.ends) end as reserved_end,
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
left join booking.move
    on taken.kind = 'move'
   and move.id = taken.occupant_id
left join booking.reservation
    on taken.kind <> 'blackout'
   and reservation.id = coalesce(move.reservation_id, taken.occupant_id)
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
    ids, since = [one[0] for one in wanted], [one[1] for one in wanted]
    rows = await database.fetch(BUSY, ids, since, until, reader.reads_all, reader.id, limit)
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


def _columns(rows: Iterable[tuple[int, ...]], width: int) -> list[str]:
    """Answer the columns of some rows as PostgreSQL writes arrays."""
    columns: Iterable[tuple[int, ...]] = zip(*rows, strict=True)
    return ["{" + ",".join(map(str, column)) + "}" for column in columns] or ["{}"] * width
