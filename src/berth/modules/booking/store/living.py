"""Lives as rows: many at once are locked and read, and what their turns changed is written."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from berth.kit.db import Connection, Database, Row
from berth.modules.booking.domain.life.value import (
    OPEN,
    Approval,
    Confirmation,
    Life,
    Request,
    Slot,
    Standing,
)
from berth.modules.booking.store.reservation import COLUMNS, read

LIVE = f"""
    {COLUMNS},
    reservation.early_minutes,
    reservation.no_show_minutes,
    reservation.cancelled_by,
    reservation.cancelled_at
"""


async def locked(connection: Connection, ids: Iterable[int]) -> dict[int, Life]:
    """Answer these lives, and keep others from changing them until the transaction ends; unknown ids are left out.

    The rows are locked first, in one order, and read then: a statement that had to wait for a lock reads the row
    as it is by then, but what belongs to it as it was when the statement began.
    """
    sorted_ids = sorted(set(ids))
    await connection.execute(
        """
        select from booking.reservation
        where id = any($1::bigint[])
        order by id
        for update
        """,
        sorted_ids,
    )
    return await read_all(connection, sorted_ids)


async def read_all(connection: Connection | Database, ids: Sequence[int]) -> dict[int, Life]:
    """Answer these lives as they are; where nothing is locked, requests may be a moment older than reservations."""
    requests = await _requests(connection, ids)
    rows = await connection.fetch(f"select {LIVE} from booking.reservation where id = any($1::bigint[])", ids)
    return {
        row["id"]: Life(
            read(row),
            row["early_minutes"],
            row["no_show_minutes"],
            tuple(requests.get(row["id"], ())),
            row["cancelled_by"],
            row["cancelled_at"],
        )
        for row in rows
    }


async def one(database: Database, id_: int) -> Life:
    """Answer a life as it stood at one moment; raise ``KeyError`` if there is no such reservation.

    Its requests are read between two looks at its version: if that has grown, they are read again.
    """
    while True:
        version = await database.fetch_value("select version from booking.reservation where id = $1", id_)
        life = (await read_all(database, [id_]))[id_]
        if life.reservation.version == version:
            return life


async def _requests(connection: Connection | Database, ids: Sequence[int]) -> dict[int, list[Request]]:
    """Answer the requests that are not over, by reservation and in their order."""
    rows = await connection.fetch(
        """
        select
            confirmation.reservation_id,
            confirmation.request_id,
            confirmation.step,
            confirmation.standing,
            confirmation.actor_id,
            confirmation.due_at,
            confirmation.tries,
            move.starts,
            move.ends,
            move.resource_ids,
            approval.approver_ids,
            approval.escalates_to,
            approval.hours_max,
            approval.asked_at,
            approval.reminded,
            approval.escalated
        from booking.confirmation
        left join booking.move
          on move.id = confirmation.request_id
        left join booking.approval
          on approval.request_id = confirmation.request_id
        where confirmation.reservation_id = any($1::bigint[])
        order by confirmation.reservation_id, confirmation.request_id, confirmation.step
        """,
        ids,
    )
    grouped: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        grouped.setdefault((row["reservation_id"], row["request_id"]), []).append(row)
    found: dict[int, list[Request]] = {}
    for (reservation_id, _), steps in grouped.items():
        if any(row["standing"] in OPEN for row in steps):
            found.setdefault(reservation_id, []).append(_request(steps))
    return found


def _request(rows: Sequence[Row]) -> Request:
    first = rows[0]
    return Request(
        first["request_id"],
        first["actor_id"],
        tuple(Confirmation(row["step"], Standing(row["standing"]), row["due_at"], row["tries"]) for row in rows),
        Slot(first["starts"], first["ends"], tuple(first["resource_ids"])) if first["starts"] else None,
        _approval(first) if first["approver_ids"] is not None else None,
    )


def _approval(row: Row) -> Approval:
    return Approval(
        tuple(row["approver_ids"]),
        tuple(row["escalates_to"]),
        row["hours_max"],
        row["asked_at"],
        row["reminded"],
        row["escalated"],
    )


async def newest_before(database: Database, moment: datetime) -> int:
    """Answer the highest number of the reservations made before a moment; 0 if there is none.

    Numbers grow with time but for a few that are made at once, which the caller's distance from the present covers.
    """
    return int(
        await database.fetch_value(
            """
            select coalesce(
                (
                    select id
                    from booking.reservation
                    where created_at < $1
                    order by id desc
                    limit 1
                ),
                0
            )
            """,
            moment,
        )
    )


async def without_clock(database: Database, after_id: int, until_id: int, limit: int) -> list[int]:
    """Answer reservations that are not over, between these numbers, and have nothing that lets their time pass."""
    rows = await database.fetch(
        """
        select id
        from booking.reservation
        where id > $1
          and id <= $2
          and state in ('pending', 'ready', 'in_use')
          and not exists (
              select
              from booking.timer
              where key = 'reservation/' || reservation.id
          )
        order by id
        limit $3
        """,
        after_id,
        until_id,
        limit,
    )
    return [row["id"] for row in rows]


async def save_reservations(connection: Connection, lives: Sequence[Life]) -> None:
    """Write these reservations as they are now."""
    reservations = [one.reservation for one in lives]
    await connection.execute(
        """
        update booking.reservation
        set state = now.state,
            title = now.title,
            description = now.description,
            starts = now.starts,
            ends = now.ends,
            version = now.version,
            cancel_reason = now.cancel_reason,
            cancelled_by = now.cancelled_by,
            cancelled_at = now.cancelled_at
        from unnest(
            $1::bigint[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::integer[],
            $8::text[], $9::text[], $10::timestamptz[]
        ) as now (
            id, state, title, description, starts, ends, version, cancel_reason, cancelled_by, cancelled_at
        )
        where reservation.id = now.id
        """,
        [one.id for one in reservations],
        [one.state for one in reservations],
        [one.title for one in reservations],
        [one.description for one in reservations],
        [one.start for one in reservations],
        [one.end for one in reservations],
        [one.version for one in reservations],
        [one.cancel_reason for one in reservations],
        [one.cancelled_by for one in lives],
        [one.cancelled_at for one in lives],
    )


async def save_requests(connection: Connection, changed: Sequence[tuple[int, Request]]) -> None:
    """Write these requests, each with the reservation that it is for, as they are now."""
    rows = [(id_, request, one) for id_, request in changed for one in request.confirmations]
    await connection.execute(
        """
        insert into booking.confirmation (reservation_id, request_id, step, standing, actor_id, due_at, tries)
        select reservation_id, request_id, step, standing, actor_id, due_at, tries
        from unnest(
            $1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::timestamptz[], $7::integer[]
        ) as now (reservation_id, request_id, step, standing, actor_id, due_at, tries)
        order by reservation_id, request_id, step
        on conflict on constraint confirmation_pk do update
            set standing = excluded.standing,
                due_at = excluded.due_at,
                tries = excluded.tries
        """,
        [id_ for id_, _, _ in rows],
        [request.id for _, request, _ in rows],
        [one.step for _, _, one in rows],
        [one.standing for _, _, one in rows],
        [request.actor_id for _, request, _ in rows],
        [one.due_at for _, _, one in rows],
        [one.tries for _, _, one in rows],
    )
    for id_, request in changed:
        if request.approval:
            await _save_approval(connection, id_, request.id, request.approval)


async def _save_approval(connection: Connection, reservation_id: int, request_id: int, approval: Approval) -> None:
    await connection.execute(
        """
        insert into booking.approval
            (request_id, reservation_id, approver_ids, escalates_to, hours_max, asked_at, reminded, escalated)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict on constraint approval_pk do update
            set approver_ids = excluded.approver_ids,
                asked_at = excluded.asked_at,
                reminded = excluded.reminded,
                escalated = excluded.escalated
        """,
        request_id,
        reservation_id,
        approval.approver_ids,
        approval.escalates_to,
        approval.hours_max,
        approval.asked_at,
        approval.reminded,
        approval.escalated,
    )
