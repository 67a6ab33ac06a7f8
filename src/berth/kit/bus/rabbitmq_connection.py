"""A connection to RabbitMQ, and what Berth makes there."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Self

from aio_pika import RobustQueue
from aio_pika.abc import AbstractIncomingMessage
from aio_pika.exceptions import CONNECTION_EXCEPTIONS
from faststream.rabbit import Channel, ExchangeType, RabbitBroker, RabbitExchange, RabbitQueue
from faststream.rabbit.schemas.queue import ClassicQueueArgs
from yarl import URL

from berth.kit.bus.connection import CONNECT_SECONDS, name_of
from berth.kit.bus.port import BusAway
from berth.kit.outbox.subscription import Group

PREFETCH = 50
"""Messages, of up to two hundred events each."""

HEARTBEAT_SECONDS = 10
NEVER_SECONDS = 10 * 365 * 24 * 3600
LATER_MILLISECONDS = 30_000
UNDECODABLE_KEPT_MILLISECONDS = 14 * 24 * 3600 * 1000

EVENTS = RabbitExchange("berth", type=ExchangeType.TOPIC, durable=True)
LATER = RabbitExchange("berth.later", type=ExchangeType.DIRECT, durable=True)
UNDECODABLE = RabbitQueue("berth.undecodable", durable=True, arguments={"x-message-ttl": UNDECODABLE_KEPT_MILLISECONDS})


def quieten_libraries() -> None:
    """Keep the libraries from logging, several lines for each attempt, what the caller is told as ``BusAway``."""
    for name in ("aiormq", "aio_pika"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def queue_of(group: Group) -> str:
    """Answer the name of the group's queue."""
    return f"berth.{group.name}"


class RabbitConnection:
    """One connection; it is not mended once lost, so that nothing in it can be stale."""

    def __init__(self, url: str) -> None:
        self.lost = asyncio.Event()
        self._name = name_of(url)
        self.broker = RabbitBroker(
            URL(url).update_query({"heartbeat": HEARTBEAT_SECONDS, **URL(url).query}),
            timeout=CONNECT_SECONDS,
            reconnect_interval=NEVER_SECONDS,
            on_close=[self._on_lost],
            default_channel=Channel(prefetch_count=PREFETCH),
            app_id="berth",
            apply_types=False,
            logger=None,
        )

    def _on_lost(self, *_: object) -> None:
        self.lost.set()

    @classmethod
    async def open(cls, url: str, groups: Sequence[Group] = ()) -> Self:
        """Connect, and make the exchanges and the groups' queues if they are not there."""
        connection = cls(url)
        with connection.reaching():
            try:
                async with asyncio.timeout(2 * CONNECT_SECONDS):
                    await connection.broker.connect()
                    for exchange in (EVENTS, LATER):
                        await connection.broker.declare_exchange(exchange)
                await connection.make_queues(groups)
            except BaseException:
                await connection.close()
                raise
        return connection

    @contextlib.contextmanager
    def reaching(self) -> Iterator[None]:
        """Turn what the library raises into ``BusAway``."""
        try:
            yield
        except BusAway:
            raise
        except CONNECTION_EXCEPTIONS as error:
            raise BusAway(f"The broker {self._name} does not answer: {error!r}") from error

    async def make_queues(self, groups: Sequence[Group]) -> Sequence[RobustQueue]:
        """Make the groups' queues, and those for what cannot be read."""
        with self.reaching():
            async with asyncio.timeout(2 * CONNECT_SECONDS):
                await self.broker.declare_queue(UNDECODABLE)
                return [await self._make_queue(group) for group in groups]

    async def _make_queue(self, group: Group) -> RobustQueue:
        name = queue_of(group)
        back: ClassicQueueArgs = {
            "x-message-ttl": LATER_MILLISECONDS,
            "x-dead-letter-exchange": "",
            "x-dead-letter-routing-key": name,
        }
        later = await self._declare(f"{name}.later", back)
        await later.bind(LATER.name, routing_key=name)
        queue = await self._declare(
            name,
            {
                "x-single-active-consumer": True,
                "x-dead-letter-exchange": LATER.name,
                "x-dead-letter-routing-key": name,
            },
        )
        await self._bind(queue, group)
        return queue

    async def make_listener(self, name: str, group: Group) -> RobustQueue:
        """Make a queue that lives as long as this connection."""
        queue = await self.broker.declare_queue(RabbitQueue(name, durable=False, exclusive=True, auto_delete=True))
        await self._bind(queue, group)
        return queue

    async def _declare(self, name: str, arguments: ClassicQueueArgs) -> RobustQueue:
        return await self.broker.declare_queue(RabbitQueue(name, durable=True, arguments=arguments))

    async def _bind(self, queue: RobustQueue, group: Group) -> None:
        for type_ in ["#"] if group.types is None else sorted(group.types):
            await queue.bind(EVENTS.name, routing_key=type_)

    async def consume(
        self,
        queue: RobustQueue,
        came: Callable[[AbstractIncomingMessage], Awaitable[None]],
        acknowledged: bool = True,
    ) -> None:
        """Have the queue's messages handed to ``came``; losing the channel or the queue loses the connection."""
        queue.channel.close_callbacks.add(self._on_lost)
        queue.close_callbacks.add(self._on_lost)
        await queue.consume(came, no_ack=not acknowledged)

    async def ping(self) -> None:
        """Return if the broker answers, and has the exchange."""
        with self.reaching():
            async with asyncio.timeout(CONNECT_SECONDS):
                exchange = await self.broker.declare_exchange(EVENTS)
                await exchange.declare()

    async def close(self) -> None:
        """Close it, also if it is lost or was never made."""
        self.lost.set()
        with contextlib.suppress(*CONNECTION_EXCEPTIONS):
            async with asyncio.timeout(CONNECT_SECONDS):
                await self.broker.stop()
