"""Who may decide on what, and who has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from berth.kit.db import Connection, Database


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that waits for a decision until ``until``; the slot is the one that is wanted.

    ``moves`` tells a move of a reservation from a new one.
    """

    request_id: int
    reservation_id: int
    owner_id: int
    title: str
    description: str | None
    start: datetime
    end: datetime
    resource_ids: tuple[int, ...]
    moves: bool
    escalated: bool
    asked_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """Who may decide, and what was decided, if it was."""

    reservation_id: int
    approver_ids: frozenset[int]
    approved: bool | None


@dataclass(frozen=True, slots=True)
class Decided:
    """What an approver decides, and says about it to the owner."""

    approved: bool
    message: str | None


WAITING = """
select
    approval.request_id,
    approval.reservation_id,
    reservation.owner_id,
    reservation.title,
    reservation.description,
    coalesce(move.starts, reservation.starts) as starts,
    coalesce(move.ends, reservation.ends) as ends,
    coalesce(
        move.resource_ids,
        array(
            select resource_id
            from booking.allocation
            where occupant_id = reservation.id
            order by resource_id
        )
    ) as resource_ids,
    move.id is not null as moves,
    approval.escalated,
    approval.asked_at,
    confirmation.due_at
from booking.approval
join booking.confirmation
  on confirmation.reservation_id = approval.reservation_id
 and confirmation.request_id = approval.request_id
 and confirmation.step = 'approval'
 and confirmation.standing = 'asked'
join booking.reservation
  on reservation.id = approval.reservation_id
left join booking.move
  on move.id = approval.request_id
where approval.approver_ids @> array[$1]::bigint[]
  and approval.decided_at is null
  and approval.request_id > $2
order by approval.request_id
limit $3
"""


async def waiting(database: Database, approver_id: int, after: int | None, limit: int) -> Sequence[Waiting]:
    """Answer what waits for this approver, by the numbers of the requests, from behind ``after``."""
    rows = await database.fetch(
        WAITING,
        approver_id,
        after or 0,
        limit,
    )
    return [
        Waiting(
            row["request_id"],
            row["reservation_id"],
            row["owner_id"],
            row["title"],
            row["description"],
            row["starts"],
            row["ends"],
            tuple(row["resource_ids"]),
            row["moves"],
            row["escalated"],
            row["asked_at"],
            row["due_at"],
        )
        for row in rows
    ]


async def was_asked(database: Database, reservation_id: int, person_id: int) -> bool:
    """Tell whether a person was asked to decide on something of a reservation."""
    row = await database.fetch_row(
        """
        select 1
        from booking.confirmation
        join booking.approval
          on approval.request_id = confirmation.request_id
        where confirmation.reservation_id = $1
          and confirmation.step = 'approval'
          and approval.approver_ids @> array[$2]::bigint[]
        limit 1
        """,
        reservation_id,
        person_id,
    )
    return row is not None


async def one(connection: Connection, request_id: int) -> Decision | None:
    """Answer who may decide on a request, if it needs a decision at all."""
    row = await connection.fetchrow(
        """
        select reservation_id, approver_ids, approved
        from booking.approval
        where request_id = $1
        """,
        request_id,
    )
    return row and Decision(row["reservation_id"], frozenset(row["approver_ids"]), row["approved"])


async def decide(connection: Connection, request_id: int, approver_id: int, decided: Decided, now: datetime) -> None:
    """Note what was decided."""
    await connection.execute(
        """
        update booking.approval
        set decided_by = $2,
            approved = $3,
            message = $4,
            decided_at = $5
        where request_id = $1
        """,
        request_id,
        approver_id,
        decided.approved,
        decided.message,
        now,
    )
