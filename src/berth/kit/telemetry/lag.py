"""How far the spine is behind with what nothing holds up."""

from collections.abc import Sequence
from dataclasses import dataclass

from berth.kit.db import Connection


@dataclass(frozen=True, slots=True)
class Lag:
    """How far the spine is behind, in seconds: the oldest event to be handed on, and the oldest to be handled.

    An event that failed and those of its subject behind it do not count: they wait for its next try, which
    is no sign that the others are not handled.
    """

    outbox_seconds: float
    inbox_seconds: float


async def lag(connection: Connection, schemas: Sequence[str]) -> Lag:
    """Answer how far the spine is behind in the worst of these schemas."""
    ages = [await connection.fetchrow(_LAG.format(schema=schema)) for schema in schemas]
    return Lag(max((one["outbox"] for one in ages), default=0.0), max((one["inbox"] for one in ages), default=0.0))


_AGE = "coalesce(greatest(extract(epoch from now() - min({time})), 0), 0)::float8"

_HELD_UP = """
    (select group_name, subject, min(id) as id
    from {schema}.inbox
    where handled_at is null
      and attempts > 0
    group by group_name, subject)
"""

_SINCE = f"""
    select case when held_up.id <= one.id then null else one.occurred_at end as since
    from {{schema}}.inbox as one
    left join {_HELD_UP} as held_up
        on held_up.group_name = one.group_name
       and held_up.subject = one.subject
    where one.handled_at is null
    union all
    select handed_on_at
    from {{schema}}.parcel
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
