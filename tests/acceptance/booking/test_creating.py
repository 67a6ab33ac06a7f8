"""Reserving one resource or several, and what stands in the way."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.acceptance.booking.conftest import NewRoom, reserve, slot, told
from tests.acceptance.conftest import Caller, register, sign_in


async def test_a_reservation_is_answered_as_it_is_read_again(user: Caller, new_room: NewRoom) -> None:
    room = await new_room()
    body = {"resource_id": room, "title": "Seminar", "description": "with slides"} | slot("09:00", "10:00")
    answer = await user.post("reservations", body)
    made = told(answer, 201)
    assert (made["state"], made["version"], answer.headers["ETag"]) == ("ready", 1, '"1"')
    assert (made["start"], made["end"]) == ("2031-03-03T09:00:00Z", "2031-03-03T10:00:00Z")
    assert (made["title"], made["description"], made["cancel_reason"]) == ("Seminar", "with slides", None)
    assert [one["id"] for one in made["resources"]] == [room]
    assert made["owner"]["id"] == user.id
    assert told(await user.get(f"reservations/{made['id']}"), 200) == made


async def test_neighbours_may_touch_and_not_overlap(user: Caller, other: Caller, new_room: NewRoom) -> None:
    room = await new_room()
    await reserve(user, room, "09:00", "10:00")
    await reserve(other, room, "08:00", "09:00")
    await reserve(other, room, "10:00", "11:00")
    for start, end in (
        ("09:00", "10:00"),
        ("08:30", "09:01"),
        ("09:59", "12:00"),
        ("09:15", "09:30"),
        ("07:00", "12:00"),
    ):
        told(await other.post("reservations", {"resource_id": room} | slot(start, end)), 409)


async def test_a_conflict_tells_what_is_busy_and_alternatives_that_can_be_had(
    user: Caller, other: Caller, new_room: NewRoom
) -> None:
    kind, times = "twin", slot("09:00", "10:00")
    rooms = [await new_room(kind=kind, capacity=size) for size in (8, 10, 4)]
    await reserve(user, rooms[0], "09:00", "10:00")
    await reserve(user, rooms[0], "10:30", "12:00")
    problem = told(await other.post("reservations", {"resource_id": rooms[0]} | times), 409)
    assert problem["type"] == "/problems/slot-taken"
    assert problem["busy"] == [{"resource_id": rooms[0], **times, "kind": "reservation"}]
    alternatives = problem["alternatives"]
    assert [(one["resource_id"], one["start"][11:16]) for one in alternatives] == [
        (rooms[0], "08:00"),
        (rooms[0], "07:00"),
        (rooms[1], "09:00"),
    ]
    for one in alternatives:
        wanted = {key: one[key] for key in ("resource_id", "start", "end")}
        told(await other.post("reservations", wanted), 201)
    full = told(await other.post("reservations", {"resource_id": rooms[0]} | times), 409)
    assert rooms[1] not in [one["resource_id"] for one in full["alternatives"]]
    assert rooms[2] not in [one["resource_id"] for one in full["alternatives"]], "it holds fewer"


async def test_alternatives_keep_to_the_rules_of_the_resource(user: Caller, other: Caller, new_room: NewRoom) -> None:
    policy = {"granularity_minutes": 30, "setup_minutes": 10, "teardown_minutes": 20, "minutes_max": 60}
    hours = {"weekly": {"monday": [["09:00", "12:00"]]}}
    room = await new_room(kind="ruled", policy=policy, hours=hours, timezone="UTC")
    await reserve(user, room, "10:00", "10:30")
    problem = told(await other.post("reservations", {"resource_id": room} | slot("10:00", "10:30")), 409)
    assert [one["start"][11:16] for one in problem["alternatives"]] == ["09:00", "11:00", "11:30"]
    for one in problem["alternatives"][:2]:
        told(await other.post("reservations", {key: one[key] for key in ("resource_id", "start", "end")}), 201)


async def test_alternatives_are_free_also_where_hundreds_of_reservations_stand_around(
    admin: Caller, user: Caller, new_room: NewRoom
) -> None:
    room = await new_room(kind="crowded")
    first = datetime(2031, 3, 1, tzinfo=UTC)
    for number in range(230):
        start, end = (first + timedelta(minutes=20 * (number + step)) for step in (0, 1))
        body = {"resource_id": room, "start": start.isoformat(), "end": end.isoformat()}
        told(await admin.post("reservations", body), 201)
    wanted = first + timedelta(minutes=20 * 215)
    body = {"resource_id": room, "start": wanted.isoformat(), "end": (wanted + timedelta(minutes=20)).isoformat()}
    problem = told(await user.post("reservations", body), 409)
    assert problem["alternatives"]
    for one in problem["alternatives"]:
        told(await user.post("reservations", {key: one[key] for key in ("resource_id", "start", "end")}), 201)


async def test_several_resources_are_reserved_together_or_not_at_all(
    user: Caller, other: Caller, new_room: NewRoom
) -> None:
    rooms = [await new_room() for _ in range(3)]
    await reserve(other, rooms[1], "09:00", "10:00")
    problem = told(await user.post("reservations", {"resource_ids": rooms} | slot("09:30", "11:00")), 409)
    assert [one["resource_id"] for one in problem["busy"]] == [rooms[1]]
    for room in (rooms[0], rooms[2]):
        await reserve(other, room, "09:00", "10:00")
    made = told(await user.post("reservations", {"resource_ids": rooms[::-1]} | slot("10:00", "11:00")), 201)
    assert sorted(one["id"] for one in made["resources"]) == rooms
    assert told(await user.get(f"reservations/{made['id']}"), 200) == made
    for room in rooms:
        told(await other.post("reservations", {"resource_id": room} | slot("10:00", "11:00")), 409)


async def test_every_rule_that_refuses_says_so_in_a_sentence(user: Caller, admin: Caller, new_room: NewRoom) -> None:
    policy = {
        "minutes_min": 60,
        "granularity_minutes": 30,
        "horizon_days_max": 30,
        "lead_minutes_min": 60,
        "reservable_by": ["admin"],
    }
    room = await new_room(policy=policy, hours={"weekly": {"tuesday": [["08:00", "18:00"]]}})
    far = {"resource_id": room} | slot("09:10", "09:55")
    problem = told(await user.post("reservations", far), 422)
    by_admin = ["horizon_days_max", "minutes_min", "granularity_minutes", "opening_hours"]
    assert [one["rule"] for one in problem["refusals"]] == ["reservable_by", *by_admin]
    assert {one["resource_id"] for one in problem["refusals"]} == {room}
    assert all(one["message"].endswith(".") and one["message"] in problem["detail"] for one in problem["refusals"])
    assert [one["rule"] for one in told(await admin.post("reservations", far), 422)["refusals"]] == by_admin
    past = {"resource_id": room, "start": "2021-03-02T09:00:00+01:00", "end": "2021-03-02T10:00:00+01:00"}
    assert [one["rule"] for one in told(await admin.post("reservations", past), 422)["refusals"]] == [
        "past",
        "lead_minutes_min",
    ]
    long = await new_room(policy={"minutes_max": 60})
    [refusal] = told(await user.post("reservations", {"resource_id": long} | slot("09:00", "10:01")), 422)["refusals"]
    assert (refusal["rule"], "at most 1 h" in refusal["message"]) == ("minutes_max", True)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"start": "2031-03-03T09:00:00"}, "start"),
        ({"start": 1_930_000_000}, "offset"),
        ({"start": "2031-03-03T10:00:00Z"}, "end must lie after the start"),
        ({"start": "2031-03-03T10:01:00Z"}, "end must lie after the start"),
        ({"resource_id": None}, "exactly one"),
        ({"resource_ids": [1]}, "exactly one"),
        ({"title": "x" * 201}, "title"),
        ({"title": "\0"}, "title"),
        ({"colour": "red"}, "colour"),
    ],
)
async def test_what_makes_no_sense_is_refused_with_its_place(
    wrong: dict, words: str, user: Caller, new_room: NewRoom
) -> None:
    body = {"resource_id": await new_room()} | slot("09:00", "10:00") | wrong
    problem = told(await user.post("reservations", body), 422)
    assert words in problem["detail"]
    assert problem["errors"]


async def test_an_unknown_resource_and_one_that_is_named_twice(user: Caller, new_room: NewRoom) -> None:
    room = await new_room()
    told(await user.post("reservations", {"resource_id": 2**60} | slot("09:00", "10:00")), 404)
    told(await user.post("reservations", {"resource_ids": [room, 2**60]} | slot("09:00", "10:00")), 404)
    told(await user.post("reservations", {"resource_ids": [room, room]} | slot("09:00", "10:00")), 422)
    await reserve(user, room, "09:00", "10:00")


async def test_only_an_administrator_reserves_for_somebody_else(
    admin: Caller, user: Caller, other: Caller, new_room: NewRoom
) -> None:
    body = {"resource_id": await new_room(), "owner_id": other.id} | slot("09:00", "10:00")
    told(await user.post("reservations", body), 403)
    made = told(await admin.post("reservations", body), 201)
    assert made["owner"]["id"] == other.id
    told(await other.get(f"reservations/{made['id']}"), 200)
    told(await user.get(f"reservations/{made['id']}"), 403)
    told(await admin.post("reservations", body | {"owner_id": 2**60} | slot("10:00", "11:00")), 422)
    await reserve(user, body["resource_id"], "10:00", "11:00", owner_id=user.id)


async def test_a_retired_resource_takes_nothing_new_and_keeps_what_it_has(
    admin: Caller, user: Caller, new_room: NewRoom
) -> None:
    room = await new_room()
    made = await reserve(user, room, "09:00", "10:00")
    told(await admin.post(f"resources/{room}/retire"), 200)
    problem = told(await user.post("reservations", {"resource_id": room} | slot("11:00", "12:00")), 422)
    assert [one["rule"] for one in problem["refusals"]] == ["retired"]
    assert told(await user.get(f"reservations/{made['id']}"), 200) == made
    told(await user.post(f"reservations/{made['id']}/cancel"), 200)
    told(await admin.post(f"resources/{room}/restore"), 200)
    await reserve(user, room, "11:00", "12:00")


async def test_set_up_and_tear_down_keep_neighbours_apart(user: Caller, other: Caller, new_room: NewRoom) -> None:
    room = await new_room(policy={"setup_minutes": 15, "teardown_minutes": 30})
    made = await reserve(user, room, "09:00", "10:00")
    assert (made["start"][11:16], made["end"][11:16]) == ("09:00", "10:00"), "buffers are not part of it"
    told(await other.post("reservations", {"resource_id": room} | slot("10:44", "11:00")), 409)
    told(await other.post("reservations", {"resource_id": room} | slot("08:00", "08:16")), 409)
    await reserve(other, room, "10:45", "11:00")
    await reserve(other, room, "08:00", "08:15")


async def test_rules_come_from_the_site_unless_the_resource_has_its_own(
    admin: Caller, user: Caller, new_room: NewRoom, unique: object
) -> None:
    campus = told(await admin.post("sites", {"name": f"Campus {next(unique)}"}), 201)["id"]
    house = told(await admin.post("sites", {"name": "House", "parent_id": campus}), 201)["id"]
    room = await new_room(site_id=house)
    told(await admin.put(f"sites/{campus}/policy", {"minutes_max": 60}), 200)
    long = {"resource_id": room} | slot("09:00", "11:00")
    assert [one["rule"] for one in told(await user.post("reservations", long), 422)["refusals"]] == ["minutes_max"]
    told(await admin.put(f"resources/{room}/policy", {"minutes_max": 120}), 200)
    told(await user.post("reservations", long), 201)


async def test_a_guest_reserves_only_where_guests_may(berth: object, admin: Caller, new_room: NewRoom) -> None:
    someone = await register(berth, "guest")
    told(await admin.patch(f"users/{someone.id}", {"role": "guest"}), 200)
    guest = await sign_in(berth, someone.username, someone.password)
    closed, open_ = await new_room(), await new_room(policy={"reservable_by": ["guest", "user"]})
    problem = told(await guest.post("reservations", {"resource_id": closed} | slot("09:00", "10:00")), 403)
    assert [one["rule"] for one in problem["refusals"]] == ["reservable_by"]
    made = await reserve(guest, open_, "09:00", "10:00")
    told(await guest.post(f"reservations/{made['id']}/cancel"), 200)
