"""What Berth relies on with any broker: nothing that was confirmed is lost, and the order of a subject is kept."""

import asyncio
import contextlib
import logging
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from berth.kit.bus.port import Bus, BusAway
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.subscription import Group
from tests.broker.arrivals import CREATED, MOVED, Arrivals, consuming, event, events, out_of_order, publish_all
from tests.broker.conftest import Server


@pytest.fixture
def group() -> Group:
    return named()


def named(types: frozenset[str] | None = None) -> Group:
    return Group(f"listener_{secrets.token_hex(4)}", types)


async def test_what_is_published_before_anybody_consumes_arrives(bus: Bus, group: Group) -> None:
    sent, arrivals, whole = events(30), Arrivals(), []

    async def store(envelopes: Sequence[Envelope]) -> float:
        whole.extend(envelopes)
        return await arrivals.store(envelopes)

    await bus.prepare([group])
    await bus.prepare([group])
    assert {one.id for one in await bus.publish(sent)} == {one.id for one in sent}
    consuming_ = asyncio.ensure_future(bus.consume(group, store))
    await arrivals.reach(30)
    consuming_.cancel()
    assert sorted(whole, key=lambda one: one.number) == sent


async def test_each_group_gets_what_it_wants_and_nothing_else(bus: Bus) -> None:
    everything, moved = named(), named(frozenset({MOVED}))
    of_all, of_moved = Arrivals(), Arrivals()
    await bus.prepare([everything, moved])
    await bus.publish([event(n, type_=MOVED if n % 5 == 0 else CREATED) for n in range(1, 51)])
    async with consuming(bus, everything, of_all), consuming(bus, moved, of_moved):
        await of_all.reach(50)
        await of_moved.reach(10)
        await bus.publish([event(51), event(52, type_=MOVED)])
        await of_moved.reach(11)
    assert of_moved.numbers == [*range(5, 51, 5), 52]
    assert of_all.numbers[:50] == list(range(1, 51))


async def test_a_thousand_events_keep_the_order_of_their_subjects(bus: Bus, group: Group) -> None:
    arrivals = Arrivals(seconds_per_batch=0.02)
    await bus.prepare([group])
    async with consuming(bus, group, arrivals):
        await publish_all(bus, events(1000))
        await arrivals.reach(1000)
    assert out_of_order(arrivals.numbers) == []
    assert sum(arrivals.batches) == 1000
    assert len(arrivals.batches) < 200


async def test_a_single_event_arrives_at_once(bus: Bus, group: Group) -> None:
    arrivals = Arrivals()
    await bus.prepare([group])
    async with consuming(bus, group, arrivals):
        await bus.publish([event(1)])
        await arrivals.reach(1)
        before = time.monotonic()
        await bus.publish([event(2)])
        await arrivals.reach(2)
        assert time.monotonic() - before < 0.5


async def test_a_killed_consumer_loses_nothing_and_its_successor_keeps_the_order(
    bus: Bus, server: Server, group: Group, tmp_path: Path
) -> None:
    stored = tmp_path / "stored"
    stored.touch()

    def numbers() -> list[int]:
        return [int(line) for line in stored.read_text().splitlines()]

    await bus.prepare([group])
    await publish_all(bus, events(600))
    with process_consuming(server, group, stored):
        await until(lambda: len(numbers()) > 250)
    with process_consuming(server, group, stored):
        await until(lambda: len(set(numbers())) == 600)
    assert out_of_order(dict.fromkeys(numbers())) == []


@contextlib.contextmanager
def process_consuming(server: Server, group: Group, path: Path) -> Iterator[None]:
    """A process of its own, killed without warning at the end."""
    process = subprocess.Popen([sys.executable, "-m", "tests.broker.consumer", server.url, group.name, str(path)])
    try:
        yield
    finally:
        process.kill()
        process.wait()


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not true():  # noqa: ASYNC110 (it looks at a file, too)
            await asyncio.sleep(0.02)


