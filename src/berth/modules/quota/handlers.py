"""What quota does when booking asks for it, settles, withdraws or closes."""

from collections.abc import Sequence

from berth.kit.db import Connection
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.subscription import Group, Handler
from berth.modules.quota.usecases.confirming import KINDS, Confirming

GROUP = Group("quota", frozenset(KINDS))


def answer_booking(confirming: Confirming) -> Handler:
    """Answer the handler that answers a batch of booking's questions at once."""

    async def handle(connection: Connection, envelopes: Sequence[Envelope]) -> None:
        await confirming.confirm(connection, envelopes)

    return handle
