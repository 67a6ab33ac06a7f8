"""Reserving by a rule: all of it or none, or what is free of it."""

import asyncio
import itertools

import pytest

from tests.acceptance.booking.conftest import NewRoom, reserve, told
from tests.acceptance.conftest import Caller
from tests.acceptance.series.conftest import make_series, starts, weekly

TUESDAYS = ["03-04T09:00", "03-11T09:00", "03-18T09:00", "03-25T09:00"]


async def test_every_tuesday_is_an_ordinary_reservation(user: Caller, far_room: NewRoom) -> None:
    room = await far_room()
    made = await make_series(user, weekly(room, 5))
    # The clocks go forward on 30 March: ten o'clock stays ten o'clock.
    assert starts(made["occurrences"]) == [*TUESDAYS, "04-01T08:00"]
    assert [one["occurrence"] for one in made["occurrences"]][-1] == "2031-04-01T10:00:00"
    assert made["passed"] == []
    first = told(await user.get(f"reservations/{made['occurrences'][0]['reservation_id']}"), 200)
    assert (first["state"], first["series_id"], first["occurrence"]) == ("ready", made["id"], "2031-03-04T10:00:00")
    taken = told(
        await user.post(
            "reservations", {"resource_id": room, "start": "2031-03-11T09:30:00Z", "end": "2031-03-11T10:30:00Z"}
        ),
        409,
    )
    assert taken["busy"][0]["start"] == "2031-03-11T09:00:00Z"


async def test_one_that_is_taken_keeps_all_from_being_placed(user: Caller, other: Caller, far_room: NewRoom) -> None:
    room = await far_room()
    await reserve(other, room, "09:30", "10:30", day="2031-03-11", title="Secret")
    refused = await user.post("reservations/recurring", weekly(room))
    problem = told(refused, 409)
    assert problem["type"] == "/problems/slot-taken"
    [one] = problem["occurrences"]
    busy = {"resource_id": room, "start": "2031-03-11T09:30:00Z", "end": "2031-03-11T10:30:00Z", "kind": "reservation"}
    assert (one["occurrence"], one["status"], one["busy"]) == ("2031-03-11T10:00:00", "busy", [busy])
    assert "Secret" not in refused.text
    assert told(await user.get("reservations/my", resource_id=room), 200)["items"] == []


async def test_those_that_are_taken_are_passed_over_if_asked(user: Caller, other: Caller, far_room: NewRoom) -> None:
    room = await far_room()
    await reserve(other, room, "09:30", "10:30", day="2031-03-11")
    made = await make_series(user, weekly(room, conflicts="skip"))
    assert starts(made["occurrences"]) == [TUESDAYS[0], *TUESDAYS[2:]]
    assert [(one["occurrence"], one["why"]) for one in made["passed"]] == [("2031-03-11T10:00:00", "busy")]


async def test_an_alternative_of_the_same_day_is_taken_if_asked(user: Caller, other: Caller, far_room: NewRoom) -> None:
    room = await far_room()
    await reserve(other, room, "09:30", "10:30", day="2031-03-11")
    preview = told(await user.post("reservations/recurring/preview", weekly(room)), 200)
    assert preview["counts"] == {"free": 3, "busy": 1, "refused": 0}
    other_time = preview["items"][1]["alternative"]
    assert (other_time["resource_id"], other_time["start"]) == (room, "2031-03-11T08:30:00Z")
    made = await make_series(user, weekly(room, conflicts="alternative"))
    assert starts(made["occurrences"]) == [TUESDAYS[0], "03-11T08:30", *TUESDAYS[2:]]
    assert [one["exception"] for one in made["occurrences"]] == [False, True, False, False]


async def test_a_resource_like_it_is_taken_where_the_day_is_full(
    user: Caller, admin: Caller, far_room: NewRoom
) -> None:
    room = await far_room(tags=["twin"], capacity=4)
    twin = await far_room(tags=["twin"], capacity=4)
    closed = {"resource_ids": [room], "start": "2031-03-10T12:00:00Z", "end": "2031-03-12T12:00:00Z", "reason": "Paint"}
    told(await admin.post("blackouts", closed), 201)
    preview = told(await user.post("reservations/recurring/preview", weekly(room)), 200)
    assert preview["items"][1]["busy"][0]["kind"] == "blackout"
    assert preview["items"][1]["alternative"]["resource_id"] == twin
    made = await make_series(user, weekly(room, conflicts="alternative"))
    assert [one["resource_ids"] for one in made["occurrences"]] == [[room], [twin], [room], [room]]


