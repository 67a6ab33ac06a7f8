"""What the spine has waiting, in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from berth.kit.db import Connection


@dataclass(frozen=True, slots=True)
class OutboxBacklog:
    """The events of a schema that are still to be handed on; ``lag_seconds`` is the age of the oldest."""

    schema: str
    unpublished: int
    lag_seconds: float


@dataclass(frozen=True, slots=True)
class GroupBacklog:
    """What a group is still to handle: ``failing`` of those ``waiting`` have failed before.

    ``lag_seconds`` is the age of the oldest event that nothing holds up: neither its own failures nor an
    earlier event of its subject that fails.
    """

    schema: str
    group: str
    waiting: int
    failing: int
    dead: int
    lag_seconds: float


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits in all schemas asked for; a group with nothing to tell may be left out."""

    outboxes: Sequence[OutboxBacklog]
    groups: Sequence[GroupBacklog]


@dataclass(frozen=True, slots=True)
class Lag:
    """How far the spine is behind, in seconds: the oldest event to be handed on, and the oldest to be handled."""

    outbox_seconds: float
    inbox_seconds: float


async def backlog(connection: Connection, schemas: Sequence[str]) -> Backlog:
    """Count what waits in each of these schemas."""
    outboxes, groups = [], []
    for schema in schemas:
        outboxes.append(OutboxBacklog(schema, *await connection.fetchrow(_UNPUBLISHED.format(schema=schema))))
        groups += [GroupBacklog(schema, *row) for row in await connection.fetch(_WAITING.format(schema=schema))]
    return Backlog(outboxes, groups)


async def lag(connection: Connection, schemas: Sequence[str]) -> Lag:
    """Answer how far the spine is behind in the worst of these schemas."""
    ages = [await connection.fetchrow(_LAG.format(schema=schema)) for schema in schemas]
    return Lag(max((one["outbox"] for one in ages), default=0.0), max((one["inbox"] for one in ages), default=0.0))


_AGE = "coalesce(greatest(extract(epoch from now() - min({time})), 0), 0)::float8"

_UNPUBLISHED = f"""
    select count(*), {_AGE.format(time="occurred_at")}
    from {{schema}}.outbox
    where published_at is null
"""

_HELD_UP = """
    (select group_name, subject, min(id) as id
    from {schema}.inbox
    where handled_at is null
      and attempts > 0
    group by group_name, subject)
"""

_SINCE = f"""
    select
        one.group_name,
        1 as events,
        (one.attempts > 0)::int as failing,
        case when held_up.id <= one.id then null else one.occurred_at end as since
    from {{schema}}.inbox as one
    left join {_HELD_UP} as held_up
        on held_up.group_name = one.group_name
       and held_up.subject = one.subject
    where one.handled_at is null
    union all
    select group_name, cardinality(numbers), 0, handed_on_at
    from {{schema}}.parcel
"""

_WAITING = f"""
    with waiting as ({_SINCE}),
    counted as (
        select group_name, sum(events) as waiting, sum(failing) as failing, {_AGE.format(time="since")} as lag
        from waiting
        group by group_name
    ),
    dead as (
        select group_name, count(*) as dead
        from {{schema}}.dead_letter
        group by group_name
    )
    select group_name, coalesce(waiting, 0), coalesce(failing, 0), coalesce(dead, 0), coalesce(lag, 0)
    from counted
    full join dead
        using (group_name)
    order by group_name
"""

_LAG = f"""
    select
        (
            select {_AGE.format(time="occurred_at")}
            from {{schema}}.outbox
            where published_at is null
        ) as outbox,
        (
            select {_AGE.format(time="since")}
            from ({_SINCE}) as waiting
        ) as inbox
"""
