"""NATS with JetStream as the bus.

Every event is in one stream, below ``berth.``, those of one type that are published together in one message; each
group is a durable consumer of it. A group that wants some types alone takes all messages and leaves the others
unread: older servers know one filter for each consumer.

The order holds because an event follows another of its subject in the same message, or once that one is
confirmed, and because a group takes the next batch only once the last one is stored; the latest message of a batch
acknowledges it all. What a consumer left unacknowledged when it died comes again ahead of all others, but only when
its time is up: the next consumer waits for that.
Retries with back-off and dead letters are the listener's own, in its database: sending a good event
back to the broker would let later ones of its subject overtake it.
"""

import asyncio
import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import Self

import structlog
from faststream.nats import NatsBroker
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy, StorageType, StreamConfig
from nats.js.errors import BadRequestError, NotFoundError

from berth.kit.bus.cloud_event import CONTENT_TYPE, NotACloudEvent, decode, encode
from berth.kit.bus.connection import CONNECT_SECONDS, Shared, name_of, own, until_lost
from berth.kit.bus.in_order import Message, publish_in_order
from berth.kit.bus.nats_pull import WAIT_SECONDS, Pull
from berth.kit.bus.port import BusAway, Store
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.subscription import Group

STREAM = "BERTH"
SUBJECTS = "berth.>"
KEPT_SECONDS = 14 * 24 * 3600
ACK_SECONDS = 3.0
SLACK_SECONDS = 0.5
PUBLISH_SECONDS = 3.0


class NatsConnection:
    """One connection; it is not mended once lost, so that nothing in it can be stale."""

    def __init__(self, url: str) -> None:
        self.lost = asyncio.Event()
        self._name = name_of(url)
        self._reason: Exception | None = None

        async def on_lost() -> None:
            self.lost.set()

        async def on_error(error: Exception) -> None:
            self._reason = error

        self.broker = NatsBroker(
            # The scheme of the library for TLS is the short one.
            url.replace("nats+tls://", "tls://", 1),
            name="berth",
            allow_reconnect=False,
            # While it connects for the first time the library would try sixty times.
            max_reconnect_attempts=1,
            reconnect_time_wait=0,
            connect_timeout=CONNECT_SECONDS,
            ping_interval=5,
            error_cb=on_error,
            disconnected_cb=on_lost,
            closed_cb=on_lost,
            apply_types=False,
            logger=None,
        )

    @classmethod
    async def open(cls, url: str) -> Self:
        """Connect, and make the stream if it is not there."""
        connection = cls(url)
        with connection.reaching():
            try:
                async with asyncio.timeout(2 * CONNECT_SECONDS):
                    await connection.broker.connect()
                    await connection.make_stream()
            except BaseException:
                await connection.close()
                raise
        return connection

    @property
    def client(self) -> Client:
        """Answer the library's connection."""
        return self.broker.connection

    @property
    def stream(self) -> JetStreamContext:
        """Answer the library's way to the stream."""
        return self.client.jetstream(timeout=CONNECT_SECONDS)

    @contextlib.contextmanager
    def reaching(self) -> Iterator[None]:
        """Turn what the library raises into ``BusAway``."""
        try:
            yield
        except (NatsError, OSError) as error:
            raise BusAway(f"The broker {self._name} does not answer: {self._reason or error!r}") from error

    async def make_stream(self) -> None:
        """Make the stream, or change it to what it is to be."""
        config = StreamConfig(name=STREAM, subjects=[SUBJECTS], max_age=KEPT_SECONDS, storage=StorageType.FILE)
        try:
            await self.stream.add_stream(config)
        except BadRequestError:
            await self.stream.update_stream(config)

    async def make_consumer(self, group: Group) -> None:
        """Make the group's durable consumer; one made now has all events that the stream still keeps.

        One that an older Berth made acknowledges events one by one, which NATS does not change: another is made, which
        goes on where that one was.
        """
        config = ConsumerConfig(
            durable_name=group.name,
            deliver_policy=DeliverPolicy.ALL,
            ack_policy=AckPolicy.ALL,
            ack_wait=ACK_SECONDS,
        )
        try:
            present = await self.stream.consumer_info(STREAM, group.name)
        except NotFoundError:
            await self.stream.add_consumer(STREAM, config)
            return
        if present.config.ack_policy != AckPolicy.ALL:
            first = (present.ack_floor.stream_seq if present.ack_floor else 0) + 1
            await self.stream.delete_consumer(STREAM, group.name)
            goes_on = config.evolve(deliver_policy=DeliverPolicy.BY_START_SEQUENCE, opt_start_seq=first)
            await self.stream.add_consumer(STREAM, goes_on)

    async def close(self) -> None:
        """Close it, also if it is lost or was never made."""
        self.lost.set()
        if self.broker.config.connection_state and not self.client.is_closed:
            with contextlib.suppress(NatsError, OSError):
                async with asyncio.timeout(CONNECT_SECONDS):
                    await self.client.close()


