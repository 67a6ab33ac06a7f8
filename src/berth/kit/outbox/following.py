"""The events of an outbox as an operator sees them: the latest, and new ones as they commit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from berth.kit.db import Connection, Row
from berth.kit.outbox.event import Envelope, envelope_of

GAPS_LOOKED_FOR = 1_000
"""How far back events may be under way whose numbers are lower than that of one that committed."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An event of an outbox; ``published_at`` is none while it waits to be handed on."""

    envelope: Envelope
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sought:
    """Which events to show; each member that is given must hold. In ``type`` and ``subject`` a ``*`` is any text."""

    type: str | None = None
    subject: str | None = None
    since: datetime | None = None

    def fits(self, envelope: Envelope) -> bool:
        """Tell whether an event is one of those."""
        return (
            _matches(self.type, envelope.type)
            and _matches(self.subject, envelope.subject)
            and (self.since is None or envelope.time >= self.since)
        )


async def latest(connection: Connection, schemas: Sequence[str], sought: Sought, limit: int) -> list[Seen]:
    """Answer the latest events that fit, the newest last."""
    found = [one for schema in schemas for one in await _latest(connection, schema, sought, limit)]
    return sorted(found, key=lambda one: (one.envelope.time, one.envelope.source, one.envelope.number))[-limit:]


async def _latest(connection: Connection, schema: str, sought: Sought, limit: int) -> list[Seen]:
    rows = await connection.fetch(
        f"""
        select id, type, subject, data::text, occurred_at, published_at, trace_parent, address
        from {schema}.outbox
        where ($1::text is null or type like $1)
          and ($2::text is null or subject like $2)
          and ($3::timestamptz is null or occurred_at >= $3)
        order by id desc
        limit $4
        """,
        _pattern(sought.type),
        _pattern(sought.subject),
        sought.since,
        limit,
    )
    return [_seen(schema, row) for row in rows]


@dataclass(slots=True)
class Place:
    """How far an outbox was read: up to a number, but for those missing below it that may still commit.

    ``missing`` has for each the transactions that may bear it: those below a number that still run.
    """

    schema: str
    number: int = 0
    missing: dict[int, int] = field(default_factory=dict)


async def end_of(connection: Connection, schema: str) -> Place:
    """Answer the place behind all that is there."""
    place = Place(schema)
    horizon = await connection.fetchval("select pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
    rows = await connection.fetch(
        f"""
        select id
        from {schema}.outbox
        order by id desc
        limit $1
        """,
        GAPS_LOOKED_FOR,
    )
    there = {row["id"] for row in rows}
    place.number = max(there, default=0)
    below = range(max(place.number - GAPS_LOOKED_FOR, 0) + 1, place.number)
    place.missing = {number: horizon + 1 for number in below if number not in there}
    return place


async def new(connection: Connection, place: Place, limit: int = 1_000) -> list[Seen]:
    """Answer what was committed behind the place, and go there.

    Numbers do not commit in order, so those that were passed over are looked for again until none of the
    transactions that ran then is left. ``connection`` must not be in a transaction.
    """
    # Asked for ahead of the rows: what ended before was all visible to the statement that reads them.
    snapshot = await connection.fetchrow(
        """
        select
            pg_snapshot_xmin(pg_current_snapshot())::text::bigint as oldest,
            pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next
        """
    )
    rows = await connection.fetch(
        f"""
        select id, type, subject, data::text, occurred_at, published_at, trace_parent, address
        from {place.schema}.outbox
        where id > $1
           or id = any($2::bigint[])
        order by id
        limit $3
        """,
        place.number,
        list(place.missing),
        limit,
    )
    there = {row["id"] for row in rows}
    top = max(there, default=place.number)
    kept = {
        number: horizon
        for number, horizon in place.missing.items()
        if number not in there and (horizon > snapshot["oldest"] or len(rows) == limit)
    }
    passed = range(place.number + 1, top)
    # A number is drawn a moment before its transaction has one of its own: one more is looked for.
    kept |= {number: snapshot["next"] + 1 for number in passed if number not in there}
    place.number, place.missing = max(place.number, top), kept
    return [_seen(place.schema, row) for row in rows]


def _matches(words: str | None, text: str) -> bool:
    return words is None or bool(re.fullmatch(".*".join(map(re.escape, words.split("*"))), text, re.DOTALL))


def _pattern(words: str | None) -> str | None:
    if words is None:
        return None
    for special in ("\\", "%", "_"):
        words = words.replace(special, f"\\{special}")
    return words.replace("*", "%")


def _seen(schema: str, row: Row) -> Seen:
    return Seen(envelope_of(row, schema, row["id"]), row["published_at"])
