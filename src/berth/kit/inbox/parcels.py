"""Parcels in SQL: many events of an outbox of the same database, handed on in one row."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from berth.kit.db import Connection, Database
from berth.kit.outbox.event import Envelope

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
    """What waits for a group: whether something does in its inbox, and its oldest parcel."""

    in_inbox: bool
    parcel: Parcel | None


async def look(database: Database, schema: str, group: str, without_subjects: Iterable[str]) -> Found:
    """Answer what waits for a group, events of some subjects in its inbox left out: all as of one moment."""
    [row] = await database.fetch(
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
            limit 1
        ) as parcel
          on true
        """,
        group,
        list(without_subjects),
    )
    return Found(row["in_inbox"], Parcel(row["id"], row["source"], row["numbers"]) if row["id"] else None)


async def take(connection: Connection, schema: str, group: str, id_: int) -> bool:
    """Delete a parcel, in the transaction that handles it; false if somebody else did."""
    tag: str = await connection.execute(f"delete from {schema}.parcel where group_name = $1 and id = $2", group, id_)
    return tag == "DELETE 1"


async def oldest(database: Database, schemas: Iterable[str], source: str) -> datetime | None:
    """Answer when the oldest parcel of a source's events was handed on that is still to be handled."""
    each = " union all ".join(
        f"select min(handed_on_at) as handed_on_at from {schema}.parcel where source = $1" for schema in schemas
    )
    found: datetime | None = None
    if each:
        found = await database.fetch_value(f"select min(handed_on_at) from ({each}) as parcels", source)
    return found
