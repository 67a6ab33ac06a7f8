"""Reservations that wait for confirmations from the moment they are made."""

import asyncio
from datetime import timedelta

import pytest

from berth.contracts.access import CodeIssued
from berth.contracts.quota import QuotaDenied, QuotaHeld
from berth.kit.http.problem import Problem
from tests.database.booking.calendar import HOUR
from tests.database.booking.life.answering import TEN, enveloped
from tests.database.booking.life.conftest import BUFFERED, DESK, HALL, PLAIN, ROOM, Process


@pytest.mark.parametrize("rooms", [(ROOM,), (HALL,), (BUFFERED,), (ROOM, HALL, PLAIN)])
async def test_a_reservation_is_pending_until_all_gave(process: Process, rooms: tuple[int, ...]) -> None:
    id_ = await process.create(*rooms)
    assert await process.state(id_) == "pending"
    assert [one for one, _, _ in await process.occupied(id_)] == sorted(rooms)
    await process.carry()
    assert await process.state(id_) == "ready"
    await process.check()
    await process.pass_all_time()
    assert await process.state(id_) == "no_show"
    assert await process.occupied(id_) == []
    assert all(one.committed == [id_] for one in process.confirmers.values())


@pytest.mark.parametrize("step", ["quota", "access", "payment"])
@pytest.mark.parametrize("how", ["refuse", "silent"])
async def test_whoever_fails_the_slot_is_free_again(process: Process, step: str, how: str) -> None:
    setattr(process, how, {step})
    id_ = await process.create(ROOM, HALL)
    await process.carry()
    if how == "silent":
        await process.check()
        await process.strike()
        await process.carry()
    assert await process.state(id_) == "cancelled"
    assert step in ((await process.life(id_)).reservation.cancel_reason or "")
    await process.check()
    assert process.held(id_) == {}
    process.refuse, process.silent = set(), set()
    again = await process.create(ROOM, HALL)
    await process.carry()
    assert await process.state(again) == "ready"


async def test_what_is_taken_asks_nobody(process: Process) -> None:
    first = await process.create(ROOM)
    with pytest.raises(Problem) as refused:
        await process.create(HALL, ROOM)
    assert refused.value.status == 409
    asked = [one.members() for one in await process.news() if one.type.startswith("berth.booking.confirmation_asked")]
    assert [one["reservation_id"] for one in asked] == [first]
    assert await process.database.fetch_value("select count(*) from booking.confirmation") == 2


async def test_of_those_placed_together_only_who_got_the_slot_asks(process: Process) -> None:
    wished = [(ROOM, 0), (PLAIN, 0), (HALL, 0), (ROOM, 0), (ROOM, 1), (HALL, 0), (PLAIN, 1), (HALL, 0)]
    made = await asyncio.gather(
        *(process.create(room, start=TEN + hour * HOUR) for room, hour in wished), return_exceptions=True
    )
    ids = {one for one in made if isinstance(one, int)}
    assert len(ids) == len(set(wished))
    assert all(isinstance(one, Problem) and one.status == 409 for one in made if one not in ids)
    asked = [one.members() for one in await process.news() if one.type.startswith("berth.booking.confirmation_asked")]
    waiting = {id_ for id_ in ids if await process.state(id_) == "pending"}
    assert sorted(one["reservation_id"] for one in asked) == sorted(waiting)
    assert len(waiting) == len({one for one in wished if one[0] != PLAIN})


async def test_a_key_makes_one_reservation_that_asks_once(process: Process) -> None:
    ids = await asyncio.gather(*(process.create(ROOM, key="once") for _ in range(5)))
    assert len(set(ids)) == 1
    asked = [one for one in await process.news() if one.type.startswith("berth.booking.confirmation_asked")]
    assert len(asked) == 1


async def test_a_batch_of_answers_goes_on_with_several_lives(process: Process) -> None:
    good, bad, waiting = [await process.create(ROOM, start=TEN + n * HOUR) for n in range(3)]
    created = await process.news()
    answers = [
        CodeIssued(good, good, TEN, TEN),
        QuotaHeld(good, good, ()),
        QuotaHeld(good, good, ()),
        CodeIssued(bad, bad, TEN, TEN),
        QuotaDenied(bad, bad, 1, "Hours", "minutes", 60, 0, None, "All used."),
        QuotaHeld(bad, bad, ()),
        QuotaHeld(waiting, waiting, ()),
        QuotaHeld(999_999, 999_999, ()),
        QuotaHeld(waiting, good, ()),
    ]
    await process.handle(*(enveloped(one) for one in answers), *created[:1])
    await process.handle(*(enveloped(one) for one in answers))
    assert [await process.state(one) for one in (good, bad, waiting)] == ["ready", "cancelled", "pending"]
    assert [(await process.life(one)).reservation.version for one in (good, bad, waiting)] == [2, 2, 1]
    told = [one.type.split(".")[2] for one in await process.news()]
    assert sorted(told) == [
        "confirmation_settled",
        "confirmation_withdrawn",
        "reservation_cancelled",
        "reservation_ready",
    ]


async def test_an_approver_may_decide_until_the_time_is_up(process: Process) -> None:
    yes, no, late = [await process.create(DESK, start=TEN + n * HOUR) for n in range(3)]
    await process.carry()
    await process.decide(yes, approves=True)
    await process.decide(no, approves=False)
    await process.check()
    assert [await process.state(one) for one in (yes, no, late)] == ["ready", "cancelled", "pending"]
    await process.pass_all_time()
    assert [await process.state(one) for one in (yes, no, late)] == ["no_show", "cancelled", "cancelled"]


async def test_an_operator_who_drops_events_only_delays_the_end(process: Process) -> None:
    id_ = await process.create(ROOM)
    await process.carry()
    await process.cancel(id_)
    for _ in range(3):
        await process.news()  # nobody hears of it
        assert process.held(id_)
        struck = await process.strike()
        assert struck
    await process.carry()
    assert process.held(id_) == {}
    assert await process.strike() is None


async def test_the_clock_of_a_new_life_is_set_by_what_it_is_by_then(process: Process) -> None:
    id_ = await process.create(HALL)
    [created, *_] = await process.news()
    denied = QuotaDenied(id_, id_, 1, "Hours", "minutes", 60, 0, None, "All used.")
    async with process.database.transaction() as connection:
        await process.built.handlers["booking"](connection, [enveloped(denied)])
        meanwhile = asyncio.create_task(process.handle(created))
        await asyncio.sleep(0.2)
    await meanwhile
    due_at = await process.database.fetch_value("select due_at from booking.timer")
    assert due_at == process.clock.now + timedelta(seconds=30)
