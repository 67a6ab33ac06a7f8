"""Answers to many requests at once, each with the trace of the request that caused it."""

from collections.abc import Sequence

from berth.kit.db import Connection
from berth.kit.origin import Origin
from berth.kit.outbox.event import Event


async def answer(connection: Connection, answers: Sequence[tuple[Event, Origin | None]]) -> None:
    """Put the events into the outbox, in this order; the caller rings."""
    await connection.execute(
        """
        insert into access.outbox (type, subject, data, trace_parent, address)
        select type, subject, data::jsonb, trace_parent, address
        from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) with ordinality
            as event (type, subject, data, trace_parent, address, place)
        order by place
        """,
        [event.type for event, _ in answers],
        [event.subject for event, _ in answers],
        [event.data() for event, _ in answers],
        [origin and origin.trace_parent for _, origin in answers],
        [origin and origin.address for _, origin in answers],
    )
