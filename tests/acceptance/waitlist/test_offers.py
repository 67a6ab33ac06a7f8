"""What is freed goes to whoever is next in line, and nobody gets it in between."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.acceptance.booking.conftest import NewRoom, reserve, slot, told
from tests.acceptance.conftest import Caller
from tests.acceptance.waitlist.conftest import join, place


async def taken_for(stranger: Caller, room: int, start: str, end: str) -> str:
    """What stands in the way of a stranger."""
    refused = told(await stranger.post("reservations", {"resource_id": room} | slot(start, end)), 409)
    [one] = refused["busy"]
    return one["kind"]


async def test_who_joined_first_is_offered_what_is_cancelled_and_gets_it(
    admin: Caller, user: Caller, other: Caller, third: Caller, new_room: NewRoom
) -> None:
    room = await new_room()
    made = await reserve(admin, room, "09:00", "10:00")
    first, second = await join(user, room, "09:00", "10:00"), await join(other, room, "09:30", "10:30")
    assert [first["position"], second["position"]] == [1, 2]
    assert first["offer"] is None
    assert told(await admin.post(f"reservations/{made['id']}/cancel"), 200)["state"] == "cancelled"
    assert await taken_for(third, room, "09:00", "10:00") == "offer"
    assert await taken_for(other, room, "09:00", "10:00") == "offer"
    offered, waiting = await place(user, first), await place(other, second)
    assert (offered["state"], offered["position"]) == ("offered", None)
    assert [one["id"] for one in offered["offer"]["resources"]] == [room]
    left = datetime.fromisoformat(offered["offer"]["expires_at"]) - datetime.now(UTC)
    assert timedelta(minutes=29) < left <= timedelta(minutes=30)
    assert (waiting["state"], waiting["position"]) == ("waiting", 1)
    assert told(await other.post(f"waitlist/{first['id']}/accept"), 403)["detail"]
    assert told(await other.post(f"waitlist/{second['id']}/accept"), 409)["type"] == "/problems/no-offer"
    got = told(await user.post(f"waitlist/{first['id']}/accept"), 201)
    assert (got["id"], got["state"], got["owner"]["id"]) == (offered["offer"]["id"], "ready", user.id)
    again = await user.post(f"waitlist/{first['id']}/accept")
    assert (told(again, 201)["id"], again.headers["idempotency-replayed"]) == (got["id"], "true")
    done = await place(user, first)
    assert (done["state"], done["reservation_id"], done["offer"]) == ("accepted", got["id"], None)
    assert (await other.delete(f"waitlist/{second['id']}")).status_code == 204


@pytest.mark.parametrize("how", ["decline", "leave"])
async def test_who_does_not_want_it_passes_it_on_to_the_next(
    how: str, admin: Caller, user: Caller, other: Caller, third: Caller, new_room: NewRoom
) -> None:
    room = await new_room()
    made = await reserve(admin, room, "09:00", "10:00")
    first, second = await join(user, room, "09:00", "10:00"), await join(other, room, "09:00", "10:00")
    await admin.post(f"reservations/{made['id']}/cancel")
    for _ in range(2):
        if how == "decline":
            answer = await user.post(f"waitlist/{first['id']}/decline")
        else:
            answer = await user.delete(f"waitlist/{first['id']}")
        assert answer.status_code == 204, answer.text
    assert await taken_for(third, room, "09:00", "10:00") == "offer"
    assert (await place(user, first))["state"] == {"decline": "declined", "leave": "left"}[how]
    assert (await place(other, second))["state"] == "offered"
    assert told(await user.post(f"waitlist/{first['id']}/accept"), 410)["type"] == "/problems/offer-over"
    assert (await other.delete(f"waitlist/{second['id']}")).status_code == 204
    await reserve(third, room, "09:00", "10:00")


async def test_a_move_away_a_hold_given_back_and_a_lifted_blackout_free_for_the_line(
    admin: Caller, user: Caller, other: Caller, new_room: NewRoom
) -> None:
    room = await new_room()
    made = await reserve(admin, room, "09:00", "10:00")
    held = told(await admin.post("holds", {"resource_id": room} | slot("10:00", "11:00")), 201)
    closed = {"resource_ids": [room], "reason": "Painting"} | slot("11:00", "12:00")
    blackout = told(await admin.post("blackouts", closed), 201)
    entries = [
        await join(user, room, start, end)
        for start, end in (("09:00", "10:00"), ("10:00", "11:00"), ("11:00", "12:00"))
    ]
    assert told(await admin.patch(f"reservations/{made['id']}", slot("14:00", "15:00")), 200)
    assert (await admin.delete(f"holds/{held['id']}")).status_code == 204
    assert (await admin.delete(f"blackouts/{blackout['id']}")).status_code == 204
    for entry, times in zip(entries, (("09:00", "10:00"), ("10:00", "11:00"), ("11:00", "12:00")), strict=True):
        assert (await place(user, entry))["state"] == "offered"
        assert await taken_for(other, room, *times) == "offer"
        assert (await user.delete(f"waitlist/{entry['id']}")).status_code == 204


async def test_an_early_check_out_frees_the_rest_for_who_waits_flexibly(
    user: Caller, other: Caller, new_room: NewRoom
) -> None:
    room = await new_room()
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    times = {"start": now.isoformat(), "end": (now + timedelta(hours=3)).isoformat()}
    made = told(await user.post("reservations", {"resource_id": room} | times), 201)
    assert told(await user.post(f"reservations/{made['id']}/check-in"), 200)["state"] == "in_use"
    entry = told(await other.post("waitlist", {"resource_id": room, "minutes": 30} | times), 201)
    assert entry["state"] == "waiting"
    assert told(await user.post(f"reservations/{made['id']}/check-out"), 200)["state"] == "finished"
    offered = (await place(other, entry))["offer"]
    start = datetime.fromisoformat(offered["start"])
    assert datetime.fromisoformat(offered["end"]) - start == timedelta(minutes=30)
    assert now < start <= now + timedelta(minutes=5)
    assert datetime.fromisoformat(offered["expires_at"]) == start
    assert (await other.post(f"waitlist/{entry['id']}/accept")).status_code == 201


async def test_one_who_waits_within_a_window_gets_the_earliest_time_that_fits(
    admin: Caller, user: Caller, other: Caller, new_room: NewRoom
) -> None:
    room = await new_room(policy={"granularity_minutes": 30, "setup_minutes": 15})
    long = await reserve(admin, room, "08:00", "20:00")
    entry = await join(user, room, "08:00", "20:00", minutes=60)
    assert told(await admin.patch(f"reservations/{long['id']}", slot("08:00", "09:00")), 200)
    offered = (await place(user, entry))["offer"]
    # Half an hour is the step, and a quarter before it is for setting up.
    assert (offered["start"], offered["end"]) == ("2031-03-03T09:30:00Z", "2031-03-03T10:30:00Z")
    await reserve(other, room, "11:00", "12:00")
    assert (await user.delete(f"waitlist/{entry['id']}")).status_code == 204


async def test_several_resources_are_waited_for_together_and_any_one_by_a_search(
    admin: Caller, user: Caller, other: Caller, new_room: NewRoom, unique: object
) -> None:
    kind = f"wait any {next(unique)}"
    rooms = [await new_room(kind=kind, capacity=capacity) for capacity in (2, 6)]
    made = [await reserve(admin, room, "09:00", "10:00") for room in rooms]
    times = slot("09:00", "10:00")
    many = told(await user.post("waitlist", {"any_of": {"kind": kind}, "people": 4} | times), 201)
    both = told(await other.post("waitlist", {"resource_ids": rooms, "people": 8} | times), 201)
    anyone = told(await other.post("waitlist", {"any_of": {"kind": kind}} | times), 201)
    assert many["any_of"]["capacity_min"] == 4
    assert [one["id"] for one in many["resources"]] == rooms[1:]
    assert [one["position"] for one in (many, both, anyone)] == [1, 2, 3]
    await admin.post(f"reservations/{made[0]['id']}/cancel")
    # The small one is too small for the first, and half of what the second needs.
    assert (await place(user, many))["state"] == "waiting"
    assert (await place(other, both))["state"] == "waiting"
    assert (await place(other, anyone))["offer"]["resources"][0]["id"] == rooms[0]
    await admin.post(f"reservations/{made[1]['id']}/cancel")
    assert (await place(user, many))["offer"]["resources"][0]["id"] == rooms[1]
    assert (await other.delete(f"waitlist/{anyone['id']}")).status_code == 204
    assert (await place(other, both))["state"] == "waiting"
    assert (await user.post(f"waitlist/{many['id']}/decline")).status_code == 204
    offered = (await place(other, both))["offer"]
    assert [one["id"] for one in offered["resources"]] == rooms
    got = told(await other.post(f"waitlist/{both['id']}/accept"), 201)
    assert [one["id"] for one in got["resources"]] == rooms


async def test_what_has_to_be_confirmed_is_pending_when_it_is_accepted(
    admin: Caller, user: Caller, new_room: NewRoom
) -> None:
    room = await new_room(policy={"confirmations": ["approval"]})
    made = await reserve(admin, room, "09:00", "10:00")
    entry = await join(user, room, "09:00", "10:00", title="Waited")
    await admin.post(f"reservations/{made['id']}/cancel")
    got = told(await user.post(f"waitlist/{entry['id']}/accept"), 201)
    assert (got["state"], got["title"]) == ("pending", "Waited")
    [waits] = [one for one in told(await admin.get("approvals"), 200)["items"] if one["reservation_id"] == got["id"]]
    assert (await admin.post(f"approvals/{waits['id']}/approve")).status_code == 204
    assert told(await user.get(f"reservations/{got['id']}"), 200)["state"] == "ready"


async def test_who_is_offered_something_is_told_in_the_app(admin: Caller, user: Caller, new_room: NewRoom) -> None:
    room = await new_room()
    made = await reserve(admin, room, "09:00", "10:00")
    entry = await join(user, room, "09:00", "10:00")
    await admin.post(f"reservations/{made['id']}/cancel")
    offer = (await place(user, entry))["offer"]
    for _ in range(400):
        mine = [one for one in await _told(user) if one["subject"] == f"waitlist/{entry['id']}"]
        if mine:
            break
        await asyncio.sleep(0.05)
    assert mine[0]["title"].startswith("Free for you: Cabin")
    assert "it is your turn" in mine[0]["body"]
    assert mine[0]["data"]["entry_id"] == entry["id"]
    assert datetime.fromisoformat(mine[0]["data"]["until"]) == datetime.fromisoformat(offer["expires_at"])
    assert (await user.delete(f"waitlist/{entry['id']}")).status_code == 204


async def _told(caller: Caller) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = told(await caller.get("notifications", kind="waitlist_offered"), 200)["items"]
    return items
