"""Whoever follows a performance has its map: all of it, then what changes."""

import asyncio

import pytest

from berth.edges.live.mirror import Mirror
from tests.unit.live.hall import Served, cancelled, until
from tests.websocket import Shown, connected


async def test_a_snapshot_then_deltas_and_one_delta_for_what_changes_together(hall: Served) -> None:
    async with connected(hall.url) as client:
        await client.hello("ann's")
        shown = Shown()
        snapshot = await client.follow("performance/12")
        assert (snapshot["states"], snapshot["version"]) == ("ffffff", 0)
        assert snapshot["areas"] == [{"key": "floor", "capacity": 100, "taken": 0}]
        shown.take(snapshot)
        hall.tell(hall.hall.change("held", 0, 1, floor=2), hall.hall.change("sold", 1))
        delta = await client.hear()
        assert delta == {
            "type": "delta",
            "topic": "performance/12",
            "epoch": snapshot["epoch"],
            "version": 1,
            "seats": [[0, "h"], [1, "s"]],
            "areas": [["floor", 2]],
        }


async def test_one_mirror_serves_all_and_is_forgotten_once_nobody_follows(hall: Served) -> None:
    async with connected(hall.url) as one, connected(hall.url) as other:
        for client in (one, other):
            await client.hello("ann's")
            assert (await client.follow("performance/12"))["type"] == "snapshot"
        assert hall.hall.readings == 1
        hall.tell(hall.hall.change("held", 5))
        assert await one.hear() == await other.hear()
        one.say("unsubscribe", topic="performance/12")
        assert await one.hear() == {"type": "unsubscribed", "topic": "performance/12"}
    performances = hall.sockets._performances
    await until(lambda: performances.count == 0)
    assert performances.broadcast.audience.gone.is_set()


async def test_who_finds_a_gap_subscribes_again_and_gets_the_map(hall: Served) -> None:
    async with connected(hall.url) as client:
        await client.hello("ann's")
        await client.follow("performance/12")
        hall.tell(hall.hall.change("held", 3))
        await client.hear_of("delta")
        again = await client.follow("performance/12")
        assert (again["type"], again["version"], again["states"]) == ("snapshot", 1, "fffhff")


async def test_after_an_interruption_everybody_gets_the_map_under_a_new_epoch(hall: Served) -> None:
    async with connected(hall.url) as client:
        await client.hello("ann's")
        before = await client.follow("performance/12")
        hall.hall.change("sold", 2)
        hall.interrupt()
        after = await client.hear_of("snapshot")
        assert after["epoch"] != before["epoch"]
        assert after["states"] == "ffsfff"


async def test_what_is_told_while_the_seats_are_read_is_not_lost(hall: Served) -> None:
    hall.hall.reading.clear()
    async with connected(hall.url) as client:
        await client.hello("ann's")
        client.say("subscribe", topic="performance/12")
        await until(lambda: hall.hall.readings)
        hall.tell(hall.hall.change("held", 1))
        hall.hall.reading.set()
        assert (await client.hear_of("snapshot"))["states"] == "fhffff"


async def test_a_missing_event_is_noticed_and_made_up_for(hall: Served) -> None:
    async with connected(hall.url) as client:
        await client.hello("ann's")
        shown = Shown()
        shown.take(await client.follow("performance/12"))
        hall.hall.change("held", 0, 4)
        hall.tell(hall.hall.change("sold", 0))
        while "".join(shown.states) != hall.hall.states:
            shown.take(await client.hear() or {})
        assert shown.gaps == 0


async def test_the_map_comes_once_seating_answers(hall: Served) -> None:
    hall.hall.away = True
    async with connected(hall.url) as client:
        await client.hello("ann's")
        client.say("subscribe", topic="performance/12")
        await until(lambda: hall.hall.readings)
        hall.hall.away = False
        assert (await client.hear_of("snapshot"))["states"] == "ffffff"


@pytest.mark.parametrize(
    ("topic", "reason"),
    [
        ("performance/13", "There is no such performance."),
        ("resource/6", "There is no resource 6."),
        ("site/4", "There is no site 4."),
        ("performance/0", "Topics are performance/1, resource/1, site/1, resources and notices."),
        ("weather", "Topics are performance/1, resource/1, site/1, resources and notices."),
    ],
)
async def test_what_is_not_there_is_refused(hall: Served, topic: str, reason: str) -> None:
    async with connected(hall.url) as client:
        await client.hello("ann's")
        assert await client.follow(topic) == {"type": "refused", "topic": topic, "reason": reason}
        assert (await client.follow("performance/12"))["type"] == "snapshot"


async def test_a_fault_while_telling_does_not_end_the_telling(hall: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    async with connected(hall.url) as client:
        await client.hello("ann's")
        await client.follow("performance/12")
        with monkeypatch.context() as broken:
            broken.setattr(Mirror, "delta", lambda self: 1 / 0)
            hall.tell(hall.hall.change("held", 1))
            await asyncio.sleep(0.2)
        await asyncio.sleep(1)
        hall.tell(hall.hall.change("held", 2))
        assert (await client.hear_of("delta"))["seats"] == [[1, "h"], [2, "h"]]


async def test_who_follows_is_told_once_that_the_performance_is_to_be_looked_at_again(hall: Served) -> None:
    async with connected(hall.url) as client:
        await client.hello("ann's")
        await client.follow("performance/12")
        hall.tell(cancelled(13), cancelled(), cancelled())
        assert await client.hear() == {
            "type": "notice",
            "topic": "performance/12",
            "about": "berth.seating.performance_cancelled.v1",
            "subject": "performance/12",
            "resource_ids": [4],
        }
        hall.tell(hall.hall.change("held", 1))
        assert (await client.hear() or {})["type"] == "delta"


async def test_a_performance_is_told_of_while_its_seats_cannot_be_read(hall: Served) -> None:
    hall.hall.away = True
    async with connected(hall.url) as client:
        await client.hello("ann's")
        client.say("subscribe", topic="performance/12")
        await until(lambda: hall.hall.readings)
        hall.tell(cancelled())
        assert (await client.hear() or {})["about"] == "berth.seating.performance_cancelled.v1"


async def test_after_an_interruption_the_performance_is_to_be_looked_at_again_too(hall: Served) -> None:
    async with connected(hall.url) as client:
        await client.hello("ann's")
        await client.follow("performance/12")
        hall.interrupt()
        assert await client.hear() == {"type": "missed", "topic": "performance/12"}
        assert (await client.hear() or {})["type"] == "snapshot"
