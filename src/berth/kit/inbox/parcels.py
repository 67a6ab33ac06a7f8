"""Parcels in SQL: many events of an outbox of the same database, handed on in one row."""

import itertools
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from berth.kit.db import Connection, Database
from berth.kit.outbox.event import Envelope

AT_ONCE_MAX = 50
"""While events trickle in, parcels are small; who is behind opens many in one transaction."""

Load = Callable[[str, Sequence[int]], Awaitable[Sequence[Envelope]]]
"""Answers the events of a source with these numbers, in their order."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """The numbers of events that a group is to handle together."""

    id: int
    source: str
    numbers: Sequence[int]


@dataclass(frozen=True, slots=True)
class Found:
    """What waits for a group: whether something does in its inbox, and its oldest parcels."""

    in_inbox: bool
    parcels: Sequence[Parcel]


async def look(database: Database, schema: str, group: str, without_subjects: Iterable[str]) -> Found:
    """Answer what waits for a group, events of some subjects in its inbox left out: all as of one moment."""
    rows = await database.fetch(
        f"""
        select
            exists (
                select
                from {schema}.inbox
                where group_name = $1
                  and handled_at is null
                  and subject <> all($2::text[])
            ) as in_inbox,
            parcel.id,
            parcel.source,
            parcel.numbers
        from (values (1)) as always
        left join lateral (
            select id, source, numbers
            from {schema}.parcel
            where group_name = $1
            order by id
            limit {AT_ONCE_MAX}
        ) as parcel
          on true
        order by parcel.id
        """,
        group,
        list(without_subjects),
    )
    found = [Parcel(row["id"], row["source"], row["numbers"]) for row in rows if row["id"]]
    return Found(rows[0]["in_inbox"], found)


def together(parcels: Sequence[Parcel], events_max: int) -> Sequence[Parcel]:
    """Answer the first of these parcels, as many as hold no more events than so many; at least one."""
    counts = itertools.accumulate(len(one.numbers) for one in parcels)
    return parcels[: max(sum(count <= events_max for count in counts), 1)]


async def take(connection: Connection, schema: str, group: str, taken: Sequence[Parcel]) -> bool:
    """Delete parcels, in the transaction that handles them; false if somebody else did delete one of them."""
    tag: str = await connection.execute(
        f"delete from {schema}.parcel where group_name = $1 and id = any($2::bigint[])",
        group,
        [one.id for one in taken],
    )
    return tag == f"DELETE {len(taken)}"


async def oldest(database: Database, schemas: Iterable[str], source: str) -> datetime | None:
    """Answer when the oldest parcel of a source's events was handed on that is still to be handled."""
    each = " union all ".join(
        f"select min(handed_on_at) as handed_on_at from {schema}.parcel where source = $1" for schema in schemas
    )
    found: datetime | None = None
    if each:
        found = await database.fetch_value(f"select min(handed_on_at) from ({each}) as parcels", source)
    return found
