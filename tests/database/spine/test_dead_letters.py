"""Dead letters are listed, handled again, and dropped."""

import contextlib
from collections.abc import Callable, Sequence

import pytest_asyncio

from berth.kit.db import Connection
from berth.kit.outbox import dead_letters
from berth.kit.outbox.event import Envelope
from tests.database.kit.conftest import until
from tests.database.spine.conftest import EVERYTHING, HORNS, Harbour, HornSounded, ShipSighted, in_order


async def four_dead(dead: Callable) -> bool:
    return len(await dead()) == 4


@pytest_asyncio.fixture(loop_scope="session")
async def sunk(harbour: Harbour, dead: Callable) -> Harbour:
    """Three events, which the logbook could not handle, and one of them not by the ears either."""

    async def sink(connection: Connection, envelopes: Sequence[Envelope]) -> None:
        raise OSError("no ink")

    harbour.handlers |= {EVERYTHING.name: sink, HORNS.name: sink}
    async with harbour.spine():
        await harbour.sight(ShipSighted(1, 0), ShipSighted(1, 1), HornSounded(2, 0))
        await until(lambda: four_dead(dead))
    harbour.handlers.clear()
    return harbour


async def test_dead_letters_are_listed_with_what_killed_them(sunk: Harbour) -> None:
    async with sunk.database.connection() as connection:
        found = await dead_letters.dead_letters(connection, "pilots")
        assert len(await dead_letters.dead_letters(connection, "pilots", 1)) == 1
        assert await dead_letters.dead_letters(connection, "harbour", 10) == []
    assert {(one.group, one.envelope.id) for one in found} == {
        ("ears", "harbour/3"),
        ("logbook", "harbour/1"),
        ("logbook", "harbour/2"),
        ("logbook", "harbour/3"),
    }
    assert {(one.schema, one.attempts, one.error) for one in found} == {("pilots", 3, "OSError('no ink')")}
    assert found[0].died_at >= found[-1].died_at


async def test_a_replayed_letter_is_handled_in_its_place_and_once(sunk: Harbour, dead: Callable) -> None:
    async with sunk.database.transaction() as connection:
        assert await dead_letters.replay(connection, "pilots", "logbook") == [
            ("harbour", 1),
            ("harbour", 2),
            ("harbour", 3),
        ]
    assert [one["group_name"] for one in await dead()] == ["ears"]
    row = await sunk.database.fetch_row("select attempts, due_at, handled_at from pilots.inbox where number = 1")
    assert tuple(row) == (0, None, None)
    async with sunk.spine():
        await sunk.settled(3)
    assert in_order(await sunk.effects())
    async with sunk.database.transaction() as connection:
        assert await dead_letters.replay(connection, "pilots", "logbook") == []


async def test_only_the_named_are_replayed(sunk: Harbour, dead: Callable) -> None:
    async with sunk.database.transaction() as connection:
        events = [("harbour", 2), ("harbour", 77)]
        assert await dead_letters.replay(connection, "pilots", "logbook", events) == [("harbour", 2)]
    assert len(await dead()) == 3


async def test_a_running_worker_takes_up_a_replay_at_once(sunk: Harbour) -> None:
    async with sunk.spine():
        await sunk.sight(ShipSighted(3, 0))
        await sunk.settled(1)
        async with sunk.database.transaction() as connection:
            await dead_letters.replay(connection, "pilots", "ears")
        await sunk.settled(1, HORNS, seconds_max=0.9)


async def test_a_letter_whose_row_of_the_inbox_was_forgotten_comes_again(sunk: Harbour) -> None:
    await sunk.database.execute("delete from pilots.inbox")
    async with sunk.database.transaction() as connection:
        await dead_letters.replay(connection, "pilots", "logbook", [("harbour", 1)])
    async with sunk.spine():
        await sunk.settled(1)
    assert [one["event_id"] for one in await sunk.effects()] == ["harbour/1"]


async def test_a_replay_that_rolls_back_leaves_all_as_it_was(sunk: Harbour, dead: Callable) -> None:
    with contextlib.suppress(ValueError):
        async with sunk.database.transaction() as connection:
            await dead_letters.replay(connection, "pilots", "logbook")
            raise ValueError
    assert len(await dead()) == 4


async def test_dropped_letters_are_gone_and_not_handled(sunk: Harbour, dead: Callable) -> None:
    async with sunk.database.transaction() as connection:
        assert await dead_letters.drop(connection, "pilots", "logbook", [("harbour", 1)]) == [("harbour", 1)]
        assert len(await dead_letters.drop(connection, "pilots", "logbook")) == 2
    assert [one["group_name"] for one in await dead()] == ["ears"]
    assert await sunk.database.fetch_value("select count(*) from pilots.inbox where handled_at is null") == 0
