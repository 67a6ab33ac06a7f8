"""Events that kept failing: listed, put back, and dropped by an operator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from berth.kit.db import Connection, announce
from berth.kit.outbox.event import Envelope, envelope_of

INBOX_CHANNEL = "berth_inbox"
"""Where the workers of a schema, which is the payload, are told that something waits."""

EventName = tuple[str, int]
"""The source and the number of an event."""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An event that a group could not handle, in the schema of the group's module."""

    schema: str
    group: str
    envelope: Envelope
    attempts: int
    error: str
    died_at: datetime


async def dead_letters(connection: Connection, schema: str, limit: int | None = None) -> list[DeadLetter]:
    """Answer the dead letters of all groups of a module, the latest first; no ``limit`` means all of them."""
    rows = await connection.fetch(
        f"""
        select
            group_name, source, number, type, subject, data::text, occurred_at, trace_parent, address, attempts, error,
            died_at
        from {schema}.dead_letter
        order by died_at desc, id desc
        limit $1
        """,
        limit,
    )
    return [
        DeadLetter(
            schema=schema,
            group=row["group_name"],
            envelope=envelope_of(row, row["source"], row["number"]),
            attempts=row["attempts"],
            error=row["error"],
            died_at=row["died_at"],
        )
        for row in rows
    ]


async def replay(
    connection: Connection, schema: str, group: str, events: Sequence[EventName] | None = None
) -> list[EventName]:
    """Let a group handle dead letters again, or all of its; answer which ones were there.

    Their rows of the inbox wait again, and are made anew if they were forgotten meanwhile. The caller's
    transaction holds it all; the workers hear of it at its commit.
    """
    rows = await connection.fetch(
        f"""
        with letter as (
            delete from {schema}.dead_letter
            where group_name = $1
              and (
                  $2::text[] is null
                  or (source, number) in (
                      select named.source, named.number
                      from unnest($2::text[], $3::bigint[]) as named (source, number)
                  )
              )
            returning id, group_name, source, number, type, subject, data, occurred_at, trace_parent, address
        )
        insert into {schema}.inbox
            (group_name, source, number, type, subject, data, occurred_at, trace_parent, address)
        select group_name, source, number, type, subject, data, occurred_at, trace_parent, address
        from letter
        order by id
        on conflict on constraint inbox_once do update
            set attempts = 0,
                due_at = null,
                handled_at = null
        returning source, number
        """,
        group,
        *_columns(events),
    )
    if rows:
        await announce(connection, INBOX_CHANNEL, schema)
    return sorted((row["source"], row["number"]) for row in rows)


async def drop(
    connection: Connection, schema: str, group: str, events: Sequence[EventName] | None = None
) -> list[EventName]:
    """Delete dead letters of a group, or all of its; answer which ones were there."""
    rows = await connection.fetch(
        f"""
        delete from {schema}.dead_letter
        where group_name = $1
          and (
              $2::text[] is null
              or (source, number) in (
                  select named.source, named.number
                  from unnest($2::text[], $3::bigint[]) as named (source, number)
              )
          )
        returning source, number
        """,
        group,
        *_columns(events),
    )
    return sorted((row["source"], row["number"]) for row in rows)


def _columns(events: Sequence[EventName] | None) -> tuple[list[str] | None, list[int] | None]:
    if events is None:
        return None, None
    return [source for source, _ in events], [number for _, number in events]
