"""Orders of seats in SQL."""

from collections.abc import Sequence
from datetime import datetime

import orjson

from berth.contracts.seating.orders import OrderLine
from berth.kit.db import Connection, Database, Row
from berth.modules.seating.domain.order import Order, OrderState
from berth.modules.seating.domain.performance import Known

COLUMNS = """
    id, performance_id, buyer_id, hold_id, places, areas::text as areas, lines::text as lines, amount_minor, currency,
    state, due_at, cancelled_by, cancel_reason, returned_minor, kept_minor, created_at, changed_at
"""


def read_order(row: Row) -> Order:
    """Answer the order of a row with the columns of ``COLUMNS``."""
    return Order(
        id=row["id"],
        performance_id=row["performance_id"],
        buyer_id=row["buyer_id"],
        hold_id=row["hold_id"],
        places=tuple(row["places"]),
        areas=orjson.loads(row["areas"]),
        lines=tuple(OrderLine(**one) for one in orjson.loads(row["lines"])),
        amount_minor=row["amount_minor"],
        currency=row["currency"],
        state=OrderState(row["state"]),
        due_at=row["due_at"],
        cancelled_by=row["cancelled_by"],
        cancel_reason=row["cancel_reason"],
        returned_minor=row["returned_minor"],
        kept_minor=row["kept_minor"],
        created_at=row["created_at"],
        changed_at=row["changed_at"],
    )


async def add(connection: Connection, one: Order) -> None:
    """Keep a new order."""
    await connection.execute(
        """
        insert into seating.seat_order (
            id, performance_id, buyer_id, hold_id, places, areas, taken, lines, amount_minor, currency, state, due_at,
            created_at, changed_at
        )
        values ($1, $2, $3, $4, $5, $6::text::jsonb, $7, $8::text::jsonb, $9, $10, $11, $12, $13, $13)
        """,
        one.id,
        one.performance_id,
        one.buyer_id,
        one.hold_id,
        list(one.places),
        orjson.dumps(dict(one.areas)).decode(),
        one.people,
        orjson.dumps(one.lines).decode(),
        one.amount_minor,
        one.currency,
        one.state,
        one.due_at,
        one.created_at,
    )


async def lock(connection: Connection, id_: int) -> Order | None:
    """Answer an order; nobody else changes it until the transaction ends."""
    row = await connection.fetchrow(
        f"""
        select {COLUMNS}
        from seating.seat_order
        where id = $1
        for update
        """,
        id_,
    )
    return row and read_order(row)


async def find(database: Database, id_: int) -> Order | None:
    """Answer an order."""
    row = await database.fetch_row(f"select {COLUMNS} from seating.seat_order where id = $1", id_)
    return row and read_order(row)


async def listed(
    database: Database, *, buyer_id: int | None, performance_id: int | None, before: int | None, limit: int
) -> Sequence[Order]:
    """Answer orders, the newest first."""
    rows = await database.fetch(
        f"""
        select {COLUMNS}
        from seating.seat_order
        where ($1::bigint is null or buyer_id = $1)
          and ($2::bigint is null or performance_id = $2)
          and ($3::bigint is null or id < $3)
        order by id desc
        limit $4
        """,
        buyer_id,
        performance_id,
        before,
        limit,
    )
    return [read_order(row) for row in rows]


async def pay(connection: Connection, id_: int, known: Known, now: datetime) -> None:
    """Let an order be paid, whose buyer is told what is on as it is known now."""
    await connection.execute(
        """
        update seating.seat_order
        set state = 'paid',
            known_name = $2,
            known_starts = $3,
            known_ends = $4,
            changed_at = $5
        where id = $1
        """,
        id_,
        known.name,
        known.start,
        known.end,
        now,
    )


async def cancel(connection: Connection, id_: int, by: str, reason: str, now: datetime) -> None:
    """Let an order be no more; its tickets let nobody in."""
    await connection.execute(
        """
        with voided as (
            update seating.ticket
            set void = true
            where order_id = $1
        )
        update seating.seat_order
        set state = 'cancelled',
            cancelled_by = $2,
            cancel_reason = $3,
            changed_at = $4
        where id = $1
        """,
        id_,
        by,
        reason,
        now,
    )


async def note_return(connection: Connection, id_: int, kept_minor: int, returned_minor: int) -> None:
    """Note what was kept and returned of a cancelled order."""
    await connection.execute(
        """
        update seating.seat_order
        set kept_minor = $2,
            returned_minor = $3
        where id = $1
          and state = 'cancelled'
        """,
        id_,
        kept_minor,
        returned_minor,
    )


async def open_of(connection: Connection, performance_id: int, limit: int) -> Sequence[int]:
    """Answer orders of a performance that are not cancelled."""
    rows = await connection.fetch(
        """
        select id
        from seating.seat_order
        where performance_id = $1
          and state <> 'cancelled'
        order by id
        limit $2
        """,
        performance_id,
        limit,
    )
    return [row["id"] for row in rows]


async def places_of(database: Database, performance_id: int, buyer_id: int) -> list[int]:
    """Answer the places that somebody holds or bought."""
    found: list[int] = await database.fetch_value(
        """
        select array(
            select place
            from (
                select unnest(places) as place
                from seating.seat_hold
                where performance_id = $1
                  and person_id = $2
                  and state = 'active'
                union
                select unnest(places)
                from seating.seat_order
                where performance_id = $1
                  and buyer_id = $2
                  and state <> 'cancelled'
            ) as mine
            order by place
        )
        """,
        performance_id,
        buyer_id,
    )
    return found
