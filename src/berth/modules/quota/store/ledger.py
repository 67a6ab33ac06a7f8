"""The ledger in SQL. Whoever changes it locks reservations first and usage after, each in the order of its keys."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from berth.kit.db import Connection, Row
from berth.modules.quota.domain.allowances import AllowanceUnit
from berth.modules.quota.domain.ledger import Account, Balance, Hold, Request, Said, Slot, State

Change = tuple[int, int, Request]
"""A reservation's id, a request's, and what has become of it."""


async def lock_accounts(connection: Connection, reservation_ids: Iterable[int]) -> dict[int, Account]:
    """Answer the accounts of these reservations; nobody else changes them until the transaction ends.

    A reservation that is new gets its row here, for a row that is not there cannot be locked.
    """
    ids = sorted(set(reservation_ids))
    rows = await connection.fetch(
        """
        insert into quota.reservation (id)
        select id
        from unnest($1::bigint[]) as wanted (id)
        order by id
        on conflict (id) do update
            set over_until = reservation.over_until
        returning id, over_until, settled_until
        """,
        ids,
    )
    requests = await _requests(connection, ids)
    return {
        row["id"]: Account(
            requests=MappingProxyType(requests.get(row["id"], {})),
            over_until=row["over_until"],
            settled_until=row["settled_until"],
        )
        for row in rows
    }


async def _requests(connection: Connection, reservation_ids: Sequence[int]) -> dict[int, dict[int, Request]]:
    rows = await connection.fetch(
        """
        select
            request.reservation_id, request.request_id, request.state, request.answer_type,
            request.answer::text as answer, hold.allowance_id, hold.holder_id, hold.period, hold.unit,
            hold.owner_id, hold.amount, hold.used
        from quota.request
        left join quota.hold
          on hold.reservation_id = request.reservation_id
         and hold.request_id = request.request_id
        where request.reservation_id = any($1::bigint[])
        order by request.reservation_id, request.request_id, hold.allowance_id
        """,
        reservation_ids,
    )
    grouped: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        grouped.setdefault((row["reservation_id"], row["request_id"]), []).append(row)
    found: dict[int, dict[int, Request]] = {}
    for (reservation_id, request_id), group in grouped.items():
        found.setdefault(reservation_id, {})[request_id] = Request(
            State(group[0]["state"]),
            tuple(_hold(row) for row in group if row["allowance_id"] is not None),
            Said(group[0]["answer_type"], group[0]["answer"]) if group[0]["answer_type"] else None,
        )
    return found


def _hold(row: Row) -> Hold:
    slot = Slot(row["allowance_id"], row["holder_id"], row["period"])
    return Hold(slot, AllowanceUnit(row["unit"]), row["owner_id"], row["amount"], row["used"])


async def lock_usage(connection: Connection, slots: Iterable[Slot]) -> dict[Slot, Balance]:
    """Answer what these slots have; nobody else changes them until the transaction ends."""
    ordered = sorted(set(slots))
    if not ordered:
        return {}
    rows = await connection.fetch(
        """
        insert into quota.usage (allowance_id, holder_id, period)
        select allowance_id, holder_id, period
        from unnest($1::bigint[], $2::bigint[], $3::text[]) with ordinality
            as wanted (allowance_id, holder_id, period, place)
        order by place
        on conflict (allowance_id, holder_id, period) do update
            set held = usage.held
        returning allowance_id, holder_id, period, granted, held, used
        """,
        *_columns(ordered),
    )
    return {
        Slot(row["allowance_id"], row["holder_id"], row["period"]): Balance(row["granted"], row["held"], row["used"])
        for row in rows
    }


async def change_usage(connection: Connection, changes: Mapping[Slot, Balance]) -> None:
    """Add to what is held and used of slots that this transaction has locked."""
    if not changes:
        return
    await connection.execute(
        """
        update quota.usage
        set held = usage.held + change.held,
            used = usage.used + change.used
        from unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[])
            as change (allowance_id, holder_id, period, held, used)
        where usage.allowance_id = change.allowance_id
          and usage.holder_id = change.holder_id
          and usage.period = change.period
        """,
        *_columns(list(changes)),
        [one.held for one in changes.values()],
        [one.used for one in changes.values()],
    )


async def keep_marks(connection: Connection, accounts: Mapping[int, Account]) -> None:
    """Keep up to which request these reservations are over or settled."""
    if not accounts:
        return
    await connection.execute(
        """
        update quota.reservation
        set over_until = mark.over_until,
            settled_until = mark.settled_until
        from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as mark (id, over_until, settled_until)
        where reservation.id = mark.id
        """,
        list(accounts),
        [one.over_until for one in accounts.values()],
        [one.settled_until for one in accounts.values()],
    )


async def keep_requests(connection: Connection, changes: Sequence[Change]) -> None:
    """Keep requests that are new or changed, with what they hold."""
    if not changes:
        return
    await connection.execute(
        """
        insert into quota.request (reservation_id, request_id, state, answer_type, answer)
        select reservation_id, request_id, state, answer_type, answer::jsonb
        from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[])
            as change (reservation_id, request_id, state, answer_type, answer)
        on conflict (reservation_id, request_id) do update
            set state = excluded.state
        """,
        [one[0] for one in changes],
        [one[1] for one in changes],
        [one[2].state for one in changes],
        [one[2].answer and one[2].answer.type for one in changes],
        [one[2].answer and one[2].answer.data for one in changes],
    )
    holds = [(reservation, request, hold) for reservation, request, kept in changes for hold in kept.holds]
    if holds:
        await _keep_holds(connection, holds)


async def _keep_holds(connection: Connection, holds: Sequence[tuple[int, int, Hold]]) -> None:
    await connection.execute(
        """
        insert into quota.hold
            (reservation_id, request_id, allowance_id, holder_id, period, unit, owner_id, amount, used)
        select reservation_id, request_id, allowance_id, holder_id, period, unit, owner_id, amount, used
        from unnest(
            $1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::bigint[],
            $8::bigint[], $9::bigint[]
        ) as kept (reservation_id, request_id, allowance_id, holder_id, period, unit, owner_id, amount, used)
        on conflict (reservation_id, request_id, allowance_id) do update
            set used = excluded.used
        """,
        [one[0] for one in holds],
        [one[1] for one in holds],
        *_columns([one[2].slot for one in holds]),
        [one[2].unit for one in holds],
        [one[2].owner_id for one in holds],
        [one[2].amount for one in holds],
        [one[2].used for one in holds],
    )


async def answer(
    connection: Connection, answers: Sequence[tuple[int, Said]], origins: Sequence[tuple[str | None, str | None]]
) -> None:
    """Write what is answered to requests of reservations, in this order; each bears the origin of its question."""
    await connection.execute(
        """
        insert into quota.outbox (type, subject, data, trace_parent, address)
        select type, 'reservation/' || reservation_id, data::jsonb, trace_parent, address
        from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[]) with ordinality
            as answer (type, reservation_id, data, trace_parent, address, place)
        order by place
        """,
        [said.type for _, said in answers],
        [reservation_id for reservation_id, _ in answers],
        [said.data for _, said in answers],
        [trace_parent for trace_parent, _ in origins],
        [address for _, address in origins],
    )


def _columns(slots: Sequence[Slot]) -> tuple[list[Any], list[Any], list[Any]]:
    return (
        [one.allowance_id for one in slots],
        [one.holder_id for one in slots],
        [one.period for one in slots],
    )
