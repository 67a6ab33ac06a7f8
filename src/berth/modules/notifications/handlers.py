"""What notifications does when something happens."""

from collections.abc import Sequence

from berth.kit.db import Connection
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.subscription import Handler
from berth.modules.notifications.usecases.telling import Telling


def tell_people(telling: Telling) -> Handler:
    """Answer the handler that makes notifications of a batch of events, by a few statements for all of them."""

    async def handle(connection: Connection, envelopes: Sequence[Envelope]) -> None:
        await telling.tell(connection, envelopes)

    return handle
