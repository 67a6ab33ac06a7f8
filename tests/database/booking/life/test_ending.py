"""Reservations that end: by the clock, by check-out, and by nobody coming."""

from datetime import timedelta

import pytest

from berth.kit.http.problem import Problem
from berth.modules.booking.domain.life.value import NotNow
from tests.database.booking.calendar import HOUR
from tests.database.booking.life.answering import TEN
from tests.database.booking.life.conftest import BUFFERED, PLAIN, RESOURCES, ROOM, Process

MINUTE = timedelta(minutes=1)


async def in_use(process: Process, room: int, **more: int) -> int:
    id_ = await process.create(room, **more)
    await process.carry()
    process.clock.now = TEN - 10 * MINUTE
    await process.check_in(id_)
    assert await process.state(id_) == "in_use"
    return id_


@pytest.mark.parametrize("room", [PLAIN, ROOM, BUFFERED])
async def test_checking_out_early_frees_the_rest(process: Process, room: int) -> None:
    id_ = await in_use(process, room)
    [(_, _, before)] = await process.occupied(id_)
    process.clock.now = TEN + 20 * MINUTE
    await process.check_out(id_)
    await process.carry()
    await process.check()
    [(_, _, after)] = await process.occupied(id_)
    assert before - after == 40 * MINUTE, "the tear-down moves along"
    reservation = (await process.life(id_)).reservation
    assert (reservation.state, reservation.end) == ("finished", TEN + 20 * MINUTE)
    setup = RESOURCES[room - 1].policy.setup_minutes * MINUTE
    again = await process.create(room, start=after + setup)
    await process.carry()
    assert await process.state(again) == "ready"
    await process.pass_all_time()
    assert all(one.committed for one in process.confirmers.values())


async def test_checking_out_before_the_start_frees_everything(process: Process) -> None:
    id_ = await in_use(process, BUFFERED)
    await process.check_out(id_)
    await process.carry()
    assert await process.occupied(id_) == []
    assert (await process.life(id_)).reservation.end == TEN + MINUTE
    await process.check()


async def test_use_ends_by_the_clock(process: Process) -> None:
    id_ = await in_use(process, ROOM)
    await process.pass_all_time()
    assert await process.state(id_) == "finished"
    assert await process.occupied(id_) == [(ROOM, TEN, TEN + HOUR)]
    assert process.confirmers[id_, "quota"].committed == [id_]


async def test_who_does_not_come_loses_the_slot(process: Process) -> None:
    id_ = await process.create(ROOM)
    await process.carry()
    assert await process.strike() == TEN + 30 * MINUTE
    assert await process.state(id_) == "no_show"
    assert await process.occupied(id_) == []
    await process.carry()
    await process.check()
    with pytest.raises(NotNow):
        await process.check_in(id_)


async def test_use_is_extended_if_all_give_and_the_time_is_free(process: Process) -> None:
    id_ = await in_use(process, ROOM)
    await process.change(id_, end=TEN + 2 * HOUR)
    await process.check()
    await process.carry()
    await process.check()
    assert (await process.life(id_)).reservation.end == TEN + 2 * HOUR
    with pytest.raises(Problem, match="in use"):
        await process.change(id_, start=TEN + HOUR / 2)
    await process.create(ROOM, start=TEN + 2 * HOUR)
    with pytest.raises(Problem) as refused:
        await process.change(id_, end=TEN + 3 * HOUR)
    assert refused.value.status == 409
    await process.change(id_, end=TEN + HOUR)
    await process.carry()
    assert await process.occupied(id_) == [(ROOM, TEN, TEN + HOUR)]
    await process.pass_all_time()


@pytest.mark.parametrize("end", [TEN + 2 * HOUR, TEN + HOUR / 2])
async def test_checking_out_while_an_extension_is_undecided_drops_it(process: Process, end: object) -> None:
    id_ = await in_use(process, BUFFERED)
    process.silent = {"access"}
    await process.change(id_, end=end)
    process.clock.now = TEN + 20 * MINUTE
    await process.check_out(id_)
    await process.carry()
    await process.check()
    await process.pass_all_time()
    assert process.held(id_) == {}


async def test_checking_in_drops_a_move_to_another_time_and_keeps_an_extension(process: Process) -> None:
    first, second = await process.create(ROOM), await process.create(BUFFERED)
    await process.carry()
    await process.change(first, start=TEN + 3 * HOUR, end=TEN + 4 * HOUR)
    await process.change(second, end=TEN + 2 * HOUR)
    process.clock.now = TEN
    await process.check_in(first)
    await process.check_in(second)
    await process.check()
    await process.carry()
    await process.check()
    ends = [(await process.life(one)).reservation.end for one in (first, second)]
    assert ends == [TEN + HOUR, TEN + 2 * HOUR]
    assert [len(process.held(first)["quota"]), len(process.held(second)["access"])] == [1, 1]


async def test_the_clock_goes_on_where_it_stopped_when_it_is_late(process: Process) -> None:
    waiting, missed, plain = [await process.create(one) for one in (BUFFERED, ROOM, PLAIN)]
    process.silent = {"access"}
    later = await process.create(BUFFERED, start=TEN + 5 * HOUR)
    await process.carry()
    process.clock.now = TEN + 48 * HOUR
    process.silent = set()
    await process.pass_all_time()
    states = [await process.state(one) for one in (waiting, missed, plain, later)]
    assert states == ["cancelled", "cancelled", "finished", "cancelled"]
    await process.check()


async def test_a_process_that_is_started_anew_goes_on_by_what_is_written_down(process: Process) -> None:
    silent = await process.create(ROOM)
    process.silent = {"quota"}
    await process.carry()
    process.silent = set()
    missed = await process.create(BUFFERED)
    await process.carry()
    async with process.restarted():
        await process.pass_all_time()
        assert [await process.state(one) for one in (silent, missed)] == ["cancelled", "no_show"]