async def test_where_there_is_no_alternative_nothing_is_placed(user: Caller, admin: Caller, far_room: NewRoom) -> None:
    room = await far_room()
    closed = {"resource_ids": [room], "start": "2031-03-10T12:00:00Z", "end": "2031-03-12T12:00:00Z", "reason": "Paint"}
    told(await admin.post("blackouts", closed), 201)
    problem = told(await user.post("reservations/recurring", weekly(room, conflicts="alternative")), 409)
    assert [one["alternative"] for one in problem["occurrences"]] == [None]
    assert told(await user.get("reservations/my", resource_id=room), 200)["items"] == []


async def test_occurrences_are_chosen_one_by_one(user: Caller, other: Caller, far_room: NewRoom) -> None:
    room, elsewhere = await far_room(), await far_room()
    await reserve(other, room, "09:30", "10:30", day="2031-03-11")
    choices = [
        {"occurrence": "2031-03-11T10:00:00", "start": "2031-03-12T09:00:00Z"},
        {"occurrence": "2031-03-18T10:00:00", "skip": True},
        {"occurrence": "2031-03-25T10:00:00", "resource_id": elsewhere},
    ]
    made = await make_series(user, weekly(room, choices=choices))
    assert starts(made["occurrences"]) == [TUESDAYS[0], "03-12T09:00", TUESDAYS[3]]
    assert made["occurrences"][2]["resource_ids"] == [elsewhere]
    assert [one["why"] for one in made["passed"]] == ["chosen"]
    wrong = weekly(room, choices=[{"occurrence": "2031-03-12T10:00:00", "skip": True}])
    assert told(await user.post("reservations/recurring", wrong), 422)["type"] == "/problems/unknown-occurrence"


async def test_rules_of_the_resource_refuse_an_occurrence(user: Caller, far_room: NewRoom) -> None:
    hours = {"weekly": {"tuesday": [["08:00", "18:00"]]}, "exceptions": {"2031-03-11": []}}
    room = await far_room(hours=hours)
    preview = told(await user.post("reservations/recurring/preview", weekly(room)), 200)
    assert [one["status"] for one in preview["items"]] == ["free", "refused", "free", "free"]
    assert [one["rule"] for one in preview["items"][1]["refusals"]] == ["opening_hours"]
    assert told(await user.post("reservations/recurring", weekly(room)), 422)["type"] == "/problems/policy-refused"
    made = await make_series(user, weekly(room, conflicts="skip"))
    assert [one["why"] for one in made["passed"]] == ["refused"]


async def test_the_same_key_gets_the_first_answer(user: Caller, far_room: NewRoom) -> None:
    room, headers = await far_room(), {"Idempotency-Key": "every tuesday"}
    answers = await asyncio.gather(
        *(user.post("reservations/recurring", weekly(room), headers=headers) for _ in range(4))
    )
    assert {one.status_code for one in answers} == {201}
    assert len({one.json()["id"] for one in answers}) == 1
    assert sum(one.headers.get("Idempotency-Replayed") == "true" for one in answers) == 3
    different = await user.post("reservations/recurring", weekly(room, 5), headers=headers)
    assert told(different, 422)["type"] == "/problems/idempotency-key-reused"
    again = {"Idempotency-Key": "once more"}
    first, second = [await user.post("reservations/recurring", weekly(room), headers=again) for _ in range(2)]
    assert told(first, 409) == told(second, 409)


