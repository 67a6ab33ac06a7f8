"""Many at once want the last of an allowance: as much is given as there is, and nobody waits in a circle."""

import asyncio
import random

from berth.kit.auth import Role
from berth.modules.quota.domain.allowances import AllowanceUnit
from berth.modules.quota.usecases.grants import Gift
from tests.database.quota.conftest import ADA, MONDAY, ROOT, Process, asked, closed, settled, withdrawn


def person(number: int) -> object:
    return ADA.__class__(number, f"p{number}", f"P{number}", Role.USER, None, number)


async def test_a_thousand_people_race_for_the_last_minutes_of_a_pool(process: Process) -> None:
    pool = await process.set(shared=True, amount=60 * 25 + 59)
    await asyncio.gather(*[process.tell(asked(number, owner=person(number))) for number in range(1, 1001)])
    words = await process.words()
    assert (words.count("held"), words.count("denied")) == (25, 975)
    assert await process.usage() == {(pool.id, 0, "week/2027-03-01"): (1500, 0)}


async def test_one_person_races_with_himself(process: Process) -> None:
    allowance = await process.set()
    await asyncio.gather(*[process.tell(asked(number, minutes=50)) for number in range(1, 101)])
    words = await process.words()
    assert (words.count("held"), words.count("denied")) == (3, 97)
    assert await process.usage() == {(allowance.id, ADA.id, "week/2027-03-01"): (150, 0)}


async def test_the_same_question_from_many_sides_is_held_once(process: Process) -> None:
    allowance = await process.set()
    await asyncio.gather(*[process.tell(asked(1, minutes=50)) for _ in range(50)])
    answers = await process.answers()
    assert len(answers) == 50
    assert all(one == answers[0] for one in answers)
    assert await process.usage() == {(allowance.id, ADA.id, "week/2027-03-01"): (50, 0)}


async def test_batches_that_meet_in_many_places_do_not_lock_each_other_out(process: Process) -> None:
    """Deadlocks would be raised by the database, and fail the test."""
    generator = random.Random(7)
    allowances = [
        await process.set(name="pool", shared=True, amount=10**6),
        await process.set(name="own", amount=10**6),
        await process.set(name="count", unit=AllowanceUnit.COUNT, amount=10**6),
    ]
    events = [asked(id_, owner=person(id_ % 9 + 1)) for id_ in range(1, 61)] * 3
    events += [settled(id_, 1) for id_ in range(1, 61)] + [withdrawn(id_) for id_ in range(1, 21)]
    events += [closed(id_, minutes=30) for id_ in range(21, 41)]
    generator.shuffle(events)
    await asyncio.gather(*[process.tell(*events[start : start + 20]) for start in range(0, len(events), 20)])
    await process.tell(*[withdrawn(id_, 1) for id_ in range(1, 61)])
    used = sum(held + used for (id_, _, _), (held, used) in (await process.usage()).items() if id_ == allowances[0].id)
    assert all(held == 0 for held, _ in (await process.usage()).values())
    assert used <= 20 * 30
    counted = [used for (id_, _, _), (_, used) in (await process.usage()).items() if id_ == allowances[2].id]
    assert sum(counted) * 30 == used


async def test_grants_and_changes_while_people_reserve_lose_nothing(process: Process) -> None:
    allowance = await process.set(amount=600)
    gifts = [process.grants.give(ROOT, allowance, Gift(ADA.id, 60, MONDAY, "More")) for _ in range(10)]
    asking = [process.tell(asked(number, minutes=60)) for number in range(1, 41)]
    await asyncio.gather(*[one for pair in zip(asking, gifts, strict=False) for one in pair], *asking[10:])
    await process.tell(*[asked(number, minutes=60) for number in range(41, 61)])
    assert await process.usage() == {(allowance.id, ADA.id, "week/2027-03-01"): (1200, 0)}
    assert await process.mine() == [(1200, 0, 0)]
    granted = (await process.standings.mine(ADA, MONDAY))[0].balance.granted
    assert granted == 600
    assert len(await process.grants.newest(allowance, before=None, limit=50)) == 10
