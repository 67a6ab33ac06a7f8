"""Answers, moves and cancellations at once, in real transactions: nobody sees a deadlock, and all ends clean."""

import asyncio
import random
from collections.abc import Awaitable, Callable

import asyncpg
import pytest

from berth.kit.http.problem import Problem
from berth.modules.booking.domain.life.value import NotNow
from tests.database.booking.calendar import HOUR
from tests.database.booking.life.answering import TEN
from tests.database.booking.life.conftest import BUFFERED, HALL, PLAIN, ROOM, Process

ROOMS = (PLAIN, ROOM, HALL, BUFFERED)
REFUSALS = {404, 409, 412, 422}


async def persistently(work: Callable[[], Awaitable[object]], seen: list[str]) -> None:
    """Do what a person does; what is refused is refused by a rule, and nothing else goes wrong."""
    try:
        await work()
    except Problem as problem:
        if problem.status not in REFUSALS:
            seen.append(str(problem))
    except NotNow:
        pass
    except asyncpg.DeadlockDetectedError:
        seen.append("deadlock")


def act(process: Process, ids: list[int], chance: random.Random) -> object:
    """Answer something that a person, or the clock, may do."""
    id_ = chance.choice(ids)
    start = TEN + chance.randrange(8) * HOUR
    rooms = tuple(chance.sample(ROOMS, chance.choice([1, 1, 2])))
    slot = {"start": start, "end": start + chance.choice([1, 2]) * HOUR}
    return chance.choices(
        [
            lambda: process.change(id_, **slot),
            lambda: process.change(id_, resource_ids=rooms),
            lambda: process.change(id_, **slot, resource_ids=rooms),
            lambda: process.cancel(id_),
            lambda: process.check_in(id_),
            lambda: process.check_out(id_),
            lambda: process.create(*rooms, start=start),
            lambda: strike(process, id_),
        ],
        [6, 3, 3, 1, 2, 1, 3, 3],
    )[0]


@pytest.mark.parametrize("seed", range(6))
async def test_everything_at_once_ends_clean(process: Process, seed: int) -> None:
    chance, seen = random.Random(seed), list[str]()
    ids = [await process.create(room, start=TEN + n * 2 * HOUR) for room in ROOMS for n in range(2)]
    if seed % 2:
        await process.carry()

    async def network() -> None:
        for _ in range(25):
            process.refuse = set(chance.sample(["quota", "access", "payment"], chance.choice([0, 0, 1])))
            answers = [answer for one in await process.news() for answer in process.confirm(one)]
            chance.shuffle(answers)
            half = len(answers) // 2
            for batch in (answers[:half], answers[half:]):
                await asyncio.gather(
                    persistently(lambda batch=batch: process.handle(*batch), seen),
                    persistently(lambda batch=batch: process.handle(*reversed(batch)), seen),
                )
            await asyncio.sleep(0.01)

    process.clock.now = TEN - HOUR / 6
    people = [persistently(act(process, ids, chance), seen) for _ in range(120)]
    async with asyncio.timeout(60):
        await asyncio.gather(network(), *people)
    assert seen == [], "a caller saw what is nobody's business"
    process.refuse = set()
    await process.carry()
    await remind_all(process)
    await process.check()
    await process.pass_all_time()
    for (id_, _), one in process.confirmers.items():
        assert not one.held
        assert len(one.committed) == ((await process.state(id_)) in {"finished", "no_show"} and bool(one.committed))


async def strike(process: Process, id_: int) -> None:
    """Let the clock of a reservation strike, be it due or not."""
    async with process.database.transaction() as connection:
        await process.ring(connection, f"reservation/{id_}")


async def remind_all(process: Process) -> None:
    """Set the clocks of all, as their creation would have, had its news been handled."""
    lives = [
        await process.life(row["id"]) for row in await process.database.fetch("select id from booking.reservation")
    ]
    async with process.database.transaction() as connection:
        await process.living.remind(connection, lives)


async def test_many_moves_right_after_a_restart_need_no_more_connections_than_there_are(process: Process) -> None:
    ids = [await process.create(one) for one in (ROOM, BUFFERED)]
    await process.carry()
    seen: list[str] = []
    async with process.restarted():
        async with asyncio.timeout(8):
            await asyncio.gather(
                *(
                    persistently(lambda id_=id_, n=n: process.change(id_, end=TEN + n * HOUR), seen)
                    for n in range(2, 12)
                    for id_ in ids
                )
            )
        assert seen == []
        await process.check()
        await process.carry()
        await process.check()
