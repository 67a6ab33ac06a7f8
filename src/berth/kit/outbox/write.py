"""Writing events, in the transaction of the change they tell of."""

from collections.abc import Sequence

from berth.kit.db import Connection, after_commit
from berth.kit.origin import Origin, origin
from berth.kit.outbox.event import Event
from berth.kit.outbox.pace import Bell


class Outbox:
    """A module's own outbox."""

    def __init__(self, schema: str, bell: Bell) -> None:
        self.schema = schema
        self._bell = bell

    async def write(
        self, connection: Connection, events: Sequence[Event], origins: Sequence[Origin | None] | None = None
    ) -> None:
        """Put the events into the outbox, in this order and in the caller's transaction.

        They bear the trace and the address of the request that this task serves, or each that of its origin.
        """
        if not events:
            return
        came_from = origins or [origin()] * len(events)
        await connection.execute(
            f"""
            insert into {self.schema}.outbox (type, subject, data, trace_parent, address)
            select type, subject, data::jsonb, trace_parent, address
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
                with ordinality as event (type, subject, data, trace_parent, address, place)
            order by place
            """,
            [event.type for event in events],
            [event.subject for event in events],
            [event.data() for event in events],
            [one and one.trace_parent for one in came_from],
            [one and one.address for one in came_from],
        )
        self.ring(connection)

    def ring(self, connection: Connection) -> None:
        """Say that there will be events once this transaction commits, for who writes by a statement of his own."""
        after_commit(connection, self._bell.ring)

    def ring_at_once(self) -> None:
        """Say that there are events, for who has committed them."""
        self._bell.ring()
