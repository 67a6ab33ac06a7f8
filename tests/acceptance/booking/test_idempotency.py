"""An Idempotency-Key gets the first answer again, however often and whatever happened since."""

import asyncio

import httpx

from tests.acceptance.booking.conftest import NewRoom, reserve, slot, told
from tests.acceptance.conftest import Caller


async def ask(caller: Caller, key: str, body: dict) -> httpx.Response:
    return await caller.post("reservations", body, headers={"Idempotency-Key": key})


async def test_a_success_is_answered_again_also_after_it_was_moved_or_cancelled(
    user: Caller, new_room: NewRoom
) -> None:
    room = await new_room()
    body = {"resource_id": room, "title": "Once"} | slot("09:00", "10:00")
    first = await ask(user, "again", body)
    assert "Idempotency-Replayed" not in first.headers
    path = f"reservations/{told(first, 201)['id']}"
    for change in (None, user.patch(path, slot("11:00", "12:00")), user.post(f"{path}/cancel")):
        if change is not None:
            told(await change, 200)
        again = await ask(user, "again", body)
        assert told(again, 201) == first.json()
        assert again.headers["Idempotency-Replayed"] == "true"
    assert len((await user.get("reservations/my", resource_id=room)).json()["items"]) == 1


async def test_a_conflict_is_answered_again_also_when_the_slot_is_free_by_then(
    user: Caller, other: Caller, new_room: NewRoom
) -> None:
    rooms = [await new_room(kind="keyed") for _ in range(2)]
    wishes = {
        "conflict-one": {"resource_id": rooms[0]},
        "conflict-both": {"resource_ids": rooms},
        "conflict-any": {"any_of": {"kind": "keyed"}},
    }
    taken = [await reserve(other, room, "09:00", "10:00") for room in rooms]
    first = {key: told(await ask(user, key, body | slot("09:00", "10:00")), 409) for key, body in wishes.items()}
    for one in taken:
        told(await other.post(f"reservations/{one['id']}/cancel"), 200)
    again = {key: told(await ask(user, key, body | slot("09:00", "10:00")), 409) for key, body in wishes.items()}
    assert again == first
    told(await ask(user, "conflict-new", wishes["conflict-both"] | slot("09:00", "10:00")), 201)


async def test_many_repetitions_at_once_make_one_reservation(user: Caller, new_room: NewRoom) -> None:
    rooms = [await new_room(kind="twentyfold") for _ in range(3)]
    for key, body in (
        ("at-once-one", {"resource_id": rooms[0]} | slot("09:00", "10:00")),
        ("at-once-both", {"resource_ids": rooms[:2]} | slot("10:00", "11:00")),
        ("at-once-any", {"any_of": {"kind": "twentyfold"}} | slot("11:00", "12:00")),
    ):
        answers = await asyncio.gather(*(ask(user, key, body) for _ in range(20)))
        assert {one.status_code for one in answers} == {201}
        assert len({one.json()["id"] for one in answers}) == 1
        assert sum("Idempotency-Replayed" not in one.headers for one in answers) == 1
    for room in rooms[1:]:
        told(await user.post("reservations", {"resource_id": room} | slot("09:00", "10:00")), 201)


async def test_a_key_is_for_one_wish_of_one_person(user: Caller, other: Caller, new_room: NewRoom) -> None:
    room = await new_room()
    body = {"resource_id": room} | slot("09:00", "10:00")
    made = told(await ask(user, "shared", body), 201)
    for different in (slot("10:00", "11:00"), {"title": "Other"}):
        problem = told(await ask(user, "shared", body | different), 422)
        assert problem["type"] == "/problems/idempotency-key-reused"
    mine = told(await ask(other, "shared", body | slot("10:00", "11:00")), 201)
    assert mine["id"] != made["id"]


async def test_a_refused_wish_leaves_its_key_free_for_a_better_one(user: Caller, new_room: NewRoom) -> None:
    room = await new_room(policy={"minutes_max": 30})
    told(await ask(user, "better", {"resource_id": room} | slot("09:00", "10:00")), 422)
    told(await ask(user, "better", {"resource_id": room} | slot("09:00", "09:30")), 201)


async def test_a_key_without_text_or_beyond_ascii_is_refused(user: Caller, new_room: NewRoom) -> None:
    body = {"resource_id": await new_room()} | slot("09:00", "10:00")
    for key in ("", "k" * 256, "schl\xfcssel".encode("latin-1")):
        told(await ask(user, key, body), 422)
    told(await ask(user, "k" * 255, body), 201)
