"""How fast Berth finds free and busy time over HTTP, beside the best plain SQL for the same question.

Three questions on a calendar of 10,000 and of 1,000,000 reservations: which resources are free in a
window, where two hours can be had soonest within a week, and the day's schedule of fifty resources. The
SQL answers with the same facts from Berth's own tables and indexes, through the same driver, and neither
checks who asks nor shapes an answer; both forms that we know of are tried, and the ratio is to the
faster. Each number is the median of many requests, one at a time.
"""

import asyncio
import statistics
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import asyncpg

from bench.berth_server import Server, berth_server
from bench.dataset import load
from bench.load import get_ms

RESOURCES = 1000
SIZES = (10_000, 1_000_000)
ROUNDS = 60
SCHEDULED = 50
MINUTES = 120

# Free in a window: the search by the exclusion constraint's own index.
SEARCH_BY_CONSTRAINT = """
select resource.*
from catalog.resource
where not exists (
    select
    from booking.allocation
    where int8range(allocation.resource_id, allocation.resource_id, '[]')
        = int8range(resource.id, resource.id, '[]')
      and occupies && tstzrange($1, $2)
      and active
)
and retired_at is null
order by name, id
limit 50
"""

SEARCH_BY_START = """
select resource.*
from catalog.resource
left join lateral (
    select upper(occupies) as busy_until
    from booking.allocation
    where resource_id = resource.id
      and lower(occupies) < $2
      and active
    order by lower(occupies) desc
    limit 1
) as last on true
where retired_at is null
  and (busy_until is null or busy_until <= $1)
order by name, id
limit 50
"""

# The soonest gaps of a week: all that is busy in it, and the time between.
FREE_BY_WINDOW = """
with busy as (
    select resource_id, lower(occupies) as starts, upper(occupies) as ends
    from booking.allocation
    where occupies && tstzrange($1, $2)
      and active
),
gap as (
    select
        resource_id,
        lag(ends, 1, $1) over (partition by resource_id order by starts) as starts,
        starts as ends
    from busy
    union all
    select resource.id, coalesce(max(busy.ends), $1), $2
    from catalog.resource
    left join busy on busy.resource_id = resource.id
    where retired_at is null
    group by resource.id
)
select resource.*, soonest.starts
from (
    select resource_id, min(starts) as starts
    from gap
    where ends - starts >= $3
    group by resource_id
) as soonest
join catalog.resource on resource.id = soonest.resource_id
order by soonest.starts, capacity, name, id
limit 50
"""

FREE_BY_START = """
select resource.*, soonest.starts
from catalog.resource
cross join lateral (
    select greatest(gap.starts, $1) as starts
    from (
        select upper(occupies) as starts, lead(lower(occupies), 1, $2) over (order by lower(occupies)) as ends
        from booking.allocation
        where resource_id = resource.id
          and lower(occupies) < $2
          and active
          and lower(occupies) >= (
              select max(lower(occupies))
              from booking.allocation
              where resource_id = resource.id
                and lower(occupies) <= $1
                and active
          )
    ) as gap
    where gap.ends - greatest(gap.starts, $1) >= $3
    limit 1
) as soonest
where retired_at is null
order by soonest.starts, capacity, name, id
limit 50
"""

SCHEDULE_BY_CONSTRAINT = """
select
    allocation.resource_id,
    lower(occupies) as starts,
    upper(occupies) as ends,
    allocation.kind,
    occupant_id,
    reservation.title,
    reservation.owner_id,
    owner.name,
    blackout.reason
from unnest($1::bigint[]) as wanted (id)
join booking.allocation
    on int8range(allocation.resource_id, allocation.resource_id, '[]') = int8range(wanted.id, wanted.id, '[]')
left join booking.reservation
    on allocation.kind = 'reservation'
   and reservation.id = occupant_id
left join identity.person as owner
    on owner.id = reservation.owner_id
left join booking.blackout
    on allocation.kind = 'blackout'
   and blackout.id = occupant_id
where occupies && tstzrange($2, $3)
  and allocation.active
order by allocation.resource_id, starts
"""

