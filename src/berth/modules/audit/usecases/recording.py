"""Writing down what happened."""

from collections.abc import Sequence

from berth.kit.db import Connection
from berth.kit.outbox.event import Envelope
from berth.modules.audit.domain.entry import chained
from berth.modules.audit.store import recording


async def record(connection: Connection, envelopes: Sequence[Envelope]) -> None:
    """Append an entry for each event, in the caller's transaction."""
    head, present = await recording.lock_head(connection)
    await recording.append(connection, chained(envelopes, head, present))
