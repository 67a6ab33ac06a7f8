"""A batch is acknowledged by its last event, and nothing else with it."""

import asyncio
import secrets

import nats
from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig

from berth.kit.bus.nats import STREAM
from berth.kit.bus.port import Bus
from berth.kit.outbox.subscription import Group
from tests.broker.arrivals import Arrivals, consuming, event, events
from tests.broker.conftest import Server

LOOKS_MAX, LOOK_SECONDS = 1000, 0.01


async def all_acknowledged(stream: JetStreamContext, group: Group) -> None:
    for _ in range(LOOKS_MAX):
        if not (await stream.consumer_info(STREAM, group.name)).num_ack_pending:
            return
        await asyncio.sleep(LOOK_SECONDS)
    raise AssertionError("something is not acknowledged")


async def test_what_nats_has_thrown_away_holds_up_nobody(nats_server: Server, nats_bus: Bus) -> None:
    group, arrivals = Group(f"listener_{secrets.token_hex(4)}"), Arrivals()
    await nats_bus.prepare([group])
    for one in events(10):
        await nats_bus.publish([one])
    client = await nats.connect(nats_server.url)
    for number in (1, 4, 5):
        await client.jetstream().delete_msg(STREAM, number)
    async with consuming(nats_bus, group, arrivals):
        await arrivals.reach(7)
        await nats_bus.publish([event(11)])
        await arrivals.reach(8)
        await all_acknowledged(client.jetstream(), group)
    await client.close()
    assert arrivals.numbers == [2, 3, 6, 7, 8, 9, 10, 11]


async def test_a_group_of_an_older_berth_goes_on_where_it_was(nats_server: Server, nats_bus: Bus) -> None:
    group, arrivals = Group(f"listener_{secrets.token_hex(4)}"), Arrivals()
    for one in events(5):
        await nats_bus.publish([one])
    client = await nats.connect(nats_server.url)
    stream = client.jetstream()
    await stream.add_consumer(STREAM, ConsumerConfig(durable_name=group.name, ack_policy=AckPolicy.EXPLICIT))
    for message in await (await stream.pull_subscribe_bind(group.name, STREAM)).fetch(3):
        if message.metadata.sequence.stream != 3:
            await message.ack_sync()
    await nats_bus.prepare([group])
    await nats_bus.prepare([group])
    async with consuming(nats_bus, group, arrivals):
        await arrivals.reach(3)
        await all_acknowledged(stream, group)
    await client.close()
    assert arrivals.numbers == [3, 4, 5]


async def test_what_somebody_else_was_given_is_not_acknowledged_for_him(nats_server: Server, nats_bus: Bus) -> None:
    group, arrivals = Group(f"listener_{secrets.token_hex(4)}"), Arrivals()
    await nats_bus.prepare([group])
    async with consuming(nats_bus, group, arrivals):
        await nats_bus.publish(events(3))
        await arrivals.reach(3)
        client = await nats.connect(nats_server.url)
        # Another takes the next event from under the consumer's nose, and dies with it.
        other = await client.jetstream().pull_subscribe_bind(group.name, STREAM)
        taking = asyncio.ensure_future(other.fetch(1, timeout=20))
        await asyncio.sleep(0.5)
        for number in range(4, 30):
            await nats_bus.publish([event(number)])
        await taking
        await arrivals.reach(29)
        await all_acknowledged(client.jetstream(), group)
        await client.close()
    assert sorted(set(arrivals.numbers)) == list(range(1, 30))
