"""Writing events, in the transaction of the change they tell of."""

from collections.abc import Sequence

from berth.kit.db import Connection
from berth.kit.origin import origin
from berth.kit.outbox.event import Event
from berth.kit.outbox.pace import Bell


class Outbox:
    """A module's own outbox."""

    def __init__(self, schema: str, bell: Bell) -> None:
        self.schema = schema
        self._bell = bell

    async def write(self, connection: Connection, events: Sequence[Event]) -> None:
        """Put the events into the outbox, in this order and in the caller's transaction.

        They bear the trace and the address of the request that this task serves.
        """
        if not events:
            return
        came_from = origin()
        await connection.execute(
            f"""
            insert into {self.schema}.outbox (type, subject, data, trace_parent, address)
            select type, subject, data::jsonb, $4, $5
            from unnest($1::text[], $2::text[], $3::text[]) as event (type, subject, data)
            """,
            [event.type for event in events],
            [event.subject for event in events],
            [event.data() for event in events],
            came_from and came_from.trace_parent,
            came_from and came_from.address,
        )
        self.ring()

    def ring(self) -> None:
        """Say that there are events, for who writes them by a statement of his own."""
        self._bell.ring()
