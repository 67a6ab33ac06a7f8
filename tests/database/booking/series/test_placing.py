"""A series is placed by one transaction, each of its times once, and all that belongs to it with it."""

import asyncio

import pytest

from berth.kit.http.problem import Problem
from tests.database.booking.series.conftest import BUFFERED, DAY, HOUR, OTHER, PLAIN, STUDIO, TUESDAY, Office

DAILY = "FREQ=DAILY;COUNT=200"


async def test_two_hundred_are_written_by_one_transaction(office: Office) -> None:
    made = await office.create(rule=DAILY)
    database = office.process.database
    tables = ("booking.reservation", "booking.allocation", "booking.series", "booking.outbox")
    writers = [await database.fetch(f"select distinct xmin::text as writer from {one}") for one in tables]
    assert len({row["writer"] for rows in writers for row in rows}) == 1
    assert len(made["ids"]) == 200
    [told] = await office.told("series_created")
    assert (told["count"], told["reservation_id"], told["rule"]) == (200, made["ids"][0], DAILY)
    created = await office.told("reservation_created")
    assert {one["series_id"] for one in created} == {made["id"]}
    assert len(created) == 200


async def test_several_resources_are_placed_whole_or_not_at_all(office: Office) -> None:
    await office.create(OTHER, start=TUESDAY + DAY, rule="FREQ=DAILY;COUNT=1")
    with pytest.raises(Problem) as refused:
        await office.create(PLAIN, OTHER, rule="FREQ=DAILY;COUNT=3")
    assert (refused.value.status, len(refused.value.more["occurrences"])) == (409, 1)
    made = await office.create(PLAIN, OTHER, rule="FREQ=DAILY;COUNT=3", conflicts="skip")
    assert [row["rooms"] for row in await office.rows(made["id"])] == [[PLAIN, OTHER]] * 2
    held = await office.process.database.fetch_value("select count(*) from booking.allocation")
    assert held == 1 + 4


async def test_buffers_keep_occurrences_apart(office: Office) -> None:
    with pytest.raises(Problem, match="overlap"):
        await office.create(BUFFERED, rule="FREQ=DAILY;COUNT=3", end=TUESDAY + 24 * HOUR - HOUR / 2)
    made = await office.create(BUFFERED, rule="FREQ=DAILY;COUNT=3", end=TUESDAY + 23 * HOUR)
    assert len(made["ids"]) == 3


async def test_each_occurrence_waits_for_what_the_policy_asks(office: Office) -> None:
    made = await office.create(STUDIO, rule="FREQ=DAILY;COUNT=3")
    assert [row["state"] for row in await office.rows(made["id"])] == ["pending"] * 3
    asked = await office.told("approval_asked")
    assert [one["series_id"] for one in asked] == [None, made["id"], made["id"]]
    await office.process.carry()
    for id_ in made["ids"]:
        await office.process.decide(id_, approves=id_ != made["ids"][1])
    assert [row["state"] for row in await office.rows(made["id"])] == ["ready", "cancelled", "ready"]


async def test_those_who_race_for_the_same_days_do_not_overlap(office: Office) -> None:
    wishes = [office.create(rule="FREQ=DAILY;COUNT=30", conflicts="skip") for _ in range(3)]
    late = [office.create(rule="FREQ=DAILY;COUNT=30", start=TUESDAY + 15 * DAY, conflicts="skip") for _ in range(3)]
    outcomes = await asyncio.gather(*wishes, *late, return_exceptions=True)
    assert all(isinstance(one, dict) or one.status == 409 for one in outcomes)
    rows = await office.rows()
    assert [row["starts"] for row in rows] == [TUESDAY + number * DAY for number in range(45)]
