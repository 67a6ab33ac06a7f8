"""Closing resources for a time: a blackout occupies like any reservation."""

from tests.acceptance.booking.conftest import NewRoom, reserve, slot, told
from tests.acceptance.conftest import Caller


async def test_a_blackout_closes_all_its_resources_until_it_is_lifted(
    admin: Caller, user: Caller, new_room: NewRoom
) -> None:
    rooms = sorted([await new_room(), await new_room()])
    body = {"resource_ids": rooms[::-1], "reason": "Painting"} | slot("09:00", "17:00")
    blackout = told(await admin.post("blackouts", body), 201)
    assert blackout == body | {"id": blackout["id"], "resource_ids": rooms, "closing": False}
    for room in rooms:
        problem = told(await user.post("reservations", {"resource_id": room} | slot("16:00", "18:00")), 409)
        assert problem["busy"] == [{"resource_id": room, **slot("09:00", "17:00"), "kind": "blackout"}]
        await reserve(user, room, "17:00", "18:00")
    assert (await admin.delete(f"blackouts/{blackout['id']}")).status_code == 204
    told(await admin.delete(f"blackouts/{blackout['id']}"), 404)
    await reserve(user, rooms[0], "09:00", "17:00")


async def test_a_blackout_over_a_reservation_is_refused_whole(admin: Caller, user: Caller, new_room: NewRoom) -> None:
    rooms = [await new_room(), await new_room()]
    made = await reserve(user, rooms[1], "12:00", "13:00")
    body = {"resource_ids": rooms, "reason": "Painting"} | slot("09:00", "17:00")
    problem = told(await admin.post("blackouts", body), 409)
    assert problem["busy"] == [{"resource_id": rooms[1], **slot("12:00", "13:00"), "kind": "reservation"}]
    await reserve(user, rooms[0], "09:00", "10:00")
    told(await user.post(f"reservations/{made['id']}/cancel"), 200)
    told(await admin.post("blackouts", body | slot("10:00", "17:00")), 201)


async def test_a_move_into_a_blackout_is_refused(admin: Caller, user: Caller, new_room: NewRoom) -> None:
    room = await new_room()
    made = await reserve(user, room, "09:00", "10:00")
    body = {"resource_ids": [room], "reason": "Painting"} | slot("12:00", "17:00")
    told(await admin.post("blackouts", body), 201)
    told(await user.patch(f"reservations/{made['id']}", slot("11:30", "12:30")), 409)
    told(await user.patch(f"reservations/{made['id']}", slot("11:00", "12:00")), 200)


async def test_everybody_may_read_blackouts_and_only_administrators_set_them(
    admin: Caller, user: Caller, new_room: NewRoom
) -> None:
    room = await new_room()
    body = {"resource_ids": [room], "reason": "Painting"}
    told(await user.post("blackouts", body | slot("09:00", "10:00")), 403)
    made = [told(await admin.post("blackouts", body | slot(f"{hour}:00", f"{hour}:30")), 201) for hour in (10, 11, 12)]
    told(await user.delete(f"blackouts/{made[0]['id']}"), 403)
    assert told(await user.get("blackouts", resource_id=room), 200)["items"] == made
    window = {"from": made[0]["end"], "until": made[2]["start"]}
    assert told(await user.get("blackouts", resource_id=room, **window), 200)["items"] == [made[1]]
    first = told(await user.get("blackouts", resource_id=room, limit=2), 200)
    rest = told(await user.get("blackouts", resource_id=room, limit=2, cursor=first["next_cursor"]), 200)
    assert first["items"] + rest["items"] == made
    assert rest["next_cursor"] is None


async def test_what_makes_no_sense_is_refused(admin: Caller, new_room: NewRoom) -> None:
    body = {"resource_ids": [await new_room()], "reason": "Painting"} | slot("09:00", "10:00")
    told(await admin.post("blackouts", body | {"resource_ids": [2**60]}), 404)
    for wrong in ({"resource_ids": []}, {"reason": ""}, slot("10:00", "09:00"), {"start": "2031-03-03T09:00:00"}):
        told(await admin.post("blackouts", body | wrong), 422)
