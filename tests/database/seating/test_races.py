"""Many people at the same seats: each seat has one of them, nobody half of what they asked for, and all ends."""

import asyncio
import random
from datetime import timedelta

import pytest

from berth.kit.db import open_database
from berth.kit.http.problem import Problem
from berth.modules.seating.domain.order import HoldState
from berth.modules.seating.domain.seats.choosing import Wanted
from berth.modules.seating.store.seats import reading
from berth.modules.seating.usecases.holding import SeatWish
from tests.database.seating.conftest import EVENING, PRICE_MINOR, Sale, hall_of, sale_of
from tests.database.seating.hall import ROOT, person

TWICE = """
select count(*)
from (
    select unnest(places) as place
    from seating.seat_hold
    where state in ('active', 'ordered')
      and not exists (select from seating.seat_order where hold_id = seat_hold.id and seat_order.state = 'cancelled')
    group by place
    having count(*) > 1
) as held_twice
"""


async def hold(sale: Sale, who: int, *seats: str, best: int | None = None, floor: int = 0) -> int | str:
    """Answer the number of a hold, or the kind of the problem."""
    wish = SeatWish(sale.performance.id, seats, Wanted(best) if best else None, {"floor": floor} if floor else {})
    try:
        held, _ = await sale.holding.hold(person(who), wish)
    except Problem as problem:
        return problem.kind
    return held.id


async def test_of_many_who_want_one_seat_one_gets_it(sale: Sale) -> None:
    answers = await asyncio.gather(*(hold(sale, who, "s/1/1") for who in range(1, 41)))
    assert answers.count("seats-taken") == 39
    assert (await sale.states()).count("h") == 1


async def test_overlapping_wishes_never_wait_for_each_other_in_a_circle(sale: Sale) -> None:
    chance = random.Random(3)
    for turn in range(20):
        wishes = [chance.sample([f"s/{row}/{at}" for row in (1, 2) for at in range(1, 11)], 4) for _ in range(15)]
        answers = await asyncio.gather(*(hold(sale, 100 * turn + who, *one) for who, one in enumerate(wishes, 1)))
        held = [(who, one) for who, one in enumerate(answers, 1) if isinstance(one, int)]
        assert held
        assert (await sale.states()).count("h") == 4 * len(held)
        assert await sale.database.fetch_value(TWICE) == 0
        await asyncio.gather(*(sale.holding.release(person(100 * turn + who), id_) for who, id_ in held))
        assert set(await sale.states()) == {"f"}


async def test_who_holds_while_others_expire_waits_and_is_not_refused(sale: Sale) -> None:
    seated, standing = await hold(sale, 1, "s/1/1"), await hold(sale, 2, floor=1)
    assert isinstance(seated, int)
    assert isinstance(standing, int)
    async with sale.database.transaction() as connection:
        # Of two who wait for each other, PostgreSQL refuses the one that looks first: not this one.
        await connection.execute("set local deadlock_timeout = '10s'")
        await sale.holding.end(connection, seated, HoldState.EXPIRED, 0)
        again = asyncio.create_task(hold(sale, 1, floor=1))
        await asyncio.sleep(0.2)
        await sale.holding.end(connection, standing, HoldState.EXPIRED, 0)
    assert isinstance(await again, int)
    assert (await sale.shares(), await sale.area_taken()) == ({1: 1}, 1)


async def test_who_asks_for_the_best_at_once_gets_other_seats(sale: Sale) -> None:
    answers = await asyncio.gather(*(hold(sale, who, best=2) for who in range(1, 26)))
    assert [one for one in answers if isinstance(one, str)] == ["seats-taken"] * 5
    assert set(await sale.states()) == {"h"}
    assert await sale.database.fetch_value(TWICE) == 0


async def test_a_crowd_that_asks_for_the_best_at_the_same_moment_looks_once_or_twice_each(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = 0

    async def states(*arguments: object) -> str:
        nonlocal looks
        looks += 1
        return await look(*arguments)

    look = reading.states
    monkeypatch.setattr(reading, "states", states)
    async with open_database(empty_url) as database:
        sale = await sale_of(database, hall_of(20, 50))
        answers = await asyncio.gather(*(hold(sale, who, best=2) for who in range(1, 501)))
        assert set(await sale.states()) == {"h"}
    assert all(isinstance(one, int) for one in answers)
    assert looks <= 2 * len(answers)


async def test_one_person_at_many_screens_has_no_more_than_one_may(sale: Sale) -> None:
    seats = [f"s/{row}/{at}" for row in (1, 2) for at in range(1, 11)]
    answers = await asyncio.gather(*(hold(sale, 1, one) for one in seats))
    assert len([one for one in answers if isinstance(one, int)]) == EVENING.seats_per_person
    assert await sale.shares() == {1: EVENING.seats_per_person}


async def test_a_hold_bought_at_many_screens_is_one_order(sale: Sale) -> None:
    held = await hold(sale, 1, "s/1/1", "s/1/2")
    assert isinstance(held, int)
    found = await asyncio.gather(*(sale.ordering.order(person(1), held) for _ in range(10)))
    assert len({one.order.id for one in found}) == 1


async def test_a_payment_and_its_time_out_at_once_leave_the_order_whole(sale: Sale) -> None:
    for turn in range(10):
        held = await hold(sale, turn + 1, "s/1/1", "s/1/2")
        assert isinstance(held, int)
        order = (await sale.ordering.order(person(turn + 1), held)).order
        late = order.due_at - sale.clock.now + timedelta(minutes=2)
        await asyncio.gather(sale.authorise(order.id, 2 * PRICE_MINOR), sale.pass_time(late))
        after = (await sale.ordering.one(ROOT, order.id)).order
        tickets = (await sale.ordering.tickets([after])).get(order.id, [])
        if after.state == "paid":
            assert ((await sale.states())[:2], len(tickets)) == ("ss", 2)
            await sale.ordering.cancel(ROOT, order.id, "Given up.")
        assert (await sale.states())[:2] == "ff"
        sale.clock.now -= late


async def test_all_of_a_cancelled_performance_is_undone_some_at_a_time(sale: Sale) -> None:
    for who in range(1, 11):
        held = await hold(sale, who, best=2)
        assert isinstance(held, int)
        if who % 2:
            order = (await sale.ordering.order(person(who), held)).order
            if who % 4 == 1:
                await sale.authorise(order.id, 2 * PRICE_MINOR)
    await sale.putting_on.cancel(ROOT, sale.performance.id, "The singer is ill.")
    assert await hold(sale, 50, "s/4/10") == "not-on-sale"
    await sale.pass_time(timedelta())
    await sale.pass_time(timedelta(seconds=1))
    assert set(await sale.states()) == {"f"}
    orders = await sale.ordering.listed(buyer_id=None, performance_id=sale.performance.id, before=None, limit=50)
    assert {(one.state, one.cancelled_by, one.cancel_reason) for one in orders} == {
        ("cancelled", "staff", "The singer is ill.")
    }
    states = await sale.database.fetch("select distinct state from seating.seat_hold")
    assert {row["state"] for row in states} == {HoldState.RELEASED, HoldState.ORDERED}
