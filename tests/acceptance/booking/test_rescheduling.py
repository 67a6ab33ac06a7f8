"""Moving and retitling: all of it, or the old slot is kept."""

from datetime import UTC, datetime, timedelta

from tests.acceptance.booking.conftest import NewRoom, reserve, slot, told
from tests.acceptance.conftest import Caller


async def begun(caller: Caller, room: int) -> dict:
    """Reserve an hour from the present minute on; if that ended just then, from the next."""
    for _ in range(2):
        start = datetime.now(UTC).replace(second=0, microsecond=0)
        body = {"resource_id": room, "start": start.isoformat(), "end": (start + timedelta(hours=1)).isoformat()}
        answer = await caller.post("reservations", body)
        if answer.status_code != 422:
            break
    return told(answer, 201)


async def test_a_move_frees_the_old_slot_and_takes_the_new_one(user: Caller, other: Caller, new_room: NewRoom) -> None:
    room = await new_room()
    made = await reserve(user, room, "09:00", "10:00")
    moved = await user.patch(f"reservations/{made['id']}", slot("09:30", "11:00"))
    after = told(moved, 200)
    assert after == made | slot("09:30", "11:00") | {"version": 2, "check_in_from": after["check_in_from"]}
    assert moved.headers["ETag"] == '"2"'
    await reserve(other, room, "09:00", "09:30")
    told(await other.post("reservations", {"resource_id": room} | slot("10:30", "11:30")), 409)


async def test_a_move_onto_a_taken_slot_keeps_the_old_one_and_tells_alternatives(
    user: Caller, other: Caller, new_room: NewRoom
) -> None:
    room = await new_room(kind="sole")
    made = await reserve(user, room, "09:00", "10:00", title="Mine")
    await reserve(other, room, "11:00", "12:00")
    problem = told(await user.patch(f"reservations/{made['id']}", slot("10:30", "11:30") | {"title": "New"}), 409)
    assert problem["busy"] == [{"resource_id": room, **slot("11:00", "12:00"), "kind": "reservation"}]
    assert told(await user.get(f"reservations/{made['id']}"), 200) == made
    told(await other.post("reservations", {"resource_id": room} | slot("09:30", "10:00")), 409)
    for one in problem["alternatives"]:
        times = {"start": one["start"], "end": one["end"]}
        told(await user.patch(f"reservations/{made['id']}", times), 200)


async def test_other_resources_are_taken_all_or_none(user: Caller, other: Caller, new_room: NewRoom) -> None:
    rooms = [await new_room() for _ in range(3)]
    made = await reserve(user, rooms[0], "09:00", "10:00")
    path = f"reservations/{made['id']}"
    in_the_way = await reserve(other, rooms[2], "09:00", "10:00")
    told(await user.patch(path, {"resource_ids": [rooms[2], rooms[1]]}), 409)
    told(await user.post("reservations", {"resource_id": rooms[1]} | slot("08:00", "09:00")), 201)
    assert told(await user.get(path), 200) == made
    told(await other.post(f"reservations/{in_the_way['id']}/cancel"), 200)
    moved = told(await user.patch(path, {"resource_ids": [rooms[2], rooms[1]]}), 200)
    assert sorted(one["id"] for one in moved["resources"]) == rooms[1:]
    await reserve(other, rooms[0], "09:00", "10:00")
    told(await user.patch(path, {"resource_ids": [2**60]}), 404)


async def test_if_match_guards_against_a_change_in_the_meantime(user: Caller, new_room: NewRoom) -> None:
    made = await reserve(user, await new_room(), "09:00", "10:00")
    path = f"reservations/{made['id']}"
    told(await user.patch(path, {"title": "Second"}, headers={"If-Match": '"1"'}), 200)
    for stale in ('"1"', '"7"', "nonsense"):
        told(await user.patch(path, {"title": "Third"}, headers={"If-Match": stale}), 412)
    assert told(await user.get(path), 200)["title"] == "Second"
    told(await user.patch(path, {"title": "Third"}, headers={"If-Match": '"2"'}), 200)
    told(await user.patch(path, {"title": "Fourth"}, headers={"If-Match": "*"}), 200)


async def test_a_change_of_nothing_is_no_new_version(user: Caller, new_room: NewRoom) -> None:
    made = await reserve(user, await new_room(), "09:00", "10:00", description="old")
    path = f"reservations/{made['id']}"
    for same in ({}, {"title": "Seminar"}, slot("09:00", "10:00")):
        assert told(await user.patch(path, same), 200) == made
    cleared = told(await user.patch(path, {"description": None}), 200)
    assert (cleared["description"], cleared["version"]) == (None, 2)


async def test_one_that_has_begun_can_be_extended_but_not_moved_into_the_past(user: Caller, new_room: NewRoom) -> None:
    room = await new_room(policy={"lead_minutes_min": 0, "minutes_max": 180})
    made = await begun(user, room)
    path = f"reservations/{made['id']}"
    end = datetime.fromisoformat(made["end"])
    told(await user.patch(path, {"end": (end + timedelta(hours=1)).isoformat()}), 200)
    refused = told(await user.patch(path, {"end": (end + timedelta(hours=5)).isoformat()}), 422)
    assert [one["rule"] for one in refused["refusals"]] == ["minutes_max"]
    earlier = {"start": (datetime.fromisoformat(made["start"]) - timedelta(minutes=30)).isoformat()}
    assert "past" in [one["rule"] for one in told(await user.patch(path, earlier), 422)["refusals"]]


async def test_the_rules_hold_for_the_new_time_and_a_new_end_before_the_start_is_refused(
    user: Caller, new_room: NewRoom
) -> None:
    room = await new_room(policy={"minutes_max": 60})
    made = await reserve(user, room, "09:00", "10:00")
    path = f"reservations/{made['id']}"
    assert told(await user.patch(path, {"end": "2031-03-03T11:00:00Z"}), 422)["refusals"]
    told(await user.patch(path, {"end": "2031-03-03T08:00:00Z"}), 422)
    told(await user.patch(path, {"start": "2031-03-03T09:00:00"}), 422)
    assert told(await user.get(path), 200) == made


async def test_only_the_owner_and_administrators_change_a_reservation(
    admin: Caller, user: Caller, other: Caller, new_room: NewRoom
) -> None:
    made = await reserve(user, await new_room(), "09:00", "10:00")
    path = f"reservations/{made['id']}"
    told(await other.patch(path, {"title": "Theirs"}), 403)
    assert told(await admin.patch(path, slot("11:00", "12:00")), 200)["owner"]["id"] == user.id
    told(await user.patch(f"reservations/{2**60}", {"title": "x"}), 404)


async def test_what_is_cancelled_or_over_stays_as_it_is(user: Caller, new_room: NewRoom) -> None:
    made = await reserve(user, await new_room(), "09:00", "10:00")
    path = f"reservations/{made['id']}"
    told(await user.post(f"{path}/cancel"), 200)
    assert told(await user.patch(path, slot("11:00", "12:00")), 409)["type"] == "/problems/not-changeable"


async def test_buffers_of_today_hold_for_a_move(admin: Caller, user: Caller, new_room: NewRoom) -> None:
    room = await new_room()
    await reserve(user, room, "09:00", "10:00")
    made = await reserve(user, room, "12:00", "13:00")
    told(await admin.put(f"resources/{room}/policy", {"setup_minutes": 30}), 200)
    told(await user.patch(f"reservations/{made['id']}", slot("10:15", "11:00")), 409)
    told(await user.patch(f"reservations/{made['id']}", slot("10:30", "11:00")), 200)
