"""A closing is done as a whole or not at all, wherever it fails and whoever comes in between."""

import asyncio
import random
from collections.abc import Sequence
from datetime import datetime

import asyncpg
import pytest

from berth.kit.db import Connection
from berth.kit.http.problem import Problem
from berth.modules.booking.domain.closing import Outcome
from berth.modules.booking.store.closing.closing import fill
from berth.modules.booking.usecases.closing.closing import Changed, Closings
from tests.database.booking.calendar import HOUR, MINUTE
from tests.database.booking.closing.conftest import WISH, Broken, Fragile, confirm, everything, look, slots
from tests.database.booking.life.answering import NINE, TEN
from tests.database.booking.waitlist.conftest import PEOPLE, Desk

ADA, BOB, EVE, DAN, KIM = PEOPLE
STATEMENTS_MAX = 200
WAITING = """
select exists (
    select
    from pg_stat_activity
    where datname = current_database()
      and wait_event_type = 'Lock'
)
"""


async def furnish(desk: Desk) -> None:
    """Put some of everything in the way: what can move, what cannot, a hold, and an offer with somebody behind it."""
    for hour in range(3):
        await desk.reserve(ADA, 1, start=TEN + hour * HOUR)
    for room in (2, 3):
        await desk.reserve(BOB, room, start=TEN + HOUR)
    await desk.hold(EVE, 1, start=TEN + 4 * HOUR)
    given = await desk.reserve(BOB, 1, start=TEN + 5 * HOUR)
    await desk.join(DAN, 1, start=TEN + 5 * HOUR)
    await desk.join(KIM, 1, start=TEN + 5 * HOUR)
    await desk.cancel(BOB, given)


async def test_wherever_it_fails_nothing_is_done_and_it_can_be_done_afterwards(desk: Desk) -> None:
    await furnish(desk)
    picture = await look(desk)
    outcomes = [one.outcome for one in picture.decisions]
    assert set(outcomes) == {Outcome.MOVE, Outcome.CANCEL}
    before = await everything(desk)
    closings = desk.part(Closings)
    whole = closings._database
    failed = 0
    for failing_at in range(1, STATEMENTS_MAX):
        fragile = Fragile(whole, failing_at)
        closings._database = fragile
        try:
            await confirm(desk, picture.digest)
            break
        except Broken:
            failed += 1
        finally:
            closings._database = whole
        assert await everything(desk) == before, f"statement {failing_at} left something"
    assert failed >= 20
    assert len(await slots(desk, 1)) == 1
    [(kind, start, end)] = await slots(desk, 1)
    assert (kind, start, end) == ("blackout", WISH.start, WISH.end)


async def test_a_room_like_it_that_is_taken_in_between_is_another_picture(desk: Desk) -> None:
    await desk.reserve(ADA, 1)
    picture = await look(desk)
    assert [one.to.id for one in picture.decisions if one.to] == [2]
    await desk.reserve(BOB, 2)
    before = await everything(desk)
    with pytest.raises(Changed) as changed:
        await confirm(desk, picture.digest)
    assert await everything(desk) == before
    assert [one.to.id for one in changed.value.picture.decisions if one.to] == [3]
    await confirm(desk, changed.value.picture.digest)
    assert await slots(desk, 3) == [("reservation", TEN - 30 * MINUTE, TEN + HOUR)]


async def test_who_reserves_in_a_transaction_that_is_still_open_is_waited_for_and_shown(desk: Desk) -> None:
    """The calendar looks free when the plan is made, and is taken when the blackout is put there."""
    await desk.reserve(ADA, 1)
    picture = await look(desk)
    writer = desk.database.transaction()
    connection = await writer.__aenter__()
    await connection.execute(
        """
        insert into booking.allocation (occupant_id, resource_id, kind, occupies)
        values (900000, 1, 'blackout', tstzrange($1, $2))
        """,
        TEN + 3 * HOUR,
        TEN + 4 * HOUR,
    )
    await connection.execute(
        "insert into booking.blackout (id, reason, starts, ends, created_by) values (900000, 'x', $1, $2, 1)",
        TEN + 3 * HOUR,
        TEN + 4 * HOUR,
    )
    closing = asyncio.create_task(confirm(desk, picture.digest))
    await _until_somebody_waits(desk)
    await writer.__aexit__(None, None, None)
    with pytest.raises(Changed) as changed:
        await closing
    assert [one.occupant.id for one in changed.value.picture.decisions] == [picture.decisions[0].occupant.id, 900000]
    assert [one[0] for one in await slots(desk, 1)] == ["reservation", "blackout"]


