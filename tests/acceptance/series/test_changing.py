"""Changing and giving up one occurrence, it and those behind it, or all."""

from typing import Any

import pytest

from tests.acceptance.booking.conftest import NewRoom, reserve, told
from tests.acceptance.conftest import Caller
from tests.acceptance.series.conftest import make_series, occurrences, starts, weekly

TUESDAYS = ["03-04T09:00", "03-11T09:00", "03-18T09:00", "03-25T09:00"]


def ids(made: dict[str, Any]) -> list[int]:
    return [one["reservation_id"] for one in made["occurrences"]]


async def change(caller: Caller, series_id: int, status: int = 200, **wish: Any) -> dict[str, Any]:
    return told(await caller.patch(f"series/{series_id}", wish), status)


async def test_this_one_alone_is_moved_and_is_an_exception_then(user: Caller, far_room: NewRoom) -> None:
    made = await make_series(user, weekly(await far_room()))
    second = ids(made)[1]
    wish = {"scope": "this", "reservation_id": second, "start": "2031-03-12T09:00:00Z", "end": "2031-03-12T10:00:00Z"}
    after = await change(user, made["id"], **wish)
    assert starts(after["occurrences"]) == [TUESDAYS[0], "03-12T09:00", *TUESDAYS[2:]]
    assert [one["exception"] for one in after["occurrences"]] == [False, True, False, False]
    assert after["occurrences"][1]["occurrence"] == "2031-03-11T10:00:00"


async def test_all_are_moved_on_the_wall_clock_but_for_exceptions(user: Caller, far_room: NewRoom) -> None:
    made = await make_series(user, weekly(await far_room(), 5))
    first, second, third = ids(made)[:3]
    told(await user.patch(f"reservations/{second}", {"title": "By itself"}), 200)
    told(await user.post(f"reservations/{third}/cancel"), 200)
    wish = {"start": "2031-03-05T10:00:00Z", "end": "2031-03-05T11:30:00Z"}
    after = await change(user, made["id"], scope="all", reservation_id=first, **wish)
    # A day and an hour later; the fifth is behind the change of clocks.
    assert starts(after["occurrences"]) == ["03-05T10:00", TUESDAYS[1], TUESDAYS[2], "03-26T10:00", "04-02T09:00"]
    assert [one["state"] for one in after["occurrences"]] == ["ready", "ready", "cancelled", "ready", "ready"]
    assert after["occurrences"][0]["end"] == "2031-03-05T11:30:00Z"
    assert (after["shift_minutes"], after["minutes"], after["version"]) == (25 * 60, 90, 2)
    history = told(await user.get(f"reservations/{first}/history"), 200)["items"]
    assert [one["what"] for one in history] == ["created", "changed"]


async def test_a_daily_series_moves_onto_its_own_slots(user: Caller, far_room: NewRoom) -> None:
    made = await make_series(user, weekly(await far_room(), rule="FREQ=DAILY;COUNT=5"))
    wish = {"start": "2031-03-05T09:00:00Z", "end": "2031-03-05T10:00:00Z"}
    after = await change(user, made["id"], scope="all", reservation_id=ids(made)[0], **wish)
    assert starts(after["occurrences"]) == [f"03-{day:02}T09:00" for day in range(5, 10)]


async def test_this_and_following_go_on_as_a_series_of_their_own(user: Caller, far_room: NewRoom) -> None:
    room = await far_room()
    made = await make_series(user, weekly(room))
    third = ids(made)[2]
    after = await change(user, made["id"], scope="following", reservation_id=third, title="Second half")
    assert after["id"] != made["id"]
    assert (after["previous_id"], after["begins"]) == (made["id"], "2031-03-18T10:00:00")
    assert [one["title"] for one in after["occurrences"]] == ["Second half"] * 2
    rest = told(await user.get(f"series/{made['id']}"), 200)
    assert (starts(rest["occurrences"]), rest["ends_before"]) == (TUESDAYS[:2], "2031-03-18T10:00:00")
    assert {one["title"] for one in rest["occurrences"]} == {"Seminar"}
    whole = await change(user, after["id"], scope="following", reservation_id=third, title="The same again")
    assert whole["id"] == after["id"]
    listed = told(await user.get("series", limit=2), 200)["items"]
    assert [one["id"] for one in listed] == [after["id"], made["id"]]


async def test_a_move_of_all_takes_place_whole_or_not_at_all(user: Caller, other: Caller, far_room: NewRoom) -> None:
    room = await far_room()
    made = await make_series(user, weekly(room))
    await reserve(other, room, "12:30", "13:30", day="2031-03-18")
    wish = {"scope": "all", "reservation_id": ids(made)[0], "start": "2031-03-04T12:00:00Z"}
    problem = await change(user, made["id"], 409, **wish)
    assert [one["occurrence"] for one in problem["occurrences"]] == ["2031-03-18T10:00:00"]
    assert problem["occurrences"][0]["busy"][0]["start"] == "2031-03-18T12:30:00Z"
    assert starts(await occurrences(user, made["id"])) == TUESDAYS
    after = await change(user, made["id"], **wish, conflicts="skip")
    assert starts(after["occurrences"]) == ["03-04T12:00", "03-11T12:00", TUESDAYS[2], "03-25T12:00"]
    assert [(one["occurrence"], one["why"]) for one in after["passed"]] == [("2031-03-18T10:00:00", "busy")]