async def test_two_who_want_the_same_series_do_not_share_it(user: Caller, other: Caller, far_room: NewRoom) -> None:
    room = await far_room()
    answers = await asyncio.gather(
        *(caller.post("reservations/recurring", weekly(room, 30)) for caller in (user, other) * 3)
    )
    assert sorted(one.status_code for one in answers) == [201, 409, 409, 409, 409, 409]


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        ({"rule": "FREQ=HOURLY"}, "rule-not-taken"),
        ({"rule": "every tuesday"}, "rule-not-taken"),
        ({"rule": "FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2"}, "no-occurrences"),
        ({"rule": "FREQ=DAILY", "end": "2031-03-05T09:30:00Z"}, "occurrences-overlap"),
        ({"end": "2031-03-04T09:00:00Z"}, "invalid-input"),
        ({"start": "2031-03-04T09:00:00"}, "invalid-input"),
        ({"resource_ids": [1]}, "invalid-input"),
        ({"term_id": 1, "rule": "FREQ=WEEKLY"}, "unknown-term"),
        ({"owner_id": 1}, "not-allowed"),
        ({"choices": [{"occurrence": "2031-03-04T10:00:00Z", "skip": True}]}, "invalid-input"),
    ],
)
async def test_what_cannot_be_a_series_is_refused(
    user: Caller, far_room: NewRoom, wrong: dict[str, object], kind: str
) -> None:
    answer = await user.post("reservations/recurring", {**weekly(await far_room()), **wrong})
    assert answer.json()["type"] == f"/problems/{kind}", answer.text
    assert answer.status_code in {403, 422}


async def test_an_endless_rule_is_placed_up_to_the_horizon_and_no_more_than_five_hundred(
    user: Caller, far_room: NewRoom, new_room: NewRoom
) -> None:
    daily = {"rule": "FREQ=DAILY"}
    made = await make_series(user, weekly(await far_room()) | daily)
    assert len(made["occurrences"]) == 500
    near = await new_room(policy={"horizon_days_max": 10})
    problem = told(await user.post("reservations/recurring", weekly(near) | daily), 422)
    assert problem["type"] == "/problems/no-occurrences"


async def test_holidays_and_excluded_days_are_passed_over(
    user: Caller, admin: Caller, far_room: NewRoom, unique: itertools.count
) -> None:
    site = told(
        await admin.post("sites", {"name": f"Hall {next(unique)}", "timezone": "Europe/Rome", "kind": "building"}), 201
    )
    holiday = {"name": "Carnival", "first_day": "2031-03-11"}
    told(await admin.post(f"sites/{site['id']}/holidays", holiday), 201)
    room = await far_room(site_id=site["id"])
    preview = told(await user.post("reservations/recurring/preview", weekly(room)), 200)
    assert preview["holidays"] == [{"occurrence": "2031-03-11T10:00:00", "holiday": "Carnival"}]
    assert len(preview["items"]) == 3
    kept = await make_series(user, weekly(room, skip_holidays=False, exdates=["2031-03-18"], rdates=["2031-03-20"]))
    assert starts(kept["occurrences"]) == [*TUESDAYS[:2], "03-20T09:00", TUESDAYS[3]]


async def test_a_time_that_is_left_out_is_an_instant_also_at_midnight(user: Caller, far_room: NewRoom) -> None:
    late = {"start": "2031-03-05T00:00:00Z", "end": "2031-03-05T01:00:00Z", "rule": "FREQ=DAILY;COUNT=4"}
    room = await far_room(timezone="America/New_York")
    instant, day = "2031-03-06T00:00:00Z", "2031-03-07"
    made = await make_series(user, weekly(room, **late) | {"exdates": [instant, day]})
    assert starts(made["occurrences"]) == ["03-05T00:00", "03-07T00:00"]
    for wrong in (["soon"], [20310305], ["2031-03-05T00:00:00"], ["2031-02-30"]):
        told(await user.post("reservations/recurring/preview", weekly(room, exdates=wrong)), 422)


async def test_every_tuesday_of_a_term(user: Caller, admin: Caller, far_room: NewRoom, unique: itertools.count) -> None:
    site = told(
        await admin.post("sites", {"name": f"Hall {next(unique)}", "timezone": "Europe/Rome", "kind": "building"}), 201
    )
    term = {"name": "Spring", "first_day": "2031-03-05", "last_day": "2031-03-25"}
    term_id = told(await admin.post(f"sites/{site['id']}/terms", term), 201)["id"]
    room = await far_room(site_id=site["id"])
    made = await make_series(user, weekly(room, rule="FREQ=WEEKLY;BYDAY=TU", term_id=term_id))
    assert starts(made["occurrences"]) == TUESDAYS[1:]
    both = weekly(room, term_id=term_id)
    assert told(await user.post("reservations/recurring", both), 422)["type"] == "/problems/rule-not-taken"
