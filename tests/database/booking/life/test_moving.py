"""Moves that wait for confirmations hold both slots, and give back the one that they do not get or do not need."""

from dataclasses import replace
from datetime import timedelta

import pytest

from berth.kit.auth import Principal
from berth.kit.http.problem import Problem
from berth.modules.booking.store.availability import Reader, busy
from berth.modules.booking.usecases.reading import Reading
from tests.database.booking.calendar import GUEST, HOUR, USER
from tests.database.booking.life.answering import TEN
from tests.database.booking.life.conftest import BUFFERED, DESK, HALL, PLAIN, ROOM, Process

MINUTE = timedelta(minutes=1)

MOVES = {
    "later, over a part of the old": {"start": TEN + HOUR / 2, "end": TEN + 3 * HOUR / 2},
    "earlier, over a part of the old": {"start": TEN - HOUR / 2, "end": TEN + HOUR / 2},
    "longer on both sides": {"start": TEN - HOUR / 2, "end": TEN + 2 * HOUR},
    "shorter on both sides": {"start": TEN + HOUR / 4, "end": TEN + HOUR / 2},
    "right behind": {"start": TEN + HOUR, "end": TEN + 2 * HOUR},
    "far away": {"start": TEN + 24 * HOUR, "end": TEN + 25 * HOUR},
    "elsewhere": {"resource_ids": (HALL,)},
    "here and elsewhere": {"resource_ids": (HALL, ROOM), "end": TEN + 2 * HOUR},
    "to where nothing is to be confirmed": {"resource_ids": (PLAIN,)},
}


async def made(process: Process, *resource_ids: int) -> int:
    id_ = await process.create(*resource_ids)
    await process.carry()
    await process.check()
    assert await process.state(id_) == "ready"
    return id_


@pytest.mark.parametrize("wish", MOVES.values(), ids=MOVES)
@pytest.mark.parametrize("room", [ROOM, BUFFERED])
async def test_a_move_takes_place_once_all_gave(process: Process, wish: dict, room: int) -> None:
    id_ = await made(process, room)
    before = await process.change(id_, **wish)
    assert (before.start, before.end, before.version) == (TEN, TEN + HOUR, 2), "it has not moved yet"
    await process.check()
    await process.carry()
    await process.check()
    after = (await process.life(id_)).reservation
    wanted = {"start": TEN, "end": TEN + HOUR, "resource_ids": (room,)} | wish
    found = {"start": after.start, "end": after.end, "resource_ids": after.resource_ids}
    assert found | {"resource_ids": set(found["resource_ids"])} == wanted | {
        "resource_ids": set(wanted["resource_ids"])
    }
    assert after.version == 3
    [_, _, change] = await process.part(Reading).history(USER, id_)
    assert (change.what, change.version, set(change.after)) == ("changed", 3, set(wish))
    request_ids = {one for held in process.held(id_).values() for one in held}
    assert len(request_ids) == 1, "what was given before is replaced"
    assert request_ids != {id_}
    await process.pass_all_time()
    assert process.held(id_) == {}


@pytest.mark.parametrize("wish", MOVES.values(), ids=MOVES)
@pytest.mark.parametrize("how", ["refuse", "silent"])
async def test_a_move_that_is_refused_leaves_everything_as_it_was(process: Process, wish: dict, how: str) -> None:
    id_ = await made(process, ROOM)
    before, occupied, held = (await process.life(id_)).reservation, await process.occupied(id_), process.held(id_)
    setattr(process, how, {"quota"})
    await process.change(id_, **wish)
    await process.check()
    await process.carry()
    if how == "silent":
        await process.strike()
        await process.carry()
    await process.check()
    assert (await process.life(id_)).reservation == replace(before, version=before.version + 1), "it is in the history"
    assert await process.occupied(id_) == occupied
    assert process.held(id_) == held
    await process.pass_all_time()
    assert process.held(id_) == {}