async def test_one_that_stays_keeps_its_slot_from_its_neighbour(user: Caller, other: Caller, far_room: NewRoom) -> None:
    room = await far_room()
    made = await make_series(user, weekly(room, rule="FREQ=DAILY;COUNT=4"))
    await reserve(other, room, "09:00", "10:00", day="2031-03-08")
    wish = {"start": "2031-03-05T09:00:00Z", "conflicts": "skip", "reservation_id": ids(made)[0]}
    after = await change(user, made["id"], scope="all", **wish)
    assert starts(after["occurrences"]) == [f"03-{day:02}T09:00" for day in range(4, 8)]
    assert len(after["passed"]) == 4


async def test_other_rooms_for_all(user: Caller, far_room: NewRoom, new_room: NewRoom) -> None:
    made = await make_series(user, weekly(await far_room()))
    rooms = sorted([await far_room(), await far_room()])
    after = await change(user, made["id"], scope="all", resource_ids=rooms)
    assert [one["resource_ids"] for one in after["occurrences"]] == [rooms] * 4
    tokyo = await new_room(timezone="Asia/Tokyo")
    assert (await change(user, made["id"], 422, scope="all", resource_ids=[tokyo]))["type"] == "/problems/mixed-zones"


async def test_what_rules_refuse_changes_nothing(user: Caller, far_room: NewRoom) -> None:
    room = await far_room(policy={"minutes_max": 60})
    made = await make_series(user, weekly(room))
    wish = {"scope": "all", "reservation_id": ids(made)[0], "end": "2031-03-04T11:00:00Z"}
    assert (await change(user, made["id"], 422, **wish))["type"] == "/problems/policy-refused"
    assert told(await user.get(f"series/{made['id']}"), 200)["version"] == 1


async def test_all_are_given_up_or_those_that_follow(user: Caller, far_room: NewRoom) -> None:
    room = await far_room()
    made = await make_series(user, weekly(room))
    told(await user.patch(f"reservations/{ids(made)[3]}", {"title": "By itself"}), 200)
    wish = {"scope": "following", "reservation_id": ids(made)[2], "reason": "moved online"}
    after = told(await user.post(f"series/{made['id']}/cancel", wish), 200)
    assert [one["state"] for one in after["occurrences"]] == ["ready", "ready", "cancelled", "cancelled"]
    assert (after["state"], after["ends_before"]) == ("active", "2031-03-18T10:00:00")
    one = told(await user.get(f"reservations/{ids(made)[3]}"), 200)
    assert one["cancel_reason"] == "moved online"
    first = {"scope": "this", "reservation_id": ids(made)[0]}
    told(await user.post(f"series/{made['id']}/cancel", first), 200)
    gone = told(await user.post(f"series/{made['id']}/cancel", {"scope": "all"}), 200)
    assert (gone["state"], {one["state"] for one in gone["occurrences"]}) == ("cancelled", {"cancelled"})
    assert told(await user.post(f"series/{made['id']}/cancel", {"scope": "all"}), 200) == gone
    assert (await change(user, made["id"], 409, scope="all", title="Late"))["type"] == "/problems/not-changeable"
    await make_series(user, weekly(room))


async def test_a_series_is_its_owners(user: Caller, other: Caller, admin: Caller, far_room: NewRoom) -> None:
    made = await make_series(user, weekly(await far_room()))
    path, cancel = f"series/{made['id']}", {"scope": "all"}
    told(await other.get(path), 403)
    told(await other.patch(path, {"scope": "all", "title": "Mine"}), 403)
    told(await other.post(f"{path}/cancel", cancel), 403)
    assert made["id"] not in [one["id"] for one in told(await other.get("series"), 200)["items"]]
    assert told(await other.get("series", owner_id=user.id), 200)["items"] == []
    assert made["id"] in [one["id"] for one in told(await admin.get("series", owner_id=user.id), 200)["items"]]
    told(await admin.post(f"{path}/cancel", cancel), 200)
    told(await user.get(f"series/{2**40}"), 404)


async def test_another_version_is_not_changed(user: Caller, far_room: NewRoom) -> None:
    made = await make_series(user, weekly(await far_room()))
    path = f"series/{made['id']}"
    tag = (await user.get(path)).headers["ETag"]
    told(await user.patch(path, {"scope": "all", "title": "One"}, headers={"If-Match": tag}), 200)
    told(await user.patch(path, {"scope": "all", "title": "Two"}, headers={"If-Match": tag}), 412)


@pytest.mark.parametrize(
    "wrong",
    [
        {"scope": "this", "title": "x"},
        {"scope": "some"},
        {"scope": "all", "start": "2031-03-04T09:00:00Z"},
        {"scope": "all", "rule": "FREQ=DAILY"},
    ],
)
async def test_what_cannot_be_a_change_is_refused(user: Caller, far_room: NewRoom, wrong: dict[str, Any]) -> None:
    made = await make_series(user, weekly(await far_room()))
    assert (await change(user, made["id"], 422, **wrong))["type"] == "/problems/invalid-input"
    stranger = await make_series(user, weekly(await far_room()))
    theirs = {"scope": "following", "reservation_id": ids(stranger)[0], "title": "x"}
    assert (await change(user, made["id"], 404, **theirs))["type"] == "/problems/unknown-occurrence"
