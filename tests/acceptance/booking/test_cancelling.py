"""Giving up a reservation, and what its history tells."""

from tests.acceptance.booking.conftest import NewRoom, reserve, slot, told
from tests.acceptance.booking.test_rescheduling import begun
from tests.acceptance.conftest import Caller


async def test_a_cancelled_reservation_frees_its_slot_at_once(user: Caller, other: Caller, new_room: NewRoom) -> None:
    rooms = [await new_room(), await new_room()]
    made = told(await user.post("reservations", {"resource_ids": rooms} | slot("09:00", "10:00")), 201)
    cancelled = told(await user.post(f"reservations/{made['id']}/cancel", {"reason": "Ill"}), 200)
    assert cancelled == made | {"state": "cancelled", "cancel_reason": "Ill", "version": 2}
    assert told(await user.get(f"reservations/{made['id']}"), 200) == cancelled, "its resources are still told"
    for room in rooms:
        await reserve(other, room, "09:00", "10:00")


async def test_cancelling_twice_changes_nothing_more(user: Caller, new_room: NewRoom) -> None:
    path = f"reservations/{(await reserve(user, await new_room(), '09:00', '10:00'))['id']}"
    first = told(await user.post(f"{path}/cancel", {"reason": "Ill"}), 200)
    assert told(await user.post(f"{path}/cancel", {"reason": "Well"}), 200) == first
    assert len(told(await user.get(f"{path}/history"), 200)["items"]) == 2


async def test_one_that_has_begun_can_be_cancelled(user: Caller, other: Caller, new_room: NewRoom) -> None:
    room = await new_room()
    made = await begun(user, room)
    told(await user.post(f"reservations/{made['id']}/cancel"), 200)
    await begun(other, room)


async def test_only_the_owner_and_administrators_cancel(
    admin: Caller, user: Caller, other: Caller, new_room: NewRoom
) -> None:
    made = await reserve(user, await new_room(), "09:00", "10:00")
    told(await other.post(f"reservations/{made['id']}/cancel"), 403)
    assert told(await user.get(f"reservations/{made['id']}"), 200)["state"] == "ready"
    told(await admin.post(f"reservations/{made['id']}/cancel"), 200)
    told(await user.post(f"reservations/{2**60}/cancel"), 404)


async def test_the_history_tells_who_changed_what(
    admin: Caller, user: Caller, other: Caller, new_room: NewRoom
) -> None:
    rooms = sorted([await new_room(), await new_room()])
    made = await reserve(user, rooms[0], "09:00", "10:00")
    path = f"reservations/{made['id']}"
    told(await user.patch(path, slot("11:00", "12:00") | {"resource_ids": [rooms[1]]}), 200)
    told(await admin.patch(path, {"title": "Colloquium"}), 200)
    told(await user.post(f"{path}/cancel", {"reason": "Ill"}), 200)
    created, moved, retitled, cancelled = told(await user.get(f"{path}/history"), 200)["items"]
    assert [one["version"] for one in (created, moved, retitled, cancelled)] == [1, 2, 3, 4]
    assert (created["what"], created["actor"]["id"], created["before"]) == ("created", user.id, {})
    assert created["after"]["title"] == "Seminar"
    assert created["after"]["resource_ids"] == [rooms[0]]
    assert moved["before"]["resource_ids"] == [rooms[0]]
    assert moved["after"]["resource_ids"] == [rooms[1]]
    assert moved["after"].keys() == {"start", "end", "resource_ids"}
    assert (retitled["actor"]["id"], retitled["after"]) == (admin.id, {"title": "Colloquium"})
    assert cancelled["after"] == {"state": "cancelled", "cancel_reason": "Ill"}
    told(await other.get(f"{path}/history"), 403)
    told(await admin.get(f"{path}/history"), 200)
