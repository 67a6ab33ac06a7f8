"""What operators see of events: the latest, new ones as they commit, and how much waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from berth.kit.db import Connection, Row
from berth.kit.outbox.event import Envelope

COUNT_MAX = 10_000
"""Counting ends here: more is as bad, and counting must not become a load itself."""

GAPS_LOOKED_FOR = 1_000
"""How far back events may be under way whose numbers are lower than that of one that committed."""


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
    if there:
        place.number = max(there)
        place.missing = {number: horizon + 1 for number in range(min(there), place.number) if number not in there}
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


def _pattern(words: str | None) -> str | None:
    if words is None:
        return None
    for special in ("\\", "%", "_"):
        words = words.replace(special, f"\\{special}")
    return words.replace("*", "%")


def _seen(schema: str, row: Row) -> Seen:
    envelope = Envelope(
        source=schema,
        number=row["id"],
        type=row["type"],
        subject=row["subject"],
        time=row["occurred_at"],
        data=row["data"],
        trace_parent=row["trace_parent"],
        address=row["address"],
    )
    return Seen(envelope, row["published_at"])
