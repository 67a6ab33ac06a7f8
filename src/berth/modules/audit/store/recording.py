"""Appending entries."""

from collections.abc import Sequence
from datetime import datetime

from berth.kit.db import Connection
from berth.modules.audit.domain.entry import Entry, Head


async def lock_head(connection: Connection) -> tuple[Head, datetime]:
    """Answer the end of the chain and the present; nobody else appends until the transaction ends."""
    row = await connection.fetchrow("select sequence, hash, clock_timestamp() as present from audit.head for update")
    return Head(row["sequence"], row["hash"]), row["present"]


async def append(connection: Connection, entries: Sequence[Entry]) -> None:
    """Write entries, of which the last is the new head."""
    await connection.execute(
        """
        with moved as (
            update audit.head
            set sequence = $1, hash = $2
        )
        insert into audit.entry
            (sequence, event, type, subject, actor_id, occurred_at, recorded_at, address, trace_id, data,
             previous_hash, hash)
        select
            sequence, event, type, subject, actor_id, occurred_at, $10, address, trace_id, data::json,
            previous_hash, hash
        from unnest(
            $3::bigint[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::timestamptz[], $9::text[],
            $11::text[], $12::text[], $13::bytea[], $14::bytea[]
        ) as one (sequence, event, type, subject, actor_id, occurred_at, address, trace_id, data, previous_hash, hash)
        """,
        entries[-1].sequence,
        entries[-1].hash,
        [one.sequence for one in entries],
        [one.event for one in entries],
        [one.type for one in entries],
        [one.subject for one in entries],
        [one.actor_id for one in entries],
        [one.occurred_at for one in entries],
        [one.address for one in entries],
        entries[-1].recorded_at,
        [one.trace_id for one in entries],
        [one.data for one in entries],
        [one.previous_hash for one in entries],
        [one.hash for one in entries],
    )
