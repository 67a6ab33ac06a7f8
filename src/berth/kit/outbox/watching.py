"""How much waits between events and those who listen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from berth.kit.db import Connection, Row

COUNT_MAX = 10_000
"""Counting ends here: more is as bad, and counting must not become a load itself."""


@dataclass(frozen=True, slots=True)
class GroupBacklog:
    """What a group has to do. ``failing`` of the ``waiting`` were tried; counts end at ``COUNT_MAX``.

    ``oldest_waiting_seconds`` is the age of the oldest event that waits, none if none does.
    """

    group: str
    waiting: int = 0
    oldest_waiting_seconds: float | None = None
    failing: int = 0
    dead: int = 0


@dataclass(frozen=True, slots=True)
class Backlog:
    """What a module has to hand on, and what its groups have to do; counts end at ``COUNT_MAX``."""

    schema: str
    unpublished: int
    oldest_unpublished_seconds: float | None
    groups: Sequence[GroupBacklog]


async def backlog(
    connection: Connection, schemas: Sequence[str], groups: Mapping[str, Sequence[str]] | None = None
) -> list[Backlog]:
    """Answer what waits in each schema.

    Groups for which nothing waits and nothing is dead are in it only if ``groups`` names them, by schema.
    """
    return [await _backlog(connection, schema, (groups or {}).get(schema, ())) for schema in schemas]


async def _backlog(connection: Connection, schema: str, named: Sequence[str]) -> Backlog:
    unpublished = await connection.fetchrow(
        f"""
        select
            count(*) as count,
            extract(epoch from clock_timestamp() - min(occurred_at))::float8 as oldest_seconds
        from (
            select occurred_at
            from {schema}.outbox
            where published_at is null
            order by id
            limit $1
        ) as event
        """,
        COUNT_MAX,
    )
    found = {name: GroupBacklog(name) for name in named}
    for row in await _waiting(connection, schema):
        found[row["group_name"]] = GroupBacklog(
            row["group_name"], row["count"], row["oldest_seconds"], row["failing"], dead=0
        )
    for row in await _in_parcels(connection, schema):
        one = found.get(row["group_name"], GroupBacklog(row["group_name"]))
        found[one.group] = replace(
            one,
            waiting=min(one.waiting + row["count"], COUNT_MAX),
            oldest_waiting_seconds=max(one.oldest_waiting_seconds or 0.0, row["oldest_seconds"]),
        )
    for row in await _dead(connection, schema):
        name = row["group_name"]
        found[name] = replace(found.get(name, GroupBacklog(name)), dead=row["count"])
    return Backlog(schema, unpublished["count"], unpublished["oldest_seconds"], [found[name] for name in sorted(found)])


async def _waiting(connection: Connection, schema: str) -> Sequence[Row]:
    """Count by group, going from name to name along the index of what waits."""
    rows: Sequence[Row] = await connection.fetch(
        f"""
        with recursive known (group_name) as (
            select min(group_name)
            from {schema}.inbox
            where handled_at is null
            union all
            select (
                select min(inbox.group_name)
                from {schema}.inbox
                where handled_at is null
                  and inbox.group_name > known.group_name
            )
            from known
            where known.group_name is not null
        )
        select
            known.group_name,
            count(*) as count,
            extract(epoch from clock_timestamp() - min(event.occurred_at))::float8 as oldest_seconds,
            count(*) filter (where event.attempts > 0) as failing
        from known
        cross join lateral (
            select occurred_at, attempts
            from {schema}.inbox
            where group_name = known.group_name
              and handled_at is null
            order by id
            limit $1
        ) as event
        group by known.group_name
        """,
        COUNT_MAX,
    )
    return rows


async def _in_parcels(connection: Connection, schema: str) -> Sequence[Row]:
    rows: Sequence[Row] = await connection.fetch(
        f"""
        select
            group_name,
            sum(cardinality(numbers))::bigint as count,
            extract(epoch from clock_timestamp() - min(handed_on_at))::float8 as oldest_seconds
        from (
            select group_name, numbers, handed_on_at
            from {schema}.parcel
            limit $1
        ) as parcel
        group by group_name
        """,
        COUNT_MAX,
    )
    return rows


async def _dead(connection: Connection, schema: str) -> Sequence[Row]:
    rows: Sequence[Row] = await connection.fetch(
        f"""
        select group_name, count(*) as count
        from (
            select group_name
            from {schema}.dead_letter
            limit $1
        ) as letter
        group by group_name
        """,
        COUNT_MAX,
    )
    return rows
