"""RabbitMQ as the bus.

Every event goes to the topic exchange ``berth``, those of one type that are published together in one message; each
group has a durable queue bound by its types. The order holds because an event follows another of its subject in
the same message, or once that one is confirmed, because one
consumer at a time is served (``x-single-active-consumer``), and because what one that died left
unacknowledged goes back to its place at the head of the queue.

Retries with back-off and dead letters are the listener's own, in its database: a good event that was sent
back, or through a queue that delays it, would be overtaken by later ones of its subject. The queues that
delay are therefore only for messages that cannot be read: they come again after a while, as a newer
Berth may be on its way that can read them, and end in the queue ``berth.undecodable``.
"""

import asyncio
import uuid
from collections.abc import Callable, Sequence

import structlog
from aio_pika.abc import AbstractIncomingMessage
from pamqp.common import FieldValue

from berth.kit.bus.cloud_event import CONTENT_TYPE, NotACloudEvent, decode, encode
from berth.kit.bus.connection import Shared, own, until_lost
from berth.kit.bus.in_order import Message, publish_in_order
from berth.kit.bus.intake import Intake
from berth.kit.bus.port import Store
from berth.kit.bus.rabbitmq_connection import EVENTS, UNDECODABLE, RabbitConnection, queue_of, quieten_libraries
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.subscription import Group

UNDECODABLE_TRIES_MAX = 3
PUBLISH_SECONDS = 3.0


class RabbitBus:
    """The bus of one process; every group and every listener has a connection of its own."""

    def __init__(self, url: str) -> None:
        quieten_libraries()
        self._url = url
        self._groups: Sequence[Group] = ()
        # RabbitMQ forgets a queue that was made a moment before it is killed, and confirms events that have
        # nowhere to go: whoever publishes makes sure of the queues with every new connection.
        self._shared = Shared(lambda: RabbitConnection.open(url, self._groups))

    async def prepare(self, groups: Sequence[Group]) -> None:
        """See ``Bus``."""
        self._groups = tuple(groups)
        async with self._shared.using() as connection:
            await connection.make_queues(self._groups)

    async def publish(self, envelopes: Sequence[Envelope]) -> Sequence[Envelope]:
        """See ``Bus``."""
        if not envelopes:
            return ()
        async with self._shared.using() as connection:

            async def publish_one(message: Message) -> None:
                with connection.reaching():
                    async with asyncio.timeout(PUBLISH_SECONDS):
                        await connection.broker.publish(
                            encode(message.events),
                            exchange=EVENTS,
                            routing_key=message.type,
                            mandatory=False,
                            persist=True,
                            content_type=CONTENT_TYPE,
                            message_id=message.events[0].id,
                            correlation_id=message.events[0].id,
                        )

            return await publish_in_order(envelopes, publish_one, connection.lost)

    async def consume(self, group: Group, store: Store) -> None:
        """See ``Bus``."""
        async with own(RabbitConnection.open(self._url)) as connection:
            await until_lost(self._consume(connection, group, store), connection.lost)

    async def _consume(self, connection: RabbitConnection, group: Group, store: Store) -> None:
        intake = Intake()
        with connection.reaching():
            queue = (await connection.make_queues([group]))[0]
            # FastStream's subscriber drops what arrives before its start has returned, and then never
            # acknowledges it; so the queue that FastStream declared is consumed without one.
            await connection.consume(queue, intake.put)
        while True:
            messages = await intake.batch()
            readable, others = _read(messages, group)
            gather_seconds = await store(readable) if readable else 0.0
            with connection.reaching():
                for message in others:
                    await _put_aside(connection, group, message)
                if remaining := [message for message in messages if message not in others]:
                    await remaining[-1].ack(multiple=True)
            await asyncio.sleep(gather_seconds)

    async def listen(
        self, types: frozenset[str] | None, tell: Callable[[Sequence[Envelope]], None], began: Callable[[], None]
    ) -> None:
        """See ``Bus``."""
        listener = Group("broadcast", types)
        intake = Intake()
        async with own(RabbitConnection.open(self._url)) as connection:
            with connection.reaching():
                queue = await connection.make_listener(f"berth.broadcast.{uuid.uuid4()}", listener)
                await connection.consume(queue, intake.put, acknowledged=False)
            began()

            async def hear() -> None:
                while True:
                    heard, _ = _read(await intake.batch(), listener)
                    if heard:
                        tell(heard)

            await until_lost(hear(), connection.lost)

    async def ping(self) -> None:
        """See ``Bus``."""
        async with self._shared.using() as connection:
            await connection.ping()

    async def close(self) -> None:
        """See ``Bus``."""
        await self._shared.close()


def _read(
    messages: Sequence[AbstractIncomingMessage], group: Group
) -> tuple[list[Envelope], list[AbstractIncomingMessage]]:
    """Answer the events that the group wants, and the messages that are none."""
    wanted: list[Envelope] = []
    others = []
    for message in messages:
        try:
            wanted += [one for one in decode(message.body) if group.wants(one.type)]
        except NotACloudEvent as error:
            others.append(message)
            if not _times_put_aside(message):
                structlog.get_logger().error(
                    "message_is_no_event", broker_subject=message.routing_key, group=group.name, reason=str(error)
                )
    return wanted, others


def _times_put_aside(message: AbstractIncomingMessage) -> int:
    """Answer how often the broker has counted the message as rejected."""
    deaths = message.headers.get("x-death")
    if not isinstance(deaths, list):
        return 0
    return sum(
        count
        for death in deaths
        if isinstance(death, dict)
        and death.get("reason") == "rejected"
        and isinstance(count := death.get("count"), int)
    )


async def _put_aside(connection: RabbitConnection, group: Group, message: AbstractIncomingMessage) -> None:
    if _times_put_aside(message) < UNDECODABLE_TRIES_MAX:
        await message.reject(requeue=False)
        return
    headers: dict[str, FieldValue] = {"berth-queue": queue_of(group)}
    await connection.broker.publish(message.body, UNDECODABLE.name, headers=headers, persist=True)
    await message.ack()