async def test_a_broker_killed_on_the_way_loses_nothing_that_it_confirmed(
    bus: Bus, server: Server, group: Group
) -> None:
    arrivals = Arrivals()
    await bus.prepare([group])
    async with consuming(bus, group, arrivals):
        publishing = asyncio.ensure_future(publish_all(bus, events(1500)))
        await arrivals.reach(300)
        await server.kill()
        await server.start()
        await publishing
        await arrivals.reach(1500)
    assert out_of_order(arrivals.numbers) == []


async def test_a_broker_that_is_away_is_said_to_be_quickly_and_used_once_it_is_back(
    bus: Bus, server: Server, group: Group, caplog: pytest.LogCaptureFixture
) -> None:
    async def forget(_: Sequence[Envelope]) -> float:
        raise AssertionError

    calls: list[Callable[[], Any]] = [
        bus.ping,
        lambda: bus.prepare([group]),
        lambda: bus.publish([event(1)]),
        lambda: bus.consume(group, forget),
        lambda: bus.listen(None, lambda _: None, lambda: None),
    ]
    await bus.prepare([group])
    living = [asyncio.ensure_future(call()) for call in calls[-2:]]
    await asyncio.sleep(0.3)
    await server.kill()
    for one in living:
        with pytest.raises(BusAway):
            await one
    caplog.set_level(logging.INFO)
    before = time.monotonic()
    for _ in range(5):
        for call in calls:
            with pytest.raises(BusAway, match=str(server.port)):
                await call()
    assert time.monotonic() - before < 5
    assert len(caplog.records) < 3
    await server.start()
    await bus.ping()
    arrivals = Arrivals()
    async with consuming(bus, group, arrivals):
        assert len(await bus.publish([event(1)])) == 1
        await arrivals.reach(1)


async def test_a_database_that_is_away_for_long_changes_neither_order_nor_number(bus: Bus, group: Group) -> None:
    arrivals = Arrivals()
    await bus.prepare([group])
    await publish_all(bus, events(300))
    async with consuming(bus, group, arrivals):
        arrivals.open.clear()
        await arrivals.knocked.wait()
        await publish_all(bus, events(300, start=301))
        await asyncio.sleep(6)
        arrivals.open.set()
        await arrivals.reach(600)
    assert out_of_order(arrivals.numbers) == []


async def test_every_listener_hears_what_happens_while_it_lives(bus: Bus, group: Group) -> None:
    heard: list[int] = []
    heard_moves: list[int] = []
    await bus.prepare([group])
    await bus.publish([event(1)])
    began: list[None] = []
    listening = [
        asyncio.ensure_future(
            bus.listen(types, lambda said, to=to: to.extend(one.number for one in said), lambda: began.append(None))
        )
        for types, to in ((None, heard), (frozenset({MOVED}), heard_moves))
    ]
    await until(lambda: len(began) == len(listening))
    await bus.publish([event(2, type_=MOVED), event(3), event(4, type_=MOVED)])
    await until(lambda: 4 in heard and 4 in heard_moves)
    for one in listening:
        one.cancel()
    await asyncio.gather(*listening, return_exceptions=True)
    assert sorted(heard) == [2, 3, 4]
    assert sorted(heard_moves) == [2, 4]


async def test_a_bus_that_is_closed_leaves_no_task_behind(server: Server, bus: Bus, group: Group) -> None:
    await bus.close()
    before = asyncio.all_tasks()
    arrivals = Arrivals()
    await bus.prepare([group])
    async with consuming(bus, group, arrivals):
        await bus.publish([event(1)])
        await arrivals.reach(1)
    for delay in (0.0, 0.001, 0.002, 0.003, 0.004, 0.005, 0.006, 0.008, 0.01, 0.02):
        consuming_ = asyncio.ensure_future(bus.consume(group, arrivals.store))
        await asyncio.sleep(delay)
        consuming_.cancel()
        await asyncio.gather(consuming_, return_exceptions=True)
    await bus.close()
    # What others have left in this loop, such as connections that are given back, ends by itself.
    _, left = await asyncio.wait({*(asyncio.all_tasks() - before), asyncio.ensure_future(asyncio.sleep(0))}, timeout=2)
    assert {task.get_name() + repr(task.get_coro()) for task in left} == set()
