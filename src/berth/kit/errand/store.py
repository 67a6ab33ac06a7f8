"""The errands of a module as rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from berth.kit.db import Connection, Database
from berth.kit.origin import Origin


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to do. ``attempts`` is how often it was tried before."""

    key: str
    number: int
    name: str
    data: Mapping[str, Any]
    attempts: int
    origin: Origin | None


async def due(database: Database, schema: str, now: datetime, under_way: Sequence[str], limit: int) -> list[Errand]:
    """Answer the errands that are due, without those under way, the longest waiting first."""
    rows = await database.fetch(
        f"""
        select key, number, name, data, attempts, trace_parent, address
        from {schema}.errand
        where given_up_at is null
          and due_at <= $1
          and key <> all($2::text[])
        order by due_at, number
        limit $3
        """,
        now,
        under_way,
        limit,
    )
    return [
        Errand(
            row["key"],
            row["number"],
            row["name"],
            orjson.loads(row["data"]),
            row["attempts"],
            Origin(row["trace_parent"], row["address"]) if row["trace_parent"] else None,
        )
        for row in rows
    ]


async def next_due(database: Database, schema: str, under_way: Sequence[str]) -> datetime | None:
    """Answer when the next errand that is not under way falls due, if there is one."""
    found: datetime | None = await database.fetch_value(
        f"select min(due_at) from {schema}.errand where given_up_at is null and key <> all($1::text[])", under_way
    )
    return found


async def done(connection: Connection, schema: str, errand: Errand) -> None:
    """Forget the errand, unless another of its key was asked for meanwhile."""
    await connection.execute(f"delete from {schema}.errand where key = $1 and number = $2", errand.key, errand.number)


async def failed(
    database: Database, schema: str, errand: Errand, *, due_at: datetime, error: str, given_up_at: datetime | None
) -> None:
    """Note a failed try: when the next one is due, or that there is none."""
    await database.execute(
        f"""
        update {schema}.errand
        set attempts = $3,
            due_at = $4,
            error = $5,
            given_up_at = $6
        where key = $1
          and number = $2
        """,
        errand.key,
        errand.number,
        errand.attempts + 1,
        due_at,
        error,
        given_up_at,
    )
