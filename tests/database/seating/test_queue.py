"""The waiting room: first come first served, never more inside than may be, and nobody waits for the absent."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio

from berth.app.data_dir import Secrets
from berth.app.database import open_doors
from berth.app.modules import modules
from berth.app.settings import Settings
from berth.kit.http.problem import Problem
from berth.modules.seating.domain.queue import Standing
from berth.modules.seating.store.queue import line
from tests.database.seating.hall import NOW, person
from tests.database.seating.queue.evening import CROWDED, SEATS, Evening, evening_on

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest_asyncio.fixture(loop_scope="session")
async def evening(empty_url: str, settings: Settings, secrets: Secrets) -> AsyncIterator[Evening]:
    """An evening that admits one at once."""
    everything = modules(settings, secrets)
    async with open_doors(empty_url, everything, secrets, connections_max=20, own_roles=True) as doors:
        yield await evening_on(doors.of("seating"), doors.of("booking"))


@contextlib.asynccontextmanager
async def watched(evening: Evening, most: int) -> AsyncIterator[None]:
    """Count again and again who is inside, while something goes on: never more than so many."""
    counts: list[int] = []

    async def count() -> None:
        while True:
            counts.append(len(await evening.people(inside=True)))

    counting = asyncio.create_task(count())
    try:
        yield
    finally:
        counting.cancel()
    assert counts
    assert max(counts) <= most


async def refused(evening: Evening, number: int, seat: int = 1) -> Problem:
    with pytest.raises(Problem) as caught:
        await evening.hold(number, seat)
    assert (caught.value.status, caught.value.kind) == (409, "waiting-room")
    return caught.value


async def test_the_first_gets_in_at_once_and_the_others_by_turns(evening: Evening) -> None:
    first = await evening.ask(1)
    assert (first.state, first.admitted_until) == ("admitted", NOW + 10 * MINUTE)
    assert [(await evening.ask(number)).position for number in (2, 3, 4)] == [1, 2, 3]
    await evening.leave(1)
    assert await evening.told(1, 2, 3, 4) == ["outside", "admitted", "1", "2"]
    await evening.leave(3)
    assert await evening.told(2, 3, 4) == ["admitted", "outside", "1"]
    assert (await evening.ask(3)).position == 2
    assert await evening.one(9) == Standing("outside", ahead=2, estimate_seconds=0, ask_again_seconds=5)


async def test_asking_again_keeps_the_place(evening: Evening) -> None:
    for number in (1, 2, 3, 2, 3, 2):
        await evening.ask(number)
    assert await evening.told(1, 2, 3) == ["admitted", "1", "2"]


async def test_there_is_no_waiting_room_unless_it_is_set(evening: Evening) -> None:
    await evening.change(replace(CROWDED, admitted_max=None))
    assert await evening.ask(1) == Standing("open")
    await evening.hold(1, 1)
    assert await evening.database.fetch_value("select count(*) from seating.queue_place") == 0


async def test_of_fifty_who_come_at_once_never_more_are_inside_and_all_get_in_by_their_numbers(
    evening: Evening,
) -> None:
    await evening.change(replace(CROWDED, admitted_max=7))
    admitted: list[int] = []
    async with watched(evening, 7):
        await asyncio.gather(*(evening.ask(number) for number in range(1, 51)))
        in_line = await evening.people(inside=True) + await evening.people(inside=False)
        assert len(in_line) == 50
        while inside := await evening.people(inside=True):
            admitted += inside
            waiting = await evening.people(inside=False)
            assert len(inside) == 7 or not waiting
            await asyncio.gather(*map(evening.leave, inside), *map(evening.ask, waiting))
    assert admitted == in_line


async def test_nobody_overtakes_whoever_is_just_joining(evening: Evening) -> None:
    async with evening.database.transaction() as connection:
        await line.join(connection, evening.performance.id, 1, NOW)
        later = asyncio.create_task(evening.ask(2))
        await asyncio.sleep(0.1)
        assert not later.done(), "it cannot be told yet who is first"
    assert (await later).position == 1
    assert await evening.told(1, 2) == ["admitted", "1"]


async def test_who_is_absent_when_it_is_their_turn_is_passed_over(evening: Evening) -> None:
    for number in (1, 2, 3, 4):
        await evening.ask(number)
    await evening.pass_time(61 * SECOND, asking=[3])
    assert await evening.told(3) == ["1"], "nobody waits for the absent"
    await evening.ask(2)
    assert await evening.told(2, 3) == ["1", "2"], "who is back before their turn has lost nothing"
    await evening.pass_time(61 * SECOND, asking=[3])
    await evening.leave(1)
    assert await evening.told(2, 3, 4) == ["outside", "admitted", "1"]
    assert (await evening.ask(2)).position == 1
    await evening.leave(3)
    assert await evening.told(2, 4) == ["admitted", "outside"]


async def test_when_the_time_is_over_the_next_gets_in_though_nobody_asks(evening: Evening) -> None:
    await evening.ask(1)
    await evening.pass_time(10 * MINUTE - 5 * SECOND)
    await evening.ask(2)
    await evening.pass_time(4 * SECOND)
    assert await evening.told(1, 2) == ["admitted", "1"]
    await evening.pass_time(1 * SECOND)
    assert await evening.told(1, 2) == ["outside", "admitted"]
    assert (await evening.ask(1)).position == 1


async def test_a_timer_that_was_lost_is_set_by_whoever_asks(evening: Evening) -> None:
    await evening.ask(1)
    await evening.ask(2)
    await evening.database.execute("delete from seating.timer")
    await evening.ask(2)
    await evening.pass_time(10 * MINUTE, asking=[])
    assert await evening.told(1) == ["outside"]


async def test_seats_are_held_inside_only(evening: Evening) -> None:
    problem = await refused(evening, 1)
    assert (problem.more["state"], problem.more["position"], problem.more["ahead"]) == ("outside", None, 0)
    await evening.ask(1)
    await evening.ask(2)
    await evening.hold(1, 1)
    problem = await refused(evening, 2, 2)
    assert (problem.more["state"], problem.more["position"], problem.more["ahead"]) == ("waiting", 1, 0)
    await evening.leave(1)
    await evening.hold(2, 2)
    await refused(evening, 1, 3)


async def test_who_holds_seats_stays_until_the_hold_ends(evening: Evening) -> None:
    await evening.ask(1)
    await evening.pass_time(5 * MINUTE)
    held = await evening.hold(1, 1)
    assert (await evening.one(1)).admitted_until == held.expires_at == NOW + 20 * MINUTE
    await evening.pass_time(1 * MINUTE)
    longer, _ = await evening.holding.extend(person(1), held.id)
    assert (await evening.one(1)).admitted_until == longer.expires_at == NOW + 21 * MINUTE
    await evening.holding.release(person(1), held.id)
    assert (await evening.one(1)).admitted_until == NOW + 10 * MINUTE, "without seats the time is what it was"
    await evening.hold(1, 2)
    await evening.ask(2)
    await evening.pass_time(14 * MINUTE + 55 * SECOND, asking=[2])
    assert await evening.told(1, 2) == ["admitted", "1"]
    await evening.pass_time(5 * SECOND)
    assert await evening.told(1, 2) == ["outside", "admitted"]


async def test_seats_that_were_not_free_put_nothing_off(evening: Evening) -> None:
    await evening.ask(1)
    await evening.hold(1, 1)
    await evening.leave(1)
    await evening.ask(2)
    await evening.pass_time(1 * MINUTE)
    with pytest.raises(Problem) as caught:
        await evening.hold(2, 1)
    assert caught.value.kind == "seats-taken"
    assert (await evening.one(2)).admitted_until == NOW + 10 * MINUTE


async def test_who_goes_on_holding_when_their_place_is_given_away_holds_nothing(evening: Evening) -> None:
    await evening.ask(1)
    async with evening.database.transaction() as connection:
        await connection.execute("select from seating.seat where place = 0 for update")
        late = asyncio.create_task(evening.hold(1, 1))
        await asyncio.sleep(0.1)
        evening.clock.now += 10 * MINUTE
        assert (await evening.ask(2)).state == "admitted"
    with pytest.raises(Problem) as caught:
        await late
    assert caught.value.kind == "waiting-room"
    assert await evening.holding.listed(person(1), None) == []
    await evening.hold(2, 1)


async def test_who_has_bought_makes_room_unless_they_hold_more(evening: Evening) -> None:
    await evening.ask(1)
    await evening.ask(2)
    one, other = await evening.hold(1, 1), await evening.hold(1, 2)
    await evening.ordering.order(person(1), one.id)
    await evening.ask(2)
    assert await evening.told(1, 2) == ["admitted", "1"]
    await evening.ordering.order(person(1), other.id)
    assert await evening.told(1) == ["outside"]
    await evening.pass_time(5 * SECOND)
    assert await evening.told(2) == ["admitted"]


async def test_before_the_sale_people_wait_and_get_in_when_it_begins(evening: Evening) -> None:
    await evening.change(replace(CROWDED, sales_start=NOW + MINUTE))
    await evening.ask(1)
    await evening.ask(2)
    assert await evening.told(1, 2) == ["1", "2"]
    await evening.pass_time(MINUTE, asking=[])
    assert await evening.told(1, 2) == ["outside", "outside"], "both have been absent for a minute"
    await evening.change(replace(CROWDED, sales_start=NOW + 2 * MINUTE))
    await evening.ask(1)
    await evening.pass_time(MINUTE, asking=[1])
    assert await evening.told(1) == ["admitted"]


async def test_a_waiting_room_that_is_no_more_is_cleared(evening: Evening) -> None:
    await evening.ask(1)
    await evening.ask(2)
    await evening.change(replace(CROWDED, sales_end=NOW + MINUTE))
    await evening.pass_time(MINUTE + 5 * SECOND)
    with pytest.raises(Problem) as caught:
        await evening.ask(2)
    assert caught.value.kind == "not-on-sale"
    assert await evening.database.fetch_value("select count(*) from seating.queue_place") == 0
    assert await evening.database.fetch_value("select count(*) from seating.timer where name = 'queue'") == 0


async def test_the_estimate_is_how_fast_people_got_into_places_that_others_left(evening: Evening) -> None:
    await evening.change(replace(CROWDED, admitted_max=2))
    for number in range(1, 7):
        await evening.ask(number)
    assert (await evening.one(6)).estimate_seconds is None, "those who filled the room waited for nobody"
    await evening.pass_time(30 * SECOND, asking=range(1, 7))
    await evening.leave(1)
    assert await evening.told(3, 4, 6) == ["admitted", "1", "3"]
    assert [(await evening.one(number)).estimate_seconds for number in (4, 6)] == [30, 90]
    await evening.pass_time(30 * SECOND, asking=range(2, 7))
    await evening.leave(2)
    await evening.leave(3)
    assert [(await evening.one(number)).estimate_seconds for number in (6,)] == [20]


async def test_holds_and_ends_of_stays_at_the_same_moment_leave_nobody_too_many_inside(evening: Evening) -> None:
    await evening.change(replace(CROWDED, admitted_max=10))
    people = range(1, SEATS - 9)

    async def turn() -> None:
        await asyncio.sleep(0.005)
        evening.clock.now += SECOND

    async with watched(evening, 10):
        await asyncio.gather(*map(evening.ask, people))
        for _ in range(2):
            await evening.pass_time(10 * MINUTE - SECOND, asking=people[-1:])
            tries = [evening.hold(number, number) for number in people]
            answers = await asyncio.gather(turn(), *map(evening.ask, people), *tries, return_exceptions=True)
            refusals = [one for one in answers if isinstance(one, BaseException)]
            assert {one.kind for one in refusals if isinstance(one, Problem)} <= {"waiting-room", "seats-taken"}
            assert all(isinstance(one, Problem) for one in refusals)
