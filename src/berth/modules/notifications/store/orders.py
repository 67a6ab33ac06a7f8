"""What buyers were told of their orders of seats."""

from collections.abc import Sequence
from datetime import datetime

from berth.kit.db import Connection, Database
from berth.modules.notifications.domain.told.orders import Ordered, OrderState


async def known(connection: Connection, order_ids: Sequence[int]) -> dict[int, Ordered]:
    """Answer the orders that are known; nobody else follows them until the transaction ends."""
    rows = await connection.fetch(
        """
        select id, number, sequence, state, ends_at
        from notifications.seat_order
        where id = any($1::bigint[])
        order by id
        for update
        """,
        order_ids,
    )
    return {
        row["id"]: Ordered(row["id"], row["number"], row["sequence"], OrderState(row["state"]), row["ends_at"])
        for row in rows
    }


async def follow(connection: Connection, orders: Sequence[Ordered]) -> None:
    """Keep how these orders stand."""
    in_order = sorted(orders, key=lambda one: one.order_id)
    await connection.execute(
        """
        insert into notifications.seat_order (id, number, sequence, state, ends_at)
        select id, number, sequence, state, ends_at
        from unnest($1::bigint[], $2::bigint[], $3::integer[], $4::text[], $5::timestamptz[])
            as each (id, number, sequence, state, ends_at)
        order by id
        on conflict on constraint seat_order_pk do update
            set number = excluded.number,
                sequence = excluded.sequence,
                state = excluded.state,
                ends_at = excluded.ends_at
        """,
        [one.order_id for one in in_order],
        [one.number for one in in_order],
        [one.sequence for one in in_order],
        [one.state for one in in_order],
        [one.ends_at for one in in_order],
    )


async def forget(database: Database, ended_before: datetime) -> None:
    """Delete what is known of orders whose performances ended before this instant."""
    await database.execute("delete from notifications.seat_order where ends_at < $1", ended_before)
