"""Taking events from NATS by the batch.

The library's own ``fetch`` of many, which FastStream's pull subscriber is built on, waits until the batch is
full or its time is up: seconds, for a single event. Here the first event is waited for, and then those
are taken that are there. FastStream's subscriber also turns into a loop without a pause when the connection
is closed, which stops the whole process.
"""

import asyncio
from collections.abc import Sequence
from typing import Self

import orjson
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

from berth.kit.bus.port import BusAway

BATCH_MAX = 50
"""Messages, of up to two hundred events each."""

WAIT_SECONDS = 5.0
PATIENCE_SECONDS = 3.0
NO_MESSAGES, TIMED_OUT = "404", "408"


class Pull:
    """One durable consumer's events; only one of its batches is under way at a time."""

    def __init__(self, client: Client, stream: str, consumer: str) -> None:
        self._client = client
        self._next = f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{consumer}"
        self._inbox = client.new_inbox()
        self._came: asyncio.Queue[Msg] = asyncio.Queue()
        self._subscription: Subscription | None = None
        self._waits = True

    async def __aenter__(self) -> Self:
        async def came(message: Msg) -> None:
            self._came.put_nowait(message)

        self._subscription = await self._client.subscribe(self._inbox, cb=came)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._subscription is not None and not self._client.is_closed:
            await self._subscription.unsubscribe()

    async def batch(self) -> Sequence[Msg]:
        """Answer the events that wait, in the order of the stream; none if none came for some seconds."""
        messages: list[Msg] = []
        if self._waits:
            messages += await self._ask(1, {"expires": int(WAIT_SECONDS * 1_000_000_000)}, WAIT_SECONDS)
            if not messages:
                return ()
        messages += await self._ask(BATCH_MAX - len(messages), {"no_wait": True}, 0.0)
        self._waits = len(messages) < BATCH_MAX
        return sorted(messages, key=lambda one: one.metadata.sequence.stream)

    async def _ask(self, count: int, how: dict[str, int | bool], seconds: float) -> list[Msg]:
        await self._client.publish(self._next, orjson.dumps({"batch": count, **how}), self._inbox)
        messages: list[Msg] = []
        try:
            async with asyncio.timeout(seconds + PATIENCE_SECONDS):
                while len(messages) < count:
                    message = await self._came.get()
                    if message.reply:
                        messages.append(message)
                    elif _ends(message):
                        break
        except TimeoutError:
            raise BusAway("NATS does not answer.") from None
        return messages


def _ends(message: Msg) -> bool:
    """Tell whether this says that no more events come; raise ``BusAway`` if it says that they cannot."""
    headers = message.headers or {}
    status = headers.get("Status", "")
    if status in {NO_MESSAGES, TIMED_OUT}:
        return True
    if status.startswith(("4", "5")):
        raise BusAway(f"NATS hands out no events: {status} {headers.get('Description', '')}".strip())
    return False
