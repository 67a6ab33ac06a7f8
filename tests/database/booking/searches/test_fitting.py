"""What fits a search changes with the catalogue, with people and with time; what is new is told like what is freed."""

from dataclasses import replace
from datetime import timedelta

from berth.contracts.catalog import Opening, Policy, ResourceQuery
from berth.contracts.identity import Person
from berth.modules.booking.domain.searches.search import SearchState
from berth.modules.booking.usecases.searches.saving import Saving
from tests.database.booking.calendar import HOUR, MINUTE, resource
from tests.database.booking.life.answering import NINE, TEN
from tests.database.booking.searches.conftest import ROOMS, Watchers, leaves, retired, slots
from tests.database.booking.waitlist.conftest import PEOPLE

ADA, BOB, EVE, _, _ = PEOPLE
LATER = NINE + timedelta(days=1)
EVERY_DAY = ((8 * 60, 18 * 60),)


async def test_a_resource_that_is_new_or_restored_is_told_if_it_is_free(watchers: Watchers) -> None:
    watchers.stock.put(retired(ROOMS[1]))
    await watchers.save(BOB, start=LATER)
    watchers.stock.put(resource(4), resource(5))
    await watchers.desk.reserve(ADA, 5, start=LATER)
    await watchers.tend()
    assert slots(await watchers.pass_until_told()) == [(4, LATER)]
    watchers.stock.put(ROOMS[1])
    await watchers.tend()
    assert slots((await watchers.pass_until_told())[1:]) == [(2, LATER)]
    await watchers.tend()
    await watchers.tend()
    assert len(await watchers.pass_until_told()) == 2


async def test_what_rules_allow_that_they_did_not_is_told(watchers: Watchers) -> None:
    start = NINE + timedelta(days=10)
    watchers.stock.put(*(replace(one, policy=Policy(horizon_days_max=9)) for one in ROOMS[:2]))
    watchers.stock.put(resource(3, Policy(reservable_by=("admin",))))
    await watchers.save(BOB, start=start)
    await watchers.tend()
    assert await watchers.pass_until_told() == []
    watchers.stock.put(ROOMS[0])
    await watchers.tend()
    assert slots(await watchers.pass_until_told()) == [(1, start)]
    watchers.desk.clock.now += timedelta(days=1)  # time alone lets the other one be reserved
    await watchers.tend()
    assert slots((await watchers.pass_until_told())[1:]) == [(2, start)]
    watchers.staff.others[BOB.id] = Person(BOB.id, BOB.username, BOB.name, True, "admin")
    await watchers.tend()
    assert slots((await watchers.pass_until_told())[2:]) == [(3, start)]


async def test_a_closing_that_is_lifted_is_told_as_far_as_it_was_closed(watchers: Watchers) -> None:
    day = LATER.date()
    shut = Opening((EVERY_DAY,) * 7, {day: ()})
    morning = Opening((EVERY_DAY,) * 7, {day: ((8 * 60, 11 * 60),)})
    watchers.stock.put(resource(1, None, shut), resource(2, None, morning), retired(ROOMS[2]))
    search = await watchers.save(BOB, start=LATER - HOUR, hours=9, minutes=60)
    exact = await watchers.save(EVE, start=LATER + 3 * HOUR)
    assert search.wanted.resource_ids == (2,)
    assert exact.wanted.resource_ids == ()
    await watchers.tend()
    assert await watchers.pass_until_told() == []
    whole = Opening((EVERY_DAY,) * 7, {})
    watchers.stock.put(resource(1, None, whole), resource(2, None, whole))
    await watchers.tend()
    told = await watchers.pass_until_told()
    # It is 9:00 in Rome when the window opens; room 2 was open until 11:00.
    mine = slots([one for one in told if one["search_id"] == search.id])
    assert mine == [(1, LATER - HOUR), (2, LATER + HOUR)]
    assert slots([one for one in told if one["search_id"] == exact.id]) == [
        (1, LATER + 3 * HOUR),
        (2, LATER + 3 * HOUR),
    ]
    await watchers.tend()
    assert len(await watchers.pass_until_told()) == 2
    rows = await watchers.desk.database.fetch("select resource_id from booking.search_hours order by resource_id")
    assert [row["resource_id"] for row in rows] == [1, 2]


