"""Keeping searches: how many, under which names, and what a failure leaves behind."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from berth.contracts.catalog import ResourceQuery
from berth.kit.auth import Principal
from berth.kit.http.problem import Problem
from berth.kit.outbox.write import Outbox
from berth.modules.booking.usecases.searches.saving import SEARCHES_MAX, Saving
from tests.database.booking.calendar import ADMIN, HOUR
from tests.database.booking.life.answering import NINE, TEN
from tests.database.booking.searches.conftest import Watchers, slots
from tests.database.booking.waitlist.conftest import PEOPLE

ADA, BOB, EVE, _, _ = PEOPLE
LATER = NINE + timedelta(days=1)


async def refused(watchers: Watchers, who: Principal, *given: Any, **more: Any) -> tuple[int, str]:
    with pytest.raises(Problem) as problem:
        await watchers.save(who, *given, **more)
    return problem.value.status, problem.value.kind


async def test_a_person_keeps_so_many_searches_however_quickly_they_are_saved(watchers: Watchers) -> None:
    answers = await asyncio.gather(
        *(watchers.save(BOB, f"Search {number}") for number in range(SEARCHES_MAX + 5)), return_exceptions=True
    )
    refusals = [one for one in answers if isinstance(one, Problem)]
    assert [(one.status, one.kind) for one in refusals] == [(409, "too-many-searches")] * 5
    assert await watchers.desk.database.fetch_value("select count(*) from booking.search") == SEARCHES_MAX
    assert await watchers.desk.database.fetch_value("select count(*) from booking.search_watch") == SEARCHES_MAX
    assert len(await watchers.desk.told("search_saved")) == SEARCHES_MAX
    await watchers.save(EVE, "Search 1")


async def test_a_name_is_given_once_by_each_person(watchers: Watchers) -> None:
    answers = await asyncio.gather(*(watchers.save(BOB) for _ in range(4)), return_exceptions=True)
    assert [one.kind for one in answers if isinstance(one, Problem)] == ["search-name-taken"] * 3
    other = await watchers.save(BOB, "Other")
    saving = watchers.desk.part(Saving)
    with pytest.raises(Problem, match="already"):
        await saving.change(BOB, other.id, "Rooms", None)
    changed = await saving.change(BOB, other.id, "Other rooms", False)
    assert (changed.name, changed.notify) == ("Other rooms", False)
    [told] = await watchers.desk.told("search_changed")
    assert (told["changes"], told["name"], told["notify"]) == (["name", "notify"], "Other rooms", False)
    await saving.change(BOB, other.id, "Other rooms", False)
    assert len(await watchers.desk.told("search_changed")) == 1


async def test_a_time_in_which_nothing_can_be_found_is_refused(watchers: Watchers) -> None:
    assert await refused(watchers, BOB, start=NINE, hours=1) == (422, "too-late")
    assert await refused(watchers, BOB, hours=1, minutes=61) == (422, "window-too-short")
    assert await refused(watchers, BOB, hours=24 * 61, minutes=60) == (422, "window-too-long")
    assert await refused(watchers, BOB, hours=24 * 8) == (422, "window-too-long")
    assert await watchers.desk.told("search_saved") == []


async def test_what_nothing_fits_yet_may_be_searched_for(watchers: Watchers) -> None:
    search = await watchers.save(BOB, query=ResourceQuery(capacity_min=1000))
    assert search.wanted.resource_ids == ()


async def test_others_may_not_change_a_search_and_administrators_only_see_and_remove_it(watchers: Watchers) -> None:
    search = await watchers.save(BOB)
    saving = watchers.desk.part(Saving)
    for who in (EVE, ADMIN):
        with pytest.raises(Problem) as problem:
            await saving.change(who, search.id, "Mine", None)
        assert problem.value.status == 403
    with pytest.raises(Problem) as problem:
        await saving.remove(EVE, search.id)
    assert problem.value.status == 403
    assert (await watchers.search(ADMIN, search.id)).name == "Rooms"
    await saving.remove(ADMIN, search.id)
    [told] = await watchers.desk.told("search_ended")
    assert (told["actor_id"], told["how"]) == (ADMIN.id, "removed")
    with pytest.raises(Problem) as problem:
        await saving.remove(BOB, search.id)
    assert problem.value.status == 404


async def test_a_search_that_is_over_can_be_removed_and_not_changed(watchers: Watchers) -> None:
    search = await watchers.save(BOB)
    await watchers.desk.strike()
    saving = watchers.desk.part(Saving)
    with pytest.raises(Problem) as problem:
        await saving.change(BOB, search.id, "Other", None)
    assert (problem.value.status, problem.value.kind) == (410, "search-over")
    await watchers.save(BOB, start=LATER)  # its name is free again
    await saving.remove(BOB, search.id)
    assert [one["how"] for one in await watchers.desk.told("search_ended")] == ["expired"]


async def test_a_look_that_fails_leaves_everything_to_the_next_one(
    watchers: Watchers, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await watchers.desk.reserve(ADA, 1, start=LATER)
    await watchers.save(BOB, start=LATER)
    await watchers.desk.cancel(ADA, made)
    await watchers.hear()
    watchers.desk.clock.now += timedelta(seconds=3)

    async def fail(*_: object) -> None:
        raise ConnectionError("gone")

    with monkeypatch.context() as patched:
        patched.setattr(Outbox, "write", fail)
        with pytest.raises(ConnectionError):
            await watchers.look()
    assert await watchers.told() == []
    assert await watchers.desk.database.fetch_value("select count(*) from booking.search_told") == 0
    assert await watchers.desk.database.fetch_value("select count(*) from booking.freed") == 1
    await watchers.look()
    assert slots(await watchers.told()) == [(1, LATER)]


async def test_removing_and_pausing_while_somebody_looks_goes_well(watchers: Watchers) -> None:
    made = [await watchers.desk.reserve(ADA, 1, start=TEN + n * HOUR) for n in range(3)]
    searches = [await watchers.save(BOB, f"S{n}", hours=3, minutes=60) for n in range(10)]
    saving = watchers.desk.part(Saving)
    for id_ in made:
        await watchers.desk.cancel(ADA, id_)
    await watchers.hear()
    watchers.desk.clock.now += timedelta(seconds=3)
    await asyncio.gather(
        watchers.look(),
        *(saving.remove(BOB, one.id) for one in searches[:5]),
        *(saving.change(BOB, one.id, None, False) for one in searches[5:]),
        watchers.look(),
    )
    told = await watchers.told()
    assert len({one["search_id"] for one in told}) == len(told)
    assert await watchers.desk.database.fetch_value("select count(*) from booking.search") == 5
    assert await watchers.desk.database.fetch_value("select count(*) from booking.search_watch where notify") == 0
