"""Finding entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from berth.kit.db import Database
from berth.modules.audit.domain.entry import Entry
from berth.modules.audit.store.entry import COLUMNS, entry


@dataclass(frozen=True, slots=True)
class EntryQuery:
    """What to look for; every member that is given must hold.

    ``kind`` is that of the subject, such as ``reservation``. ``start`` and ``end`` bound the time of the event,
    half-open. ``text`` is looked for in the event's data, whatever its case.
    """

    actor_id: int | None = None
    subject: str | None = None
    kind: str | None = None
    type: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    text: str | None = None


async def newest(database: Database, query: EntryQuery, *, before: int | None, limit: int) -> Sequence[Entry]:
    """Answer the newest entries that fit, of those before a sequence."""
    conditions, values = _conditions(query)
    rows = await database.fetch(
        f"""
        select {COLUMNS}
        from audit.entry
        where ($1::bigint is null or sequence < $1)
          {conditions}
        order by sequence desc
        limit $2
        """,
        before,
        limit,
        *values,
    )
    return [entry(row) for row in rows]


async def oldest(database: Database, query: EntryQuery, *, after: int, until: int, limit: int) -> Sequence[Entry]:
    """Answer the oldest entries that fit, of those after one sequence and up to another."""
    conditions, values = _conditions(query, first=4)
    rows = await database.fetch(
        f"""
        select {COLUMNS}
        from audit.entry
        where sequence > $1
          and sequence <= $2
          {conditions}
        order by sequence
        limit $3
        """,
        after,
        until,
        limit,
        *values,
    )
    return [entry(row) for row in rows]


async def last_sequence(database: Database) -> int:
    """Answer the sequence of the newest entry; 0 without any."""
    return int(await database.fetch_value("select sequence from audit.head"))


def _conditions(query: EntryQuery, first: int = 3) -> tuple[str, list[Any]]:
    """Answer the conditions of the members that are given: with all of them, PostgreSQL would use no index."""
    stated = [
        ("actor_id = ${}", query.actor_id),
        ("subject = ${}", query.subject),
        ("starts_with(subject, ${}::text || '/')", query.kind),
        ("type = ${}", query.type),
        ("occurred_at >= ${}", query.start),
        ("occurred_at < ${}", query.end),
        ("strpos(lower(data::text), lower(${})) > 0", query.text),
    ]
    given = [(condition, value) for condition, value in stated if value is not None]
    text = " ".join(f"and {condition.format(number)}" for number, (condition, _) in enumerate(given, first))
    return text, [value for _, value in given]
