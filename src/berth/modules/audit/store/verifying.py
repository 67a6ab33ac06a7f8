"""Reading the whole chain."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from berth.kit.db import Connection
from berth.modules.audit.domain.entry import Entry, Head
from berth.modules.audit.store.entry import COLUMNS, entry

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The last entry that was removed for its age, and when."""

    head: Head
    removed_at: datetime


async def head(connection: Connection) -> Head:
    """Answer the head that is kept beside the entries; that of an empty chain if its row is gone."""
    row = await connection.fetchrow("select sequence, hash from audit.head")
    return Head(row["sequence"], row["hash"]) if row else Head(0, bytes(32))


async def checkpoint(connection: Connection) -> Checkpoint | None:
    """Answer the newest checkpoint, behind which the chain begins."""
    row = await connection.fetchrow(
        """
        select sequence, hash, removed_at
        from audit.checkpoint
        order by sequence desc
        limit 1
        """
    )
    return Checkpoint(Head(row["sequence"], row["hash"]), row["removed_at"]) if row else None


async def chunks(connection: Connection) -> AsyncIterator[Sequence[Entry]]:
    """Answer all entries in their order, some at a time."""
    after = None
    while True:
        rows = await connection.fetch(
            f"""
            select {COLUMNS}
            from audit.entry
            where $1::bigint is null or sequence > $1
            order by sequence
            limit $2
            """,
            after,
            CHUNK,
        )
        if not rows:
            return
        yield [entry(row) for row in rows]
        after = rows[-1]["sequence"]
