"""Audit listens to everything."""

from collections.abc import Sequence

from berth.kit.db import Connection
from berth.kit.outbox.event import Envelope
from berth.modules.audit.usecases.recording import record


async def write_down(connection: Connection, envelopes: Sequence[Envelope]) -> None:
    """Append an entry for each event."""
    await record(connection, envelopes)
