"""A message that is no event holds up nobody."""

import secrets

import nats
import pytest
import structlog
from aio_pika import Message, connect

from berth.kit.bus import rabbitmq_connection
from berth.kit.bus.port import Bus
from berth.kit.bus.rabbitmq import RabbitBus
from berth.kit.outbox.subscription import Group
from tests.broker.arrivals import CREATED, Arrivals, consuming, event
from tests.broker.conftest import Server


async def send(server: Server, body: bytes) -> None:
    """Put bytes where events are put, as somebody else would."""
    if server.url.startswith("nats"):
        client = await nats.connect(server.url)
        await client.jetstream().publish(CREATED, body)
        await client.close()
        return
    async with await connect(server.url) as connection:
        exchange = await (await connection.channel()).get_exchange("berth")
        await exchange.publish(Message(body), CREATED)


async def test_what_is_no_event_is_logged_once_and_the_next_one_handled(bus: Bus, server: Server) -> None:
    group, arrivals = Group(f"listener_{secrets.token_hex(4)}"), Arrivals()
    await bus.prepare([group])
    await bus.publish([event(1)])
    await send(server, b"no event")
    await bus.publish([event(2)])
    with structlog.testing.capture_logs() as logs:
        async with consuming(bus, group, arrivals):
            await arrivals.reach(2)
        async with consuming(bus, group, arrivals):
            await bus.publish([event(3)])
            await arrivals.reach(3)
    assert arrivals.numbers == [1, 2, 3]
    assert [one["event"] for one in logs] == ["message_is_no_event"]


@pytest.mark.slow
async def test_rabbitmq_delays_what_cannot_be_read_and_sets_it_aside_at_last(
    rabbitmq: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rabbitmq_connection, "LATER_MILLISECONDS", 50)
    group, arrivals = Group(f"listener_{secrets.token_hex(4)}"), Arrivals()
    body = secrets.token_bytes(8)
    await rabbitmq.start()
    bus = RabbitBus(rabbitmq.url)
    await bus.prepare([group])
    await send(rabbitmq, body)
    with structlog.testing.capture_logs() as logs:
        async with consuming(bus, group, arrivals), await connect(rabbitmq.url) as connection:
            aside = await (await connection.channel()).get_queue("berth.undecodable")
            async with aside.iterator(timeout=10) as messages:
                async for message in messages:
                    await message.ack()
                    if message.body == body:
                        break
            await bus.publish([event(1)])
            await arrivals.reach(1)
    await bus.close()
    assert message.headers["berth-queue"] == f"berth.{group.name}"
    assert len(logs) == 1
