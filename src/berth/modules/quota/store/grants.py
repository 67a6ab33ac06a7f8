"""Grants in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from berth.kit.db import Connection, Database
from berth.modules.quota.domain.ledger import Slot


@dataclass(frozen=True, slots=True)
class Grant:
    """What an administrator gave of an allowance for one period, or took away if the amount is negative."""

    id: int
    slot: Slot
    amount: int
    reason: str
    actor_id: int
    created_at: datetime


async def add(connection: Connection, slot: Slot, *, amount: int, reason: str, actor_id: int, now: datetime) -> Grant:
    """Keep a grant."""
    id_ = await connection.fetchval(
        """
        insert into quota.allowance_grant (allowance_id, holder_id, period, amount, reason, actor_id, created_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        returning id
        """,
        slot.allowance_id,
        slot.holder_id,
        slot.period,
        amount,
        reason,
        actor_id,
        now,
    )
    return Grant(id_, slot, amount, reason, actor_id, now)


async def give(connection: Connection, slot: Slot, amount: int) -> int:
    """Add to what is granted of a slot, and answer how much that is now."""
    granted: int = await connection.fetchval(
        """
        insert into quota.usage (allowance_id, holder_id, period, granted)
        values ($1, $2, $3, $4)
        on conflict (allowance_id, holder_id, period) do update
            set granted = usage.granted + excluded.granted
        returning granted
        """,
        slot.allowance_id,
        slot.holder_id,
        slot.period,
        amount,
    )
    return granted


async def newest(database: Database, allowance_id: int, *, before: int | None, limit: int) -> Sequence[Grant]:
    """Answer the grants of an allowance, the newest first."""
    rows = await database.fetch(
        """
        select id, allowance_id, holder_id, period, amount, reason, actor_id, created_at
        from quota.allowance_grant
        where allowance_id = $1
          and ($2::bigint is null or id < $2)
        order by id desc
        limit $3
        """,
        allowance_id,
        before,
        limit,
    )
    return [
        Grant(
            row["id"],
            Slot(row["allowance_id"], row["holder_id"], row["period"]),
            row["amount"],
            row["reason"],
            row["actor_id"],
            row["created_at"],
        )
        for row in rows
    ]
