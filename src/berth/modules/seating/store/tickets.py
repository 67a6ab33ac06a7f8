"""Tickets in SQL: made with an order, used once at the door."""

from collections.abc import Sequence
from datetime import datetime

from berth.kit.db import Connection, Database, Row
from berth.modules.seating.domain.order import Ticket

COLUMNS = "id, order_id, performance_id, place, seat, code, void, admitted_at"


def _read(row: Row) -> Ticket:
    return Ticket(
        row["id"],
        row["order_id"],
        row["performance_id"],
        row["place"],
        row["seat"],
        row["code"],
        row["void"],
        row["admitted_at"],
    )


async def add(
    connection: Connection,
    order_id: int,
    performance_id: int,
    printed: Sequence[tuple[int | None, str]],
    codes: Sequence[str],
) -> list[Ticket]:
    """Make the tickets of an order, and answer them."""
    rows = await connection.fetch(
        f"""
        insert into seating.ticket (order_id, performance_id, place, seat, code)
        select $1, $2, place, seat, code
        from unnest($3::integer[], $4::text[], $5::text[]) as printed (place, seat, code)
        returning {COLUMNS}
        """,
        order_id,
        performance_id,
        [place for place, _ in printed],
        [seat for _, seat in printed],
        list(codes),
    )
    return [_read(row) for row in rows]


async def of_orders(database: Database | Connection, order_ids: Sequence[int]) -> dict[int, list[Ticket]]:
    """Answer the tickets of each order."""
    rows = await database.fetch(
        f"""
        select {COLUMNS}
        from seating.ticket
        where order_id = any($1::bigint[])
        order by order_id, id
        """,
        order_ids,
    )
    found: dict[int, list[Ticket]] = {}
    for row in rows:
        found.setdefault(row["order_id"], []).append(_read(row))
    return found


async def of_performance(database: Database, performance_id: int, after: int, limit: int) -> Sequence[Ticket]:
    """Answer tickets of a performance that let somebody in, by id."""
    rows = await database.fetch(
        f"""
        select {COLUMNS}
        from seating.ticket
        where performance_id = $1
          and id > $2
          and not void
        order by id
        limit $3
        """,
        performance_id,
        after,
        limit,
    )
    return [_read(row) for row in rows]


async def lock(connection: Connection, code: str) -> tuple[Ticket, int] | None:
    """Answer the ticket of a code and who bought it; nobody else uses it until the transaction ends."""
    row = await connection.fetchrow(
        """
        select
            ticket.id, ticket.order_id, ticket.performance_id, ticket.place, ticket.seat, ticket.code, ticket.void,
            ticket.admitted_at, seat_order.buyer_id
        from seating.ticket
        join seating.seat_order on seat_order.id = ticket.order_id
        where ticket.code = $1
        for update of ticket
        """,
        code,
    )
    return row and (_read(row), row["buyer_id"])


async def admit(connection: Connection, id_: int, at: datetime, by: int) -> None:
    """Note that somebody came in by a ticket."""
    await connection.execute("update seating.ticket set admitted_at = $2, admitted_by = $3 where id = $1", id_, at, by)


async def counts(database: Database, performance_id: int) -> tuple[int, int]:
    """Answer how many have come in by their tickets, and how many tickets there are."""
    row = await database.fetch_row(
        """
        select count(admitted_at) as admitted, count(*) as tickets
        from seating.ticket
        where performance_id = $1
          and not void
        """,
        performance_id,
    )
    return (row["admitted"], row["tickets"]) if row else (0, 0)
