"""Whatever frees something is told to whom it may interest: once, not too often, and only if it is free."""

import asyncio
from datetime import timedelta

import pytest

from berth.contracts.catalog import Policy, ResourceQuery
from berth.modules.booking.domain.searches.search import SearchState
from berth.modules.booking.store.blackout import Blackout
from berth.modules.booking.usecases.blackout import Blackouts
from berth.modules.booking.usecases.life.visiting import Visiting
from tests.database.booking.calendar import ADMIN, HOUR, MINUTE, resource
from tests.database.booking.life.answering import NINE, TEN
from tests.database.booking.searches.conftest import Watchers, slots
from tests.database.booking.waitlist.conftest import PEOPLE

ADA, BOB, EVE, DAN, KIM = PEOPLE
LATER = NINE + timedelta(days=1)


async def test_what_is_given_up_is_told_to_who_searched_and_to_nobody_else(watchers: Watchers) -> None:
    made = await watchers.desk.reserve(ADA, 1)
    await watchers.desk.reserve(ADA, 2)
    wanted = await watchers.save(BOB)
    await watchers.save(EVE, start=TEN + 2 * HOUR)
    await watchers.save(DAN, query=ResourceQuery(capacity_min=9))
    await watchers.save(KIM, notify=False)
    await watchers.desk.cancel(ADA, made)
    [told] = await watchers.pass_until_told()
    assert (told["search_id"], told["owner_id"], told["name"], told["more"]) == (wanted.id, BOB.id, "Rooms", False)
    assert slots([told]) == [(1, TEN)]
    assert told["any_of"] == {"text": None, "kind": None, "tags": [], "site_id": None, "capacity_min": None}
    assert (await watchers.search(BOB, wanted.id)).told_at == watchers.desk.clock.now


async def test_what_was_free_when_one_searched_is_no_news(watchers: Watchers) -> None:
    made = await watchers.desk.reserve(ADA, 1)
    await watchers.save(BOB)
    await watchers.tend()
    await watchers.desk.cancel(ADA, made)
    assert slots(await watchers.pass_until_told()) == [(1, TEN)]


async def test_everything_that_frees_something_is_heard(watchers: Watchers) -> None:
    desk = watchers.desk
    moved, long, _ = [await desk.reserve(ADA, room, hours=3) for room in (1, 2, 3)]
    await watchers.save(BOB, hours=3, minutes=60)
    await desk.move(ADA, moved, LATER, hours=3)
    assert slots(await watchers.pass_until_told()) == [(1, TEN)]
    held = await desk.hold(EVE, 1)
    desk.clock.now = held.expires_at
    while await desk.strike() != f"hold/{held.id}":
        continue
    assert slots(await watchers.pass_until_told()) == [(1, TEN)]  # it was told, and nobody took it
    desk.clock.now = TEN
    await desk.part(Visiting).check_in(ADA, long, None)
    desk.clock.now = TEN + HOUR
    await desk.part(Visiting).check_out(ADA, long)
    assert slots(await watchers.pass_until_told())[1:] == [(2, TEN + 62 * MINUTE)]  # one minute after the look
    closed = await desk.part(Blackouts).set(ADMIN, Blackout(0, (1,), TEN + HOUR, TEN + 3 * HOUR, "Paint", 0))
    await desk.part(Blackouts).lift(ADMIN, closed.id)
    desk.clock.now += 15 * MINUTE
    told = slots(await watchers.pass_until_told())[2:]
    assert [one[0] for one in told] == [1]
    assert told[0][1] >= desk.clock.now


async def test_who_does_not_come_frees_his_slot_for_those_who_search(watchers: Watchers) -> None:
    await watchers.desk.reserve(ADA, 2, hours=3)
    await watchers.save(BOB, hours=3, minutes=60)
    await watchers.desk.database.execute(
        """
        insert into booking.timer (key, name, data, due_at)
        select 'reservation/' || id, 'life', '{}', starts + interval '10 minutes'
        from booking.reservation
        """
    )
    await watchers.desk.strike()
    [(room, start)] = slots(await watchers.pass_until_told())
    assert (room, start) == (2, TEN + 12 * MINUTE)


