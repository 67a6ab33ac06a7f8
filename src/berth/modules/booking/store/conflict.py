"""What stands in the way of a reservation, and which resources are free."""

from collections.abc import Sequence
from datetime import datetime

from berth.kit.db import Database
from berth.modules.booking.domain.reservation import Busy, Occupied

# The one-number range is written as in the constraint, so that its index answers. What a move holds until it is
# decided is a reservation to who finds it in the way.
BUSY = """
select
    resource_id,
    lower(occupies) as starts,
    upper(occupies) as ends,
    case kind when 'move' then 'reservation' else kind end as kind
from unnest($1::bigint[]) as wanted (id)
join booking.allocation
    on int8range(resource_id, resource_id, '[]') = int8range(wanted.id, wanted.id, '[]')
where active
  and occupies && tstzrange($2, $3)
  and occupant_id is distinct from $4
order by starts, resource_id
limit $5
"""


async def busy(
    database: Database,
    resource_ids: Sequence[int],
    start: datetime,
    end: datetime,
    *,
    ignoring: int | None = None,
    limit: int | None = None,
) -> list[Busy]:
    """Answer what else than ``ignoring`` occupies these resources, earliest first; all of it without a limit."""
    rows = await database.fetch(BUSY, resource_ids, start, end, ignoring, limit)
    return [Busy(row["resource_id"], row["starts"], row["ends"], row["kind"]) for row in rows]


FREE = """
select wanted.resource_id
from unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[]) as wanted (resource_id, starts, ends)
where not exists (
    select
    from booking.allocation
    where int8range(allocation.resource_id, allocation.resource_id, '[]')
        = int8range(wanted.resource_id, wanted.resource_id, '[]')
      and allocation.occupies && tstzrange(wanted.starts, wanted.ends)
      and allocation.active
)
"""


async def free(database: Database, wanted: Sequence[Occupied]) -> set[int]:
    """Answer which of the resources are free for the stretch wanted of each."""
    rows = await database.fetch(
        FREE, [one.resource_id for one in wanted], [one.start for one in wanted], [one.end for one in wanted]
    )
    return {row["resource_id"] for row in rows}
