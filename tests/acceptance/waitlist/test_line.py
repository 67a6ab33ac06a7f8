"""Joining, and who sees what of the line."""

import asyncio

import httpx

from tests.acceptance.booking.conftest import NewRoom, reserve, slot, told
from tests.acceptance.conftest import Caller, register
from tests.acceptance.waitlist.conftest import join, place

ENTRIES_MAX = 20


async def test_what_is_free_is_offered_to_who_joins_at_once(user: Caller, other: Caller, new_room: NewRoom) -> None:
    room = await new_room()
    entry = await join(user, room, "09:00", "10:00")
    assert (entry["state"], entry["position"]) == ("offered", None)
    assert (await join(other, room, "09:00", "10:00"))["position"] == 1
    assert (await other.post("reservations", {"resource_id": room} | slot("09:00", "10:00"))).status_code == 409
    assert (await user.post(f"waitlist/{entry['id']}/accept")).status_code == 201


async def test_administrators_see_the_whole_line_and_others_their_own_places(
    admin: Caller, berth: httpx.AsyncClient, user: Caller, new_room: NewRoom
) -> None:
    room = await new_room()
    made = await reserve(admin, room, "09:00", "11:00")
    people = [await register(berth, "waiter") for _ in range(3)]
    entries = [await join(one, room, "09:00", "10:00") for one in people]
    line = told(await admin.get(f"resources/{room}/waitlist"), 200)["items"]
    assert [(one["owner"]["id"], one["position"]) for one in line] == [(p.id, n) for n, p in enumerate(people, 1)]
    refused = told(await user.get(f"resources/{room}/waitlist"), 403)
    assert refused["type"] == "/problems/not-allowed"
    [mine] = told(await people[1].get("waitlist"), 200)["items"]
    assert (mine["id"], mine["position"]) == (entries[1]["id"], 2)
    assert told(await people[0].get(f"waitlist/{entries[1]['id']}"), 403)["detail"]
    assert told(await people[0].delete(f"waitlist/{entries[1]['id']}"), 403)["detail"]
    assert told(await people[0].post(f"waitlist/{entries[1]['id']}/decline"), 403)["detail"]
    assert (await admin.delete(f"waitlist/{entries[0]['id']}")).status_code == 204
    assert (await place(people[1], entries[1]))["position"] == 1
    first = told(await admin.get(f"resources/{room}/waitlist", limit=1), 200)
    rest = told(await admin.get(f"resources/{room}/waitlist", cursor=first["next_cursor"]), 200)
    assert [one["id"] for one in first["items"] + rest["items"]] == [one["id"] for one in entries[1:]]
    over = told(await people[0].get("waitlist", state="left"), 200)["items"]
    assert [one["id"] for one in over] == [entries[0]["id"]]
    await admin.post(f"reservations/{made['id']}/cancel")
    assert (await place(people[1], entries[1]))["state"] == "offered"
    assert (await place(people[2], entries[2]))["state"] == "waiting"


async def test_nobody_waits_twice_for_the_same_or_for_too_much(
    admin: Caller, berth: httpx.AsyncClient, new_room: NewRoom
) -> None:
    room = await new_room()
    await reserve(admin, room, "00:00", "23:00")
    patient = await register(berth, "patient")
    first = await join(patient, room, "01:00", "02:00")
    again = await patient.post("waitlist", {"resource_id": room, "title": "x"} | slot("01:00", "02:00"))
    refused = told(again, 409)
    assert (refused["type"], refused["entry_id"]) == ("/problems/already-waiting", first["id"])
    for number in range(1, ENTRIES_MAX):
        await join(patient, room, "01:00", f"03:{number:02}")
    too_many = await patient.post("waitlist", {"resource_id": room} | slot("01:00", "04:00"))
    assert told(too_many, 409)["type"] == "/problems/too-many-entries"


async def test_what_can_never_be_offered_is_refused_with_its_reason(
    user: Caller, new_room: NewRoom, unique: object
) -> None:
    small = await new_room(capacity=2, policy={"minutes_max": 60, "horizon_days_max": 30})
    hours = {"weekly": {"tuesday": [["10:00", "12:00"]]}}
    closed = await new_room(hours=hours)

    async def refused(**body: object) -> str:
        answer = await user.post("waitlist", slot("09:00", "10:00") | body)
        found = told(answer, 422)
        return ", ".join(one["rule"] for one in found["refusals"]) if "refusals" in found else found["type"]

    assert await refused(resource_id=small, people=3) == "/problems/too-small"
    assert await refused(resource_id=small, end="2031-03-03T11:00:00Z") == "minutes_max"
    assert await refused(resource_id=small, end="2031-03-03T12:00:00Z", minutes=90) == "minutes_max"
    assert await refused(resource_id=small, minutes=90) == "/problems/window-too-short"
    assert await refused(resource_id=small, end="2031-06-03T12:00:00Z", minutes=30) == "/problems/window-too-long"
    assert await refused(resource_id=closed) == "opening_hours"
    assert await refused(any_of={"kind": f"none {next(unique)}"}) == "/problems/nothing-fits"
    assert await refused(resource_id=small, **slot("09:00", "10:00", "2020-03-03")) == "/problems/too-late"
    assert await refused() == "/problems/invalid-input"
    assert await refused(resource_id=small, people=0) == "/problems/invalid-input"
    assert (await user.post("waitlist", {"resource_id": 2**62} | slot("09:00", "10:00"))).status_code == 404
    # It is too early by its policy, which will pass: one may wait for that.
    entry = await join(user, small, "09:00", "10:00")
    assert entry["state"] == "waiting"
    assert (await user.delete(f"waitlist/{entry['id']}")).status_code == 204
    assert (await user.delete(f"waitlist/{2**70}")).status_code == 404
    assert (await user.post(f"waitlist/{2**62}/accept")).status_code == 404


async def test_other_rules_let_somebody_have_what_was_refused_before(
    admin: Caller, user: Caller, new_room: NewRoom
) -> None:
    room = await new_room(policy={"horizon_days_max": 30})
    entry = await join(user, room, "09:00", "10:00")
    assert entry["state"] == "waiting"
    assert (await admin.put(f"resources/{room}/policy", {})).status_code == 200
    for _ in range(100):
        if (await place(user, entry))["state"] == "offered":
            break
        await asyncio.sleep(0.1)
    assert (await place(user, entry))["state"] == "offered"
    assert (await user.delete(f"waitlist/{entry['id']}")).status_code == 204
