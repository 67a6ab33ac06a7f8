"""Performances in SQL, with their seats and areas as they are made."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import orjson

from berth.kit.db import Connection, Database, Row
from berth.modules.seating.domain.performance import Counts, Performance, PerformanceState, Plan
from berth.modules.seating.domain.seat_map.value import Area

PLAN = """
    name, description, starts, ends, sales_start, sales_end, currency, prices, seats_per_person, hold_minutes,
    no_single_seats, free_until_hours, kept_percent, admitted_max
"""
COLUMNS = f"""
    id, version, venue_id, map_version, resource_id, timezone, state, cancel_reason, created_by, created_at,
    (select venue.name from seating.venue where venue.id = venue_id) as venue,
    {PLAN.replace("prices", "prices::text as prices")}
"""


def _read(row: Row) -> Performance:
    return Performance(
        id=row["id"],
        version=row["version"],
        venue_id=row["venue_id"],
        venue=row["venue"],
        map_version=row["map_version"],
        resource_id=row["resource_id"],
        timezone=row["timezone"],
        plan=Plan(
            name=row["name"],
            description=row["description"],
            start=row["starts"],
            end=row["ends"],
            sales_start=row["sales_start"],
            sales_end=row["sales_end"],
            currency=row["currency"],
            prices=orjson.loads(row["prices"]),
            seats_per_person=row["seats_per_person"],
            hold_minutes=row["hold_minutes"],
            no_single_seats=row["no_single_seats"],
            free_until_hours=row["free_until_hours"],
            kept_percent=row["kept_percent"],
            admitted_max=row["admitted_max"],
        ),
        state=PerformanceState(row["state"]),
        cancel_reason=row["cancel_reason"],
        created_by=row["created_by"],
        created_at=row["created_at"],
    )


def _written(plan: Plan) -> tuple[object, ...]:
    return (
        plan.name,
        plan.description,
        plan.start,
        plan.end,
        plan.sales_start,
        plan.sales_end,
        plan.currency,
        orjson.dumps(dict(plan.prices)).decode(),
        plan.seats_per_person,
        plan.hold_minutes,
        plan.no_single_seats,
        plan.free_until_hours,
        plan.kept_percent,
        plan.admitted_max,
    )


async def add(
    connection: Connection,
    plan: Plan,
    *,
    venue_id: int,
    map_version: int,
    resource_id: int,
    timezone: str,
    actor_id: int,
    now: datetime,
) -> Performance:
    """Keep a performance that is opening; it has no seats yet."""
    return _read(
        await connection.fetchrow(
            f"""
            insert into seating.performance (
                {PLAN}, venue_id, map_version, resource_id, timezone, created_by, created_at, state
            )
            values (
                $1, $2, $3, $4, $5, $6, $7, $8::text::jsonb, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
                'opening'
            )
            returning {COLUMNS}
            """,
            *_written(plan),
            venue_id,
            map_version,
            resource_id,
            timezone,
            actor_id,
            now,
        )
    )


async def furnish(connection: Connection, id_: int, seat_count: int, areas: Iterable[Area]) -> None:
    """Make all seats and areas of a performance, free."""
    await connection.execute(
        """
        insert into seating.seat (performance_id, place)
        select $1, place
        from generate_series(0, $2 - 1) as place
        """,
        id_,
        seat_count,
    )
    listed = list(areas)
    await connection.execute(
        """
        insert into seating.area (performance_id, key, capacity)
        select $1, key, capacity
        from unnest($2::text[], $3::integer[]) as area (key, capacity)
        """,
        id_,
        [one.key for one in listed],
        [one.capacity for one in listed],
    )


async def save(connection: Connection, one: Performance) -> None:
    """Keep a changed performance as its next version."""
    await connection.execute(
        f"""
        update seating.performance
        set ({PLAN}) = (
                $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb, $10, $11, $12, $13, $14, $15
            ),
            state = $16,
            cancel_reason = $17,
            version = version + 1
        where id = $1
        """,
        one.id,
        *_written(one.plan),
        one.state,
        one.cancel_reason,
    )


async def discard(connection: Connection, id_: int) -> None:
    """Delete a performance that never opened, with its seats."""
    for table in ("seat", "area"):
        await connection.execute(f"delete from seating.{table} where performance_id = $1", id_)
    await connection.execute("delete from seating.performance where id = $1 and state = 'opening'", id_)


ONE = f"""
select {COLUMNS}
from seating.performance
where id = $1
"""


async def find(database: Database | Connection, id_: int) -> Performance | None:
    """Answer a performance."""
    rows = await database.fetch(ONE, id_)
    return _read(rows[0]) if rows else None


async def lock(connection: Connection, id_: int) -> Performance | None:
    """Answer a performance; nobody else changes it until the transaction ends."""
    row = await connection.fetchrow(f"{ONE} for no key update", id_)
    return row and _read(row)


async def listed(
    database: Database,
    *,
    venue_id: int | None,
    since: datetime | None,
    until: datetime | None,
    after: tuple[datetime, int] | None,
    limit: int,
) -> Sequence[Performance]:
    """Answer performances by start and id: those not over by ``since`` that begin before ``until``."""
    rows = await database.fetch(
        f"""
        select {COLUMNS}
        from seating.performance
        where state <> 'opening'
          and ($1::bigint is null or venue_id = $1)
          and ($2::timestamptz is null or ends > $2)
          and ($3::timestamptz is null or starts < $3)
          and ($4::timestamptz is null or (starts, id) > ($4, $5))
        order by starts, id
        limit $6
        """,
        venue_id,
        since,
        until,
        *(after or (None, None)),
        limit,
    )
    return [_read(row) for row in rows]


async def counts(database: Database, ids: Sequence[int]) -> dict[int, Counts]:
    """Answer how many people's places of these performances are in which state."""
    rows = await database.fetch(
        """
        select performance_id, state, sum(places) as places
        from (
            select performance_id, state, count(*) as places
            from seating.seat
            where performance_id = any($1::bigint[])
            group by performance_id, state
            union all
            select performance_id, 'free', sum(capacity - taken)
            from seating.area
            where performance_id = any($1::bigint[])
            group by performance_id
            union all
            select performance_id, case state when 'active' then 'held' end, sum(people.count)
            from seating.seat_hold
            cross join lateral (select sum(value::integer) as count from jsonb_each_text(areas)) as people
            where performance_id = any($1::bigint[])
              and state = 'active'
            group by performance_id, state
            union all
            select performance_id, case state when 'paid' then 'sold' else 'held' end, sum(people.count)
            from seating.seat_order
            cross join lateral (select sum(value::integer) as count from jsonb_each_text(areas)) as people
            where performance_id = any($1::bigint[])
              and state <> 'cancelled'
            group by performance_id, state
        ) as counted
        group by performance_id, state
        """,
        ids,
    )
    found: dict[int, dict[str, int]] = {id_: {} for id_ in ids}
    for row in rows:
        found[row["performance_id"]][row["state"]] = int(row["places"] or 0)
    return {id_: Counts(**states) for id_, states in found.items()}
