"""What access does when booking says something."""

from collections.abc import Sequence

from berth.kit.db import Connection
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.subscription import Handler
from berth.modules.access.usecases.confirming import Confirming


def confirm(confirming: Confirming) -> Handler:
    """Answer the handler that confirms a batch of requests together."""

    async def handle(connection: Connection, envelopes: Sequence[Envelope]) -> None:
        await confirming.confirm(connection, envelopes)

    return handle
