"""What RabbitMQ pushes, in the order in which it did."""

import asyncio
from collections.abc import Sequence

from aio_pika.abc import AbstractIncomingMessage


class Intake:
    """Messages of one channel with one consumer, whose delivery tags therefore count 1, 2, 3, …

    The library hands each message over in a task of its own; the tags keep the order out of its hands.
    """

    def __init__(self) -> None:
        self._waiting: dict[int, AbstractIncomingMessage] = {}
        self._next = 1
        self._some = asyncio.Event()

    async def put(self, message: AbstractIncomingMessage) -> None:
        """Take a message that was delivered."""
        self._waiting[message.delivery_tag or 0] = message
        if self._next in self._waiting:
            self._some.set()

    async def batch(self) -> Sequence[AbstractIncomingMessage]:
        """Answer all that came since the last time, at least one message."""
        await self._some.wait()
        self._some.clear()
        messages = []
        while (message := self._waiting.pop(self._next, None)) is not None:
            messages.append(message)
            self._next += 1
        return messages
