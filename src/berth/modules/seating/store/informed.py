"""What the buyers of paid orders know of their performance, in SQL."""

from collections.abc import Sequence

from berth.kit.db import Connection
from berth.modules.seating.domain.order import Order
from berth.modules.seating.domain.performance import Known
from berth.modules.seating.store.orders import COLUMNS, read_order


async def behind(
    connection: Connection, performance_id: int, now: Known, limit: int
) -> Sequence[tuple[Order, tuple[str, ...]]]:
    """Answer paid orders whose buyers know something else, each with the members that are others now.

    Nobody else changes these orders until the transaction ends.
    """
    rows = await connection.fetch(
        f"""
        select {COLUMNS}, known_name as name, known_starts as start, known_ends as "end"
        from seating.seat_order
        where performance_id = $1
          and state = 'paid'
          and (known_name, known_starts, known_ends) is distinct from ($2::text, $3::timestamptz, $4::timestamptz)
        order by id
        limit $5
        for update
        """,
        performance_id,
        now.name,
        now.start,
        now.end,
        limit,
    )
    members = {"name": now.name, "start": now.start, "end": now.end}
    return [(read_order(row), tuple(name for name in members if row[name] != members[name])) for row in rows]


async def note(connection: Connection, order_ids: Sequence[int], known: Known) -> None:
    """Note what the buyers of these orders know now."""
    await connection.execute(
        """
        update seating.seat_order
        set known_name = $2,
            known_starts = $3,
            known_ends = $4
        where id = any($1::bigint[])
        """,
        order_ids,
        known.name,
        known.start,
        known.end,
    )
