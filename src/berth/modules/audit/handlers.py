"""Audit listens to everything, and records it all but what repeats what is recorded already."""

from collections.abc import Sequence

from berth.contracts.notifications import NotificationCreated
from berth.kit.db import Connection
from berth.kit.outbox.event import Envelope
from berth.modules.audit.usecases.recording import record

REPEATING = frozenset({NotificationCreated.type})
"""A person was told of an event, which has an entry of its own."""


async def write_down(connection: Connection, envelopes: Sequence[Envelope]) -> None:
    """Append an entry for each event that is somebody's doing."""
    doings = [one for one in envelopes if one.type not in REPEATING]
    if doings:
        await record(connection, doings)