SCHEDULE_BY_START = """
select
    allocation.resource_id,
    lower(occupies) as starts,
    upper(occupies) as ends,
    allocation.kind,
    occupant_id,
    reservation.title,
    reservation.owner_id,
    owner.name,
    blackout.reason
from unnest($1::bigint[]) as wanted (id)
join booking.allocation
    on allocation.resource_id = wanted.id
   and lower(occupies) >= $2::timestamptz - interval '1 day'
   and lower(occupies) < $3
   and upper(occupies) > $2
   and allocation.active
left join booking.reservation
    on allocation.kind = 'reservation'
   and reservation.id = occupant_id
left join identity.person as owner
    on owner.id = reservation.owner_id
left join booking.blackout
    on allocation.kind = 'blackout'
   and blackout.id = occupant_id
order by allocation.resource_id, starts
"""


@dataclass(frozen=True)
class Question:
    """One question: over HTTP, and in SQL by whichever statement is the faster."""

    name: str
    path: str
    params: dict[str, Any]
    statements: tuple[str, ...]
    values: tuple[Any, ...]


def questions(ids: list[int]) -> list[Question]:
    """Answer the questions about the calendar of these resources, all about tomorrow."""
    day = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    nine = day + timedelta(hours=9)
    window, week = (nine, nine + timedelta(minutes=MINUTES)), (nine, nine + timedelta(days=7))
    some = ids[:: len(ids) // SCHEDULED][:SCHEDULED]
    return [
        Question(
            "search by window",
            "/api/v1/resources/search",
            {"available_from": _text(window[0]), "available_until": _text(window[1])},
            (SEARCH_BY_CONSTRAINT, SEARCH_BY_START),
            window,
        ),
        Question(
            "free within a week",
            "/api/v1/free",
            {"minutes": MINUTES, "from": _text(week[0]), "until": _text(week[1])},
            (FREE_BY_WINDOW, FREE_BY_START),
            (*week, timedelta(minutes=MINUTES)),
        ),
        Question(
            "a day of 50 schedules",
            "/api/v1/schedule",
            {
                "resource_ids": ",".join(map(str, some)),
                "from": _text(day),
                "until": _text(day + timedelta(days=1)),
            },
            (SCHEDULE_BY_CONSTRAINT, SCHEDULE_BY_START),
            (some, day, day + timedelta(days=1)),
        ),
    ]


def _text(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


async def statement_ms(connection: Any, sql: str, values: tuple[Any, ...]) -> float:
    """Answer the median time of a statement, once it has been asked a few times."""
    taken = []
    for _ in range(10 + ROUNDS):
        began = time.perf_counter()
        await connection.fetch(sql, *values)
        taken.append(time.perf_counter() - began)
    return 1000 * statistics.median(taken[10:])


async def measure(server: Server, reservations: int) -> list[tuple[str, list[float], float]]:
    """Answer each question's name, the times of its statements and the time over HTTP, in milliseconds."""
    ids = await load(server.database_url, RESOURCES, reservations)
    connection = await asyncpg.connect(server.database_url, server_settings={"timezone": "UTC"})
    found = []
    for question in questions(ids):
        in_sql = [await statement_ms(connection, one, question.values) for one in question.statements]
        over_http = await get_ms(server.port, f"{question.path}?{urlencode(question.params)}", server.token)
        found.append((question.name, in_sql, over_http))
    await connection.close()
    return found


def run() -> None:
    """Measure each size on a Berth of its own, and print the table."""
    print(f"{'question':24}{'reservations':>14}{'SQL ms':>18}{'HTTP ms':>10}{'ratio':>8}")
    for size in SIZES:
        with berth_server() as server:
            for name, in_sql, over_http in asyncio.run(measure(server, size)):
                statements = " / ".join(f"{one:.1f}" for one in in_sql)
                print(f"{name:24}{size:>14,}{statements:>18}{over_http:>10.1f}{over_http / min(in_sql):>8.2f}")


if __name__ == "__main__":
    run()
