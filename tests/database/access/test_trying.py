"""A code may be guessed a few times, however many guess at once."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest_asyncio

from berth.contracts.access import CodeTried
from berth.modules.access.jobs import KEPT
from berth.modules.access.store import attempt
from tests.database.access.conftest import NINE, OWNER, Desk, asked, settled


@pytest_asyncio.fixture(loop_scope="session")
async def right(desk: Desk) -> str:
    """The code of reservation 41."""
    await desk.say(asked(41), settled(41))
    found = await desk.offer.code_of(reservation_id=41)
    assert found
    return found


async def tries(desk: Desk, code: str, id_: int = 41, person_id: int = OWNER) -> str:
    return await desk.offer.try_code(reservation_id=id_, code=code, person_id=person_id)


def wrong(right: str) -> str:
    return "000000" if right != "000000" else "000001"


async def test_every_try_is_a_row_and_an_event_and_neither_tells_what_was_typed(desk: Desk, right: str) -> None:
    assert await tries(desk, right) == "right"
    assert await tries(desk, "rainbow") == "wrong"
    rows = await desk.database.fetch("select reservation_id, person_id, verdict from access.attempt order by id")
    assert [tuple(row) for row in rows] == [(41, OWNER, "right"), (41, OWNER, "wrong")]
    written = [one for one in await desk.answers() if one.type == CodeTried.type]
    assert [one.read(CodeTried) for one in written] == [CodeTried(41, OWNER, "right"), CodeTried(41, OWNER, "wrong")]
    assert "rainbow" not in await desk.dump()


async def test_too_early_the_right_code_is_not_valid_and_a_wrong_one_is_wrong(desk: Desk, right: str) -> None:
    desk.clock.now = NINE - timedelta(minutes=16)
    assert await tries(desk, right) == "not_valid_now"
    assert await tries(desk, wrong(right)) == "wrong"
    desk.clock.now = NINE + timedelta(hours=1)
    assert await tries(desk, right) == "not_valid_now"


async def test_after_five_wrong_tries_the_reservation_waits_until_the_window_passes(desk: Desk, right: str) -> None:
    assert [await tries(desk, wrong(right), person_id=n) for n in range(100, 105)] == ["wrong"] * 5
    assert await tries(desk, right) == "too_many_tries"
    desk.clock.now = NINE + timedelta(minutes=14)
    assert await tries(desk, wrong(right)) == "too_many_tries"
    desk.clock.now = NINE + timedelta(minutes=15)
    assert await tries(desk, right) == "right"


async def test_after_twenty_wrong_tries_the_person_waits_and_others_do_not(desk: Desk, right: str) -> None:
    for id_ in range(1000, 1020):
        assert await tries(desk, "123456", id_, person_id=99) == "wrong"
    assert await tries(desk, right, person_id=99) == "too_many_tries"
    assert await tries(desk, right) == "right"


async def test_those_who_guess_at_once_have_no_more_tries_together(desk: Desk, right: str) -> None:
    found = await asyncio.gather(*(tries(desk, wrong(right), person_id=n) for n in range(200, 240)))
    assert Counter(found) == {"wrong": 5, "too_many_tries": 35}


async def test_a_person_who_guesses_everywhere_at_once_has_no_more_tries(desk: Desk, right: str) -> None:
    found = await asyncio.gather(*(tries(desk, "123456", id_, person_id=99) for id_ in range(1000, 1060)))
    assert Counter(found) == {"wrong": 20, "too_many_tries": 40}


async def test_many_at_many_reservations_never_wait_in_a_circle(desk: Desk, right: str) -> None:
    async with asyncio.timeout(30):
        found = await asyncio.gather(*(tries(desk, wrong(right), 41 + n % 3, person_id=300 + n % 4) for n in range(60)))
    assert Counter(found)["wrong"] == 15


async def test_old_tries_are_forgotten(desk: Desk, right: str) -> None:
    await tries(desk, right)
    assert await attempt.forget(desk.database, NINE) == 0
    assert await attempt.forget(desk.database, NINE + KEPT) == 1
