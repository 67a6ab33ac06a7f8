"""Which permissions there are, for administrators."""

from dataclasses import dataclass
from datetime import datetime

from berth.kit.db import Database


@dataclass(frozen=True, slots=True)
class Filter:
    """Which permissions to list.

    ``start`` and ``end`` bound the time that they reach into; ``after`` is the cursor: when the last on the page
    before begins, its reservation and its request.
    """

    resource_id: int | None = None
    start: datetime | None = None
    end: datetime | None = None
    after: tuple[datetime, int, int] | None = None


async def listed(database: Database, which: Filter, limit: int) -> list[tuple[int, int]]:
    """Answer up to ``limit`` permissions that pass the filter, as reservation and request, by when they begin."""
    after = which.after or (None, None, None)
    rows = await database.fetch(
        """
        select reservation_id, request_id
        from access.permission
        where valid_from is not null
          and ($1::bigint is null or resource_ids @> array[$1::bigint])
          and ($2::timestamptz is null or valid_until > $2)
          and ($3::timestamptz is null or valid_from < $3)
          and ($4::timestamptz is null or (valid_from, reservation_id, request_id) > ($4, $5::bigint, $6::bigint))
        order by valid_from, reservation_id, request_id
        limit $7
        """,
        which.resource_id,
        which.start,
        which.end,
        *after,
        limit,
    )
    return [(row["reservation_id"], row["request_id"]) for row in rows]
