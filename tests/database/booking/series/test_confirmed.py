"""Moving a series whose occurrences have to be confirmed: each move is asked for, and takes place when it is given."""

import pytest

from berth.kit.http.problem import Problem
from tests.database.booking.series.conftest import DAY, HOUR, STUDIO, TUESDAY, Office


async def confirmed(office: Office) -> dict[str, object]:
    """A series of three that was confirmed."""
    made = await office.create(STUDIO, rule="FREQ=DAILY;COUNT=3")
    await office.process.carry()
    for id_ in made["ids"]:
        await office.process.decide(id_, approves=True)
    return made


async def test_all_are_moved_when_they_are_confirmed(office: Office) -> None:
    made = await confirmed(office)
    await office.change(made["id"], "all", made["ids"][0], start=TUESDAY + 2 * HOUR, title="Later")
    rows = await office.rows(made["id"])
    assert [(row["starts"], row["title"]) for row in rows] == [(TUESDAY + n * DAY, "Later") for n in range(3)]
    assert [len(await office.process.occupied(id_)) for id_ in made["ids"]] == [2, 2, 2]
    await office.process.carry()
    for id_ in made["ids"]:
        await office.process.decide(id_, approves=id_ != made["ids"][1])
    starts = {row["id"]: row["starts"] for row in await office.rows(made["id"])}
    first, second, third = made["ids"]
    assert starts == {first: TUESDAY + 2 * HOUR, second: TUESDAY + DAY, third: TUESDAY + 2 * DAY + 2 * HOUR}


async def test_those_that_wait_cannot_be_moved_and_can_be_left(office: Office) -> None:
    made = await office.create(STUDIO, rule="FREQ=DAILY;COUNT=3")
    await office.process.carry()
    await office.process.decide(made["ids"][0], approves=True)
    with pytest.raises(Problem, match="waits for confirmations"):
        await office.change(made["id"], "all", made["ids"][0], start=TUESDAY + 2 * HOUR)
    await office.change(made["id"], "all", made["ids"][0], start=TUESDAY + 2 * HOUR, skip=True)
    await office.process.carry()
    await office.process.decide(made["ids"][0], approves=True)
    assert [row["starts"] for row in await office.rows(made["id"])] == [
        TUESDAY + 2 * HOUR,
        TUESDAY + DAY,
        TUESDAY + 2 * DAY,
    ]


async def test_a_slot_that_is_taken_keeps_all_moves_from_being_asked_for(office: Office) -> None:
    made = await confirmed(office)
    await office.create(STUDIO, rule="FREQ=DAILY;COUNT=1", start=TUESDAY + DAY + 2 * HOUR)
    with pytest.raises(Problem) as refused:
        await office.change(made["id"], "all", made["ids"][0], start=TUESDAY + 2 * HOUR)
    assert [one["start"] for one in refused.value.more["occurrences"]] == [TUESDAY + DAY + 2 * HOUR]
    assert [len(await office.process.occupied(id_)) for id_ in made["ids"]] == [1, 1, 1]
    await office.cancel(made["id"], "all")
    assert {row["state"] for row in await office.rows(made["id"])} == {"cancelled"}
    await office.process.carry()
    assert [office.process.held(id_) for id_ in made["ids"]] == [{}, {}, {}]


async def test_what_waits_of_a_series_is_named_and_what_becomes_of_each_bears_the_series(office: Office) -> None:
    made = await office.create(STUDIO, rule="FREQ=DAILY;COUNT=3")
    assert [one["awaiting"] for one in await office.told("series_created")] == [made["ids"]]
    await office.process.carry()
    given, refused, gone = made["ids"]
    await office.process.decide(given, approves=True)
    await office.process.decide(refused, approves=False)
    await office.process.cancel(gone)
    assert [(one["reservation_id"], one["series_id"]) for one in await office.told("reservation_ready")] == [
        (given, made["id"])
    ]
    ended = {one["reservation_id"]: one for one in await office.told("reservation_cancelled")}
    assert [(ended[id_]["refused"], ended[id_]["series_id"]) for id_ in (refused, gone)] == [
        (True, made["id"]),
        (False, None),
    ]


async def test_a_series_that_waits_for_nobody_names_nothing(office: Office) -> None:
    await office.create(rule="FREQ=DAILY;COUNT=3")
    assert [one["awaiting"] for one in await office.told("series_created")] == [[]]
    given_up = await office.create(STUDIO, rule="FREQ=DAILY;COUNT=2")
    await office.cancel(given_up["id"], "all")
    assert [one["refused"] for one in await office.told("reservation_cancelled")] == [False, False]