async def test_who_came_in_between_looking_and_closing_is_not_closed_around(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.reserve(ADA, 1)
    picture = await look(desk)
    came: list[int] = []

    async def fill_late(connection: Connection, ids: Sequence[int], now: datetime) -> int:
        if not came:
            came.append(await desk.reserve(BOB, 1, start=TEN + 5 * HOUR))
        return await fill(connection, ids, now)

    monkeypatch.setattr("berth.modules.booking.usecases.closing.closing.store.fill", fill_late)
    with pytest.raises(Changed) as changed:
        await confirm(desk, picture.digest)
    assert [one.occupant.id for one in changed.value.picture.decisions][1:] == came
    assert [one[0] for one in await slots(desk, 1)] == ["reservation", "reservation"]


async def test_who_rolls_back_what_was_in_the_way_does_not_hinder(desk: Desk) -> None:
    await desk.reserve(ADA, 1)
    picture = await look(desk)
    writer = desk.database.transaction()
    connection = await writer.__aenter__()
    await connection.execute(
        """
        insert into booking.allocation (occupant_id, resource_id, kind, occupies)
        values (900000, 2, 'blackout', tstzrange($1, $2))
        """,
        TEN,
        TEN + HOUR,
    )
    closing = asyncio.create_task(confirm(desk, picture.digest))
    await _until_somebody_waits(desk)
    error = asyncpg.PostgresError("rolled back")
    assert not await writer.__aexit__(type(error), error, None)
    await closing
    assert [one[0] for one in await slots(desk, 2)] == ["reservation"]


async def _until_somebody_waits(desk: Desk) -> None:
    async with asyncio.timeout(20):
        while True:
            if await desk.database.fetch_value(WAITING):
                return
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("seed", range(4))
async def test_a_crowd_that_reserves_meanwhile_leaves_nothing_in_a_closed_room(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    await furnish(desk)
    refusals: list[Problem] = []

    async def somebody() -> None:
        room, start = chance.choice([1, 1, 2, 3]), TEN + chance.randrange(9) * HOUR
        who = chance.choice(PEOPLE)
        await asyncio.sleep(chance.random() / 50)
        try:
            id_ = await desk.reserve(who, room, start=start)
            if chance.random() < 0.3:
                await desk.cancel(who, id_)
        except Problem as problem:
            refusals.append(problem)

    async def close() -> None:
        digest = (await look(desk)).digest
        while True:
            try:
                await confirm(desk, digest)
                return
            except Changed as changed:
                digest = changed.picture.digest

    await asyncio.gather(close(), *(somebody() for _ in range(40)))
    assert {one.kind for one in refusals} <= {"slot-taken"}
    assert [one[0] for one in await slots(desk, 1)] == ["blackout"]
    lost = await desk.database.fetch(
        """
        select id
        from booking.reservation
        where state = 'ready'
          and not exists (select from booking.allocation where occupant_id = reservation.id and active)
        """
    )
    assert lost == []


async def test_what_has_passed_of_the_day_is_left_alone(desk: Desk) -> None:
    await desk.reserve(ADA, 1, start=NINE)
    desk.clock.now = NINE + 90 * MINUTE + MINUTE / 2
    picture = await look(desk)
    assert picture.start == NINE + 90 * MINUTE
    await confirm(desk, picture.digest)
    assert ("blackout", NINE + 90 * MINUTE, WISH.end) in await slots(desk, 1)


async def test_more_than_can_be_shown_is_not_closed_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("berth.modules.booking.usecases.closing.picturing.ITEMS_MAX", 2)
    for hour in range(3):
        await desk.reserve(ADA, 1, start=TEN + hour * HOUR)
    with pytest.raises(Problem) as refused:
        await look(desk)
    assert (refused.value.status, refused.value.kind) == (422, "closing-too-large")
