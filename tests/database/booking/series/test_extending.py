"""As time goes on more of a series is placed, and what cannot be is noted and told."""

import asyncio

import orjson

from tests.database.booking.calendar import USER
from tests.database.booking.series.conftest import DAY, HOUR, PLAIN, STUDIO, TUESDAY, Office

WEEKLY = "FREQ=WEEKLY;BYDAY=TU"


async def test_an_endless_series_is_extended_when_its_next_time_comes_within_the_horizon(office: Office) -> None:
    made = await office.create(rule=WEEKLY)
    count = len(made["ids"])
    following = TUESDAY + count * 7 * DAY
    assert await office.timer(made["id"]) == following - 366 * DAY
    for number in range(1, 4):
        await office.extend(made["id"])
        rows = await office.rows(made["id"])
        assert len(rows) == count + number
        assert rows[-1]["starts"] == TUESDAY + (count + number - 1) * 7 * DAY
    told = await office.told("series_extended")
    assert [(one["count"], one["missed"]) for one in told] == [(1, [])] * 3


async def test_what_is_taken_by_then_is_missed(office: Office) -> None:
    made = await office.create(rule=WEEKLY)
    following = TUESDAY + len(made["ids"]) * 7 * DAY
    await office.process.create(PLAIN, start=following + HOUR / 2)
    await office.extend(made["id"])
    assert len(await office.rows(made["id"])) == len(made["ids"])
    missed = orjson.loads((await office.series(made["id"]))["missed"])
    assert missed == [{"occurrence": following.replace(tzinfo=None).isoformat(), "why": "busy"}]
    [told] = await office.told("series_extended")
    assert (told["count"], told["missed"]) == (0, [following.isoformat().replace("+00:00", "Z")])
    assert told["reasons"] == ["busy"]
    await office.extend(made["id"])
    assert len(await office.rows(made["id"])) == len(made["ids"]) + 1


async def test_what_is_added_waits_for_confirmations_like_the_rest(office: Office) -> None:
    made = await office.create(STUDIO, rule=WEEKLY)
    await office.extend(made["id"])
    [told] = await office.told("series_extended")
    assert told["awaiting"] == [told["reservation_id"]] == [(await office.rows(made["id"]))[-1]["id"]]


async def test_an_owner_who_is_gone_gets_nothing_more(office: Office) -> None:
    made = await office.create(rule=WEEKLY)
    office.process.staff.gone.add(USER.id)
    await office.extend(made["id"])
    assert orjson.loads((await office.series(made["id"]))["missed"])[0]["why"] == "refused"
    assert [one["reasons"] for one in await office.told("series_extended")] == [["refused"]]
    assert len(await office.rows(made["id"])) == len(made["ids"])


async def test_extended_twice_at_once_it_has_each_time_once(office: Office) -> None:
    made = await office.create(rule=WEEKLY)
    errand = await office.strike(made["id"])
    extend = office.process.built.errands[errand.name]
    await asyncio.gather(*(extend(errand) for _ in range(3)))
    assert len(await office.rows(made["id"])) == len(made["ids"]) + 1
    assert orjson.loads((await office.series(made["id"]))["missed"]) == []


async def test_a_rule_with_an_end_is_extended_up_to_it(office: Office) -> None:
    made = await office.create(rule=f"{WEEKLY};COUNT=3")
    assert await office.timer(made["id"]) is None
    longer = await office.create(rule=f"{WEEKLY};COUNT=54", start=TUESDAY + 2 * HOUR)
    assert len(longer["ids"]) == 53
    await office.extend(longer["id"])
    assert len(await office.rows(longer["id"])) == 54
    assert await office.timer(longer["id"]) is None


async def test_a_changed_series_goes_on_as_it_was_changed(office: Office) -> None:
    made = await office.create(rule=WEEKLY)
    third, at = made["ids"][2], TUESDAY + 14 * DAY
    heir = await office.change(made["id"], "following", third, start=at + 2 * HOUR, end=at + 3 * HOUR)
    assert await office.timer(made["id"]) is None
    await office.extend(heir.id)
    rows = await office.rows(heir.id)
    assert len(rows) == len(made["ids"]) - 2 + 1
    assert rows[-1]["starts"] == TUESDAY + len(made["ids"]) * 7 * DAY + 2 * HOUR


async def test_a_series_that_was_given_up_is_not_extended(office: Office) -> None:
    made = await office.create(rule=WEEKLY)
    errand = await office.strike(made["id"])
    await office.cancel(made["id"], "all")
    await office.process.built.errands[errand.name](errand)
    states = {row["state"] for row in await office.rows(made["id"]) if row["starts"] > office.process.clock.now}
    assert states == {"cancelled"}
    other = await office.create(rule=WEEKLY, start=TUESDAY + 28 * DAY)
    await office.cancel(other["id"], "following", other["ids"][2])
    assert await office.timer(other["id"]) is None


async def test_a_day_that_was_given_up_is_not_taken_again(office: Office) -> None:
    made = await office.create(rule=WEEKLY)
    await office.process.cancel(made["ids"][-1])
    await office.extend(made["id"])
    states = [row["state"] for row in await office.rows(made["id"])]
    assert states == [*["ready"] * (len(made["ids"]) - 1), "cancelled", "ready"]


async def test_five_hundred_are_placed_at_once_and_the_others_then(office: Office) -> None:
    twice = tuple(TUESDAY + number * DAY + 2 * HOUR for number in range(200))
    made = await office.create(rule="FREQ=DAILY", rdates=twice)
    assert len(made["ids"]) == 500
    assert await office.timer(made["id"]) == office.process.clock.now
    await office.extend(made["id"])
    assert len(await office.rows(made["id"])) == 365 + 200