async def test_what_the_waitlist_takes_at_once_is_not_told_until_nobody_wants_it(watchers: Watchers) -> None:
    desk = watchers.desk
    made = await desk.reserve(ADA, 1, start=LATER)
    entry = await desk.join(BOB, 1, start=LATER)
    await watchers.save(EVE, start=LATER)
    await desk.cancel(ADA, made)
    assert await watchers.pass_until_told() == []
    await desk.decline(BOB, entry.id)
    assert slots(await watchers.pass_until_told()) == [(1, LATER)]


async def test_what_is_taken_again_before_the_look_is_not_told(watchers: Watchers) -> None:
    made = await watchers.desk.reserve(ADA, 1)
    await watchers.save(BOB)
    await watchers.desk.cancel(ADA, made)
    await watchers.hear()
    await watchers.desk.reserve(EVE, 1)
    assert await watchers.pass_until_told() == []


async def test_what_rules_keep_from_a_person_is_not_told(watchers: Watchers) -> None:
    watchers.stock.put(resource(1, Policy(reservable_by=("admin",))), resource(2, Policy(lead_minutes_min=55)))
    first, second = await watchers.desk.reserve(ADMIN, 1), await watchers.desk.reserve(ADA, 2)
    await watchers.save(BOB)
    await watchers.desk.cancel(ADMIN, first)
    watchers.desk.clock.now += 10 * MINUTE
    await watchers.desk.cancel(ADA, second)
    assert await watchers.pass_until_told() == []


async def test_nobody_is_told_of_what_he_gave_back_himself(watchers: Watchers) -> None:
    made = await watchers.desk.reserve(ADA, 1)
    await watchers.save(ADA)
    await watchers.desk.cancel(ADA, made)
    assert await watchers.pass_until_told() == []


async def test_one_search_is_told_once_in_fifteen_minutes_and_nothing_is_lost(watchers: Watchers) -> None:
    desk = watchers.desk
    made = [await desk.reserve(ADA, room, start=LATER + n * HOUR) for room in (1, 2) for n in range(3)]
    await watchers.save(BOB, start=LATER, hours=3, minutes=60)
    await desk.cancel(ADA, made[0])
    first = await watchers.pass_until_told()
    told_at = desk.clock.now
    assert slots(first) == [(1, LATER)]
    for id_ in made[1:3]:
        desk.clock.now += MINUTE
        await desk.cancel(ADA, id_)
        await watchers.hear()
        await watchers.look()
    assert await watchers.told() == first
    assert await watchers.next_look() == told_at + 15 * MINUTE
    await desk.reserve(EVE, 1, start=LATER + HOUR)
    await watchers.pass_until_told()
    assert desk.clock.now == told_at + 15 * MINUTE
    assert slots((await watchers.told())[1:]) == [(1, LATER + 2 * HOUR)]


async def test_an_event_that_comes_twice_is_told_once(watchers: Watchers) -> None:
    made = await watchers.desk.reserve(ADA, 1, start=LATER)
    await watchers.save(BOB, start=LATER)
    await watchers.desk.cancel(ADA, made)
    await watchers.hear()
    await watchers.look()
    assert await watchers.pass_until_told() != []
    for _ in range(3):
        await watchers.look()
        await watchers.tend()
        await watchers.desk.look()
    watchers.desk.clock.now += HOUR
    await watchers.look()
    assert len(await watchers.told()) == 1


async def test_a_slot_that_is_taken_and_given_up_again_is_told_again(watchers: Watchers) -> None:
    await watchers.save(BOB, start=LATER)
    for number in range(3):
        made = await watchers.desk.reserve(ADA, 1, start=LATER)
        await watchers.desk.cancel(ADA, made)
        assert slots(await watchers.pass_until_told()) == [(1, LATER)] * (number + 1)