class NatsBus:
    """The bus of one process; every group and every listener has a connection of its own."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._shared = Shared(lambda: NatsConnection.open(url))

    async def prepare(self, groups: Sequence[Group]) -> None:
        """See ``Bus``."""
        async with self._shared.using() as connection:
            with connection.reaching():
                for group in groups:
                    await connection.make_consumer(group)

    async def publish(self, envelopes: Sequence[Envelope]) -> Sequence[Envelope]:
        """See ``Bus``."""
        if not envelopes:
            return ()
        async with self._shared.using() as connection:

            async def publish_one(message: Message) -> None:
                with connection.reaching():
                    await connection.broker.publish(
                        encode(message.events),
                        message.type,
                        headers={"content-type": CONTENT_TYPE},
                        correlation_id=message.events[0].id,
                        stream=STREAM,
                        timeout=PUBLISH_SECONDS,
                    )

            return await publish_in_order(envelopes, publish_one, connection.lost)

    async def consume(self, group: Group, store: Store) -> None:
        """See ``Bus``."""
        async with own(NatsConnection.open(self._url)) as connection:
            await until_lost(self._consume(connection, group, store), connection.lost)

    async def _consume(self, connection: NatsConnection, group: Group, store: Store) -> None:
        with connection.reaching():
            await connection.make_consumer(group)
            await _let_the_last_one_go(connection.stream, group)
            delivered = (await connection.stream.consumer_info(STREAM, group.name)).delivered.consumer_seq
        async with Pull(connection.client, STREAM, group.name) as pull:
            while True:
                with connection.reaching():
                    messages = await pull.batch()
                delivered = _all_after(delivered, messages, group)
                wanted = _readable(messages, group)
                gather_seconds = await store(wanted) if wanted else group.gather_seconds
                with connection.reaching():
                    await max(messages, key=_place).ack()
                await asyncio.sleep(gather_seconds)

    async def listen(
        self, types: frozenset[str] | None, tell: Callable[[Sequence[Envelope]], None], began: Callable[[], None]
    ) -> None:
        """See ``Bus``."""
        listener = Group("broadcast", types)

        async def came(message: Msg) -> None:
            if heard := _readable([message], listener):
                tell(heard)

        async with own(NatsConnection.open(self._url)) as connection:
            with connection.reaching():
                for subject in [SUBJECTS] if types is None else sorted(types):
                    await connection.client.subscribe(subject, cb=came)
                await connection.client.flush(CONNECT_SECONDS)
            began()
            await until_lost(asyncio.Event().wait(), connection.lost)

    async def ping(self) -> None:
        """See ``Bus``."""
        async with self._shared.using() as connection:
            with connection.reaching():
                await connection.stream.account_info()

    async def close(self) -> None:
        """See ``Bus``."""
        await self._shared.close()


async def _let_the_last_one_go(stream: JetStreamContext, group: Group) -> None:
    """Wait until what a consumer that died had asked for, and had been given, is free to come again."""
    try:
        async with asyncio.timeout(WAIT_SECONDS + 1):
            while (await stream.consumer_info(STREAM, group.name)).num_waiting:  # noqa: ASYNC110 only the broker knows when
                await asyncio.sleep(0.1)
    except TimeoutError:
        structlog.get_logger().warning("group_consumed_elsewhere", group=group.name)
    if (await stream.consumer_info(STREAM, group.name)).num_ack_pending:
        await asyncio.sleep(ACK_SECONDS + SLACK_SECONDS)


def _place(message: Msg) -> int:
    """Answer its number in the stream; one that comes again, since storing took long, has a lower one than others."""
    return message.metadata.sequence.stream


def _all_after(delivered: int, messages: Sequence[Msg], group: Group) -> int:
    """Answer the number of the last delivery, if these are all that follow the one given, or raise ``BusAway``.

    The latest message of a batch acknowledges all before it in the stream. So none of them may have gone to somebody
    else; NATS numbers what it delivers for a group. What it gave away comes again once this connection is given up.
    """
    numbers = [one.metadata.sequence.consumer for one in messages]
    if numbers != list(range(delivered + 1, delivered + 1 + len(numbers))):
        raise BusAway(f"NATS has given some events of {group.name} to another consumer.")
    return numbers[-1]


def _readable(messages: Sequence[Msg], group: Group) -> list[Envelope]:
    """Answer the events that the group wants; a message that is no event is logged and gets no other chance.

    The broker's subject is the type of the events, so that what others want need not be read.
    """
    wanted: list[Envelope] = []
    for message in messages:
        if not group.wants(message.subject):
            continue
        try:
            wanted += decode(message.data)
        except NotACloudEvent as error:
            structlog.get_logger().error(
                "message_is_no_event", broker_subject=message.subject, group=group.name, reason=str(error)
            )
    return wanted