@pytest.mark.parametrize("wish", [MOVES["longer on both sides"], MOVES["here and elsewhere"], MOVES["elsewhere"]])
async def test_a_move_that_loses_against_another_reservation_holds_nothing(process: Process, wish: dict) -> None:
    id_ = await made(process, ROOM)
    await process.create(ROOM, start=TEN + HOUR)
    await process.create(HALL)
    await process.carry()
    occupied = await process.occupied(id_)
    with pytest.raises(Problem) as refused:
        await process.change(id_, **wish)
    assert refused.value.status == 409
    assert await process.occupied(id_) == occupied
    await process.check()


async def test_what_an_undecided_move_holds_is_taken_for_others(process: Process) -> None:
    id_ = await made(process, ROOM)
    await process.change(id_, start=TEN - HOUR / 2, end=TEN + 2 * HOUR)
    for start in (TEN - HOUR, TEN, TEN + HOUR):
        with pytest.raises(Problem) as refused:
            await process.create(ROOM, start=start)
        assert refused.value.status == 409
        assert {one.kind for one in refused.value.more["busy"]} == {"reservation"}
    await process.check()


@pytest.mark.parametrize(("reader", "told"), [(USER, "Seminar"), (GUEST, None)])
async def test_a_schedule_shows_what_an_undecided_move_holds_as_its_reservation(
    process: Process, reader: Principal, told: str | None
) -> None:
    id_ = await made(process, ROOM)
    await process.change(id_, start=TEN - HOUR / 2, end=TEN + 2 * HOUR)
    who = Reader(reader.id, reads_all=False)
    shown = await busy(process.database, [(ROOM, TEN - 2 * HOUR)], TEN + 5 * HOUR, who, 10)
    assert [(one.kind, one.occupant_id, one.title) for one in shown] == [("reservation", id_, told)] * 3


async def test_an_undecided_move_is_not_moved_again(process: Process) -> None:
    id_ = await made(process, ROOM)
    await process.change(id_, end=TEN + 2 * HOUR)
    with pytest.raises(Problem, match="waits for confirmations"):
        await process.change(id_, end=TEN + 3 * HOUR)
    await process.change(id_, title="Exam")
    await process.carry()
    after = (await process.life(id_)).reservation
    assert (after.title, after.end) == ("Exam", TEN + 2 * HOUR)
    await process.check()


async def test_moves_one_after_the_other_leave_one_hold(process: Process) -> None:
    id_ = await made(process, BUFFERED)
    for hours in (1, 2, 3):
        await process.change(id_, start=TEN + hours * HOUR / 2, end=TEN + hours * HOUR)
        await process.carry()
        await process.check()
    assert [len(held) for held in process.held(id_).values()] == [1]
    await process.pass_all_time()


@pytest.mark.parametrize("wish", MOVES.values(), ids=MOVES)
async def test_cancelling_while_a_move_is_undecided_frees_both_slots(process: Process, wish: dict) -> None:
    id_ = await made(process, ROOM)
    process.silent = {"quota"}
    await process.change(id_, **wish)
    await process.carry()
    await process.cancel(id_)
    await process.carry()
    assert await process.occupied(id_) == []
    assert process.held(id_) == {}
    await process.check()


async def test_an_approver_decides_on_a_move(process: Process) -> None:
    id_ = await made(process, PLAIN)
    await process.change(id_, resource_ids=(DESK,))
    await process.carry()
    await process.check()
    await process.decide(id_, approves=False)
    await process.check()
    assert (await process.life(id_)).reservation.resource_ids == (PLAIN,)
    await process.change(id_, resource_ids=(DESK,))
    await process.decide(id_, approves=True)
    await process.carry()
    await process.check()
    assert (await process.life(id_)).reservation.resource_ids == (DESK,)


async def test_a_move_takes_place_also_where_another_process_numbered_the_reservation(process: Process) -> None:
    earlier = await made(process, PLAIN)  # this process has numbers in store now, and they are lower than all to come
    async with process.restarted():
        id_ = await made(process, ROOM)
    assert id_ > earlier + 1
    await process.change(id_, start=TEN + HOUR, end=TEN + 2 * HOUR)
    await process.carry()
    await process.check()
    assert (await process.life(id_)).reservation.start == TEN + HOUR
    assert [len(held) for held in process.held(id_).values()] == [1, 1]
    await process.cancel(id_)
    await process.carry()
    assert process.held(id_) == {}
