"""How fast events go through a broker, beside FastStream's own bare publishing and consuming of the same bytes.

Berth's way is the whole of it: from the outbox through the relay and the broker into the inbox, and to the handler in
the transaction that marks the event as handled. The bare way publishes the same events, each in a message, confirmed,
50 at a time, and consumes them with a manual acknowledgement, through a durable stream or queue. Both begin with
everything written, and end when the last event is handled; one process does all, and the rounds alternate.
"""

import asyncio
import contextlib
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import uvloop
from faststream import AckPolicy
from faststream.nats import JStream, NatsBroker, NatsMessage, PullSub
from faststream.rabbit import Channel, RabbitBroker, RabbitMessage, RabbitQueue

from bench.berth_server import passing_folder
from bench.dispatching import WRITE
from berth.app.data_dir import open_data_dir
from berth.kit.bus.choose import open_bus
from berth.kit.bus.cloud_event import encode
from berth.kit.db import Changes, Connection, open_database
from berth.kit.embedded_pg import server
from berth.kit.inbox.worker import Retries
from berth.kit.migrate import migrate, migrations_of
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.pace import Courtesy
from berth.kit.outbox.relay import Listener, load
from berth.kit.outbox.spine import Member, Spine, Terms
from berth.kit.outbox.subscription import Group
from deploy.local import servers
from deploy.local.answering import free_ports
from deploy.local.process import Process

EVENTS = 5_000
SUBJECTS = 500
AT_ONCE = 50
PREFETCH = 200
ROUNDS = 5
BAR = 0.6


class Countdown:
    """Counts what is handled, and says when all is."""

    def __init__(self) -> None:
        self._left = EVENTS
        self.done = asyncio.Event()

    def count(self, events: int) -> None:
        """Count so many as handled."""
        self._left -= events
        if self._left <= 0:
            self.done.set()


async def through_berth(url: str, broker_url: str) -> float:
    """Answer the seconds that Berth takes to carry what stands in the outbox."""
    countdown = Countdown()

    async def handle(_: Connection, envelopes: Sequence[Envelope]) -> None:
        countdown.count(len(envelopes))

    changes = Changes(lambda: asyncpg.connect(url))
    bus = open_bus(broker_url)
    async with open_database(url) as database:
        spine = Spine(
            members=[
                Member("harbour", database),
                Member("pilots", database, handlers={"bench": handle}),
            ],
            listeners=[Listener("pilots", Group("bench"))],
            whole=database,
            bus=bus,
            changes=changes,
            connect=lambda: asyncpg.connect(url),
            clock=lambda: datetime.now(UTC),
            courtesy=Courtesy(),
            terms=Terms(Retries(), timedelta(days=7)),
        )
        began = time.perf_counter()
        tasks = [asyncio.ensure_future(task()) for task in spine.tasks()]
        await countdown.done.wait()
        seconds = time.perf_counter() - began
        # What is handled is acknowledged a moment later; what is not would make the next round wait for it.
        await asyncio.sleep(0.1)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    await bus.close()
    return seconds


async def published(publish: Callable[[bytes], Awaitable[object]], bodies: Sequence[bytes]) -> None:
    """Publish the bodies, so many at once."""
    waiting = iter(bodies)

    async def work() -> None:
        for body in waiting:
            await publish(body)

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))


async def bare_nats(broker_url: str, bodies: Sequence[bytes]) -> float:
    """Answer the seconds that FastStream takes on NATS."""
    countdown = Countdown()
    broker = NatsBroker(broker_url, logger=None)
    stream = JStream("BARE", subjects=["bare.>"])

    @broker.subscriber(
        "bare.event",
        stream=stream,
        durable="bare",
        pull_sub=PullSub(batch_size=100),
        ack_policy=AckPolicy.MANUAL,
    )
    async def handle(body: Any, message: NatsMessage) -> None:
        assert body[0]["specversion"] == "1.0"
        await message.ack()
        countdown.count(1)

    async with broker:
        await broker.start()
        began = time.perf_counter()
        await published(lambda body: broker.publish(body, "bare.event", stream="BARE"), bodies)
        await countdown.done.wait()
        return time.perf_counter() - began


async def bare_rabbitmq(broker_url: str, bodies: Sequence[bytes]) -> float:
    """Answer the seconds that FastStream takes on RabbitMQ."""
    countdown = Countdown()
    broker = RabbitBroker(broker_url, logger=None, default_channel=Channel(prefetch_count=PREFETCH))
    queue = RabbitQueue("bare", durable=True)

    @broker.subscriber(queue, ack_policy=AckPolicy.MANUAL)
    async def handle(body: Any, message: RabbitMessage) -> None:
        assert body[0]["specversion"] == "1.0"
        await message.ack()
        countdown.count(1)

    async with broker:
        await broker.start()
        began = time.perf_counter()
        await published(lambda body: broker.publish(body, "bare", persist=True), bodies)
        await countdown.done.wait()
        return time.perf_counter() - began


async def rounds(name: str, url: str, broker_url: str) -> None:
    """Measure one broker, and print each round and the median ratio."""
    bare = {"nats": bare_nats, "rabbitmq": bare_rabbitmq}[name]
    connection = await asyncpg.connect(url)
    await migrate(connection, migrations_of([("harbour", "berth.contracts"), ("pilots", "berth.contracts")]))
    ratios = []
    for number in range(1, ROUNDS + 1):
        # Numbers go on from round to round: the groups remember those that they have handled.
        await connection.execute("delete from harbour.outbox")
        await connection.execute(WRITE, EVENTS, SUBJECTS)
        async with open_database(url) as database:
            numbers = [row["id"] for row in await database.fetch("select id from harbour.outbox")]
            bodies = [encode([one]) for one in await load(database, "harbour", numbers)]
        alone = await bare(broker_url, bodies)
        whole = await through_berth(url, broker_url)
        ratios.append(alone / whole)
        print(
            f"round {number}: {name}: FastStream alone {EVENTS / alone:6.0f}/s   Berth {EVENTS / whole:6.0f}/s   "
            f"ratio {ratios[-1]:.2f}"
        )
    print(f"carrying by {name}: median ratio {statistics.median(ratios):.2f} (bar {BAR})")
    await connection.close()


@contextlib.asynccontextmanager
async def brokers(folder: Path) -> AsyncIterator[dict[str, str]]:
    """Run NATS and RabbitMQ, and answer their URLs."""
    nats_port, port, cluster_port, epmd_port = free_ports(4)
    programs = [
        Process(servers.nats(folder / "nats", nats_port)),
        Process(servers.epmd(folder / "epmd", epmd_port)),
        Process(servers.rabbitmq(folder / "rabbitmq", port, cluster_port=cluster_port, epmd_port=epmd_port)),
    ]
    try:
        for one in programs:
            await one.start()
            await one.wait_ready()
        yield {"nats": servers.nats_url(nats_port), "rabbitmq": servers.rabbitmq_url(port)}
    finally:
        for one in reversed(programs):
            await one.stop()


def run() -> None:
    """Measure both brokers on an embedded PostgreSQL in a temporary directory."""

    async def measured() -> None:
        with passing_folder() as folder:
            data_dir = open_data_dir(folder / "data")
            async with server.serving(data_dir, "bench") as url, brokers(folder) as urls:
                for name, broker_url in urls.items():
                    await rounds(name, url, broker_url)

    uvloop.run(measured())


if __name__ == "__main__":
    run()
