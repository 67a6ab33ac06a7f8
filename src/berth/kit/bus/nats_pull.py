"""Taking events from NATS as they come.

The library's own ``fetch`` of many, which FastStream's pull subscriber is built on, waits until the batch is
full or its time is up: seconds, for a single event. Here one request stands open, and those messages are taken that
have come: each request, and each answer that there is nothing, would cost as much as a message. FastStream's
subscriber also turns into a loop without a pause when the connection is closed, which stops the whole process.
"""

import asyncio
from collections.abc import Sequence
from typing import Self

import orjson
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

from berth.kit.bus.port import BusAway

ASKED_MAX = 50
"""Messages that may come before the next request, of up to two hundred events each."""

WAIT_SECONDS = 5.0
PATIENCE_SECONDS = 3.0
TIMED_OUT = "408"


class Pull:
    """One durable consumer's messages; only one request is under way at a time."""

    def __init__(self, client: Client, stream: str, consumer: str) -> None:
        self._client = client
        self._next = f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{consumer}"
        self._inbox = client.new_inbox()
        self._came: list[Msg] = []
        self._some = asyncio.Event()
        self._subscription: Subscription | None = None
        self._asked = 0

    async def __aenter__(self) -> Self:
        async def came(message: Msg) -> None:
            self._came.append(message)
            self._some.set()

        self._subscription = await self._client.subscribe(self._inbox, cb=came)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._subscription is not None and not self._client.is_closed:
            await self._subscription.unsubscribe()

    async def batch(self) -> Sequence[Msg]:
        """Answer the messages that have come, in their order; wait for the first one.

        Raises ``BusAway`` if NATS does not answer, or says that it has none to hand out.
        """
        while True:
            if not self._asked:
                await self._ask()
            await self._wait()
            came, self._came = self._came, []
            self._some.clear()
            messages = [one for one in came if one.reply]
            self._asked -= len(messages)
            if any(_ends(one) for one in came if not one.reply):
                self._asked = 0
            if messages:
                return messages

    async def _ask(self) -> None:
        wanted = {"batch": ASKED_MAX, "expires": int(WAIT_SECONDS * 1_000_000_000)}
        await self._client.publish(self._next, orjson.dumps(wanted), self._inbox)
        self._asked = ASKED_MAX

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(WAIT_SECONDS + PATIENCE_SECONDS):
                await self._some.wait()
        except TimeoutError:
            raise BusAway("NATS does not answer.") from None


def _ends(message: Msg) -> bool:
    """Tell whether this says that the request is over; raise ``BusAway`` if it says that it cannot be met."""
    headers = message.headers or {}
    status = headers.get("Status", "")
    if status == TIMED_OUT:
        return True
    if status.startswith(("4", "5")):
        raise BusAway(f"NATS hands out no events: {status} {headers.get('Description', '')}".strip())
    return False