async def test_hours_are_forgotten_with_the_last_search_that_they_matter_for(watchers: Watchers) -> None:
    search = await watchers.save(BOB, start=LATER, hours=3, minutes=60)
    await watchers.tend()
    await watchers.desk.part(Saving).remove(BOB, search.id)
    await watchers.tend()
    assert await watchers.desk.database.fetch_value("select count(*) from booking.search_hours") == 0


async def test_what_fits_no_more_is_not_told_though_it_was_freed(watchers: Watchers) -> None:
    made = await watchers.desk.reserve(ADA, 3, start=LATER)
    await watchers.save(BOB, start=LATER, query=ResourceQuery(capacity_min=20))
    await watchers.desk.cancel(ADA, made)
    await watchers.hear()
    watchers.stock.put(replace(ROOMS[2], capacity=10))
    await watchers.tend()
    assert await watchers.pass_until_told() == []


async def test_the_searches_of_who_is_gone_go_too(watchers: Watchers) -> None:
    mine, theirs = await watchers.save(BOB, start=LATER), await watchers.save(EVE, start=LATER)
    watchers.staff.others[BOB.id] = leaves(BOB)
    await watchers.tend()
    [gone] = await watchers.desk.told("search_ended")
    assert (gone["search_id"], gone["how"], gone["actor_id"]) == (mine.id, "removed", 0)
    assert (await watchers.search(EVE, theirs.id)).state == SearchState.LIVE


async def test_what_is_over_is_forgotten_after_a_month(watchers: Watchers) -> None:
    await watchers.save(BOB)
    assert await watchers.desk.strike() is not None
    watchers.desk.clock.now += timedelta(days=29)
    await watchers.tend()
    assert await watchers.desk.database.fetch_value("select count(*) from booking.search") == 1
    watchers.desk.clock.now += timedelta(days=2)
    await watchers.tend()
    assert await watchers.desk.database.fetch_value("select count(*) from booking.search") == 0


async def test_what_lost_its_timers_is_caught_up_with(watchers: Watchers) -> None:
    made = await watchers.desk.reserve(ADA, 1, start=LATER)
    search = await watchers.save(BOB, start=LATER)
    await watchers.desk.cancel(ADA, made)
    await watchers.hear()
    await watchers.desk.lose_timers()
    await watchers.tending.catch_up()
    assert await watchers.next_look() is None
    watchers.desk.clock.now += MINUTE
    await watchers.tending.catch_up()
    assert await watchers.desk.strike() == "searches"
    assert slots(await watchers.told()) == [(1, LATER)]
    await watchers.desk.lose_timers()
    watchers.desk.clock.now = LATER
    await watchers.tending.catch_up()
    assert (await watchers.search(BOB, search.id)).state == SearchState.OVER


async def test_many_new_resources_are_looked_at_little_by_little(watchers: Watchers) -> None:
    await watchers.save(BOB, start=TEN + HOUR)
    await watchers.tend()
    many = [resource(100 + number) for number in range(450)]
    watchers.stock.put(*many)
    # All are taken but the last ones.
    await watchers.desk.database.execute(
        """
        insert into booking.allocation (occupant_id, resource_id, kind, occupies)
        select 10000 + number, number, 'reservation', tstzrange($1, $2)
        from generate_series(100, 547) as number
        """,
        TEN,
        TEN + 3 * HOUR,
    )
    await watchers.tend()
    assert slots(await watchers.pass_until_told()) == [(548, TEN + HOUR), (549, TEN + HOUR)]


async def test_of_very_many_slots_the_first_are_told_and_that_there_are_more(watchers: Watchers) -> None:
    await watchers.save(BOB, start=TEN + HOUR)
    watchers.stock.put(*(resource(100 + number) for number in range(450)))
    await watchers.tend()
    [told] = await watchers.pass_until_told()
    assert (len(told["slots"]), told["more"]) == (10, True)