async def test_many_looks_at_once_tell_once(watchers: Watchers) -> None:
    made = [await watchers.desk.reserve(ADA, room, start=LATER) for room in (1, 2)]
    searches = [await watchers.save(one, start=LATER) for one in (BOB, EVE, DAN, KIM)]
    for id_ in made:
        await watchers.desk.cancel(ADA, id_)
    envelopes = await watchers.unheard()

    async def hear(some: int) -> None:
        async with watchers.desk.database.transaction() as connection:
            await watchers.desk.built.handlers["booking_searches"](connection, envelopes[some : some + 1])

    await asyncio.gather(hear(0), hear(1), watchers.look(), watchers.look())
    watchers.desk.clock.now += 3 * timedelta(seconds=1)
    await asyncio.gather(*(watchers.look() for _ in range(4)))
    told = await watchers.told()
    assert sorted(one["search_id"] for one in told) == [one.id for one in searches]
    assert all(slots([one]) == [(1, LATER), (2, LATER)] for one in told)


async def test_what_is_paused_is_not_told_and_not_later_either(watchers: Watchers) -> None:
    made = [await watchers.desk.reserve(ADA, room, start=LATER) for room in (1, 2)]
    search = await watchers.save(BOB, start=LATER)
    await watchers.desk.cancel(ADA, made[0])
    await watchers.hear()
    assert not (await watchers.pause(BOB, search.id)).notify
    assert await watchers.pass_until_told() == []
    assert (await watchers.pause(BOB, search.id, notify=True)).notify
    assert await watchers.pass_until_told() == []
    await watchers.desk.cancel(ADA, made[1])
    assert slots(await watchers.pass_until_told()) == [(2, LATER)]


async def test_a_search_ends_when_nothing_can_be_found_any_more(watchers: Watchers) -> None:
    exact = await watchers.save(BOB, "Exact")
    flexible = await watchers.save(BOB, "Flexible", hours=3, minutes=30)
    assert await watchers.desk.strike() == f"search/{exact.id}"
    assert watchers.desk.clock.now == TEN - MINUTE
    assert (await watchers.search(BOB, exact.id)).state == SearchState.OVER
    assert await watchers.desk.strike() == f"search/{flexible.id}"
    assert watchers.desk.clock.now == TEN + 3 * HOUR - 31 * MINUTE
    ended = await watchers.desk.told("search_ended")
    assert [(one["search_id"], one["how"]) for one in ended] == [(exact.id, "expired"), (flexible.id, "expired")]
    made = await watchers.desk.reserve(ADA, 1, start=LATER)
    await watchers.desk.cancel(ADA, made)
    assert await watchers.pass_until_told() == []


async def test_what_was_freed_is_forgotten_once_everybody_has_looked(watchers: Watchers) -> None:
    async def kept() -> int:
        return int(await watchers.desk.database.fetch_value("select count(*) from booking.freed"))

    made = [await watchers.desk.reserve(ADA, 1, start=LATER + n * HOUR) for n in range(4)]
    await watchers.save(BOB, start=LATER, hours=2, minutes=30)
    await watchers.desk.cancel(ADA, made[0])
    await watchers.hear()
    assert await kept() == 1
    await watchers.pass_until_told()
    assert await kept() == 0
    await watchers.desk.cancel(ADA, made[3])
    await watchers.hear()
    assert await kept() == 0  # it interests nobody
    await watchers.desk.cancel(ADA, made[1])
    await watchers.hear()
    await watchers.look()
    assert await kept() == 1  # it is told later
    await watchers.pass_until_told()
    assert (await kept(), len(await watchers.told())) == (0, 2)


@pytest.mark.parametrize("minutes", [None, 30])
async def test_buffers_that_are_freed_are_free_for_those_beside(watchers: Watchers, minutes: int | None) -> None:
    for room in (1, 2):
        await watchers.desk.reserve(ADA, room, start=LATER, hours=3)
    made = await watchers.desk.reserve(ADA, 3, start=LATER + 2 * HOUR)
    hours = 2 if minutes is None else 3
    await watchers.desk.reserve(ADA, 3, start=LATER - HOUR)
    await watchers.save(BOB, start=LATER + HOUR, hours=1 if minutes is None else hours, minutes=minutes)
    await watchers.desk.cancel(ADA, made)
    [(room, start)] = slots(await watchers.pass_until_told())
    assert (room, start) == (3, LATER + (1 if minutes is None else 2) * HOUR)
