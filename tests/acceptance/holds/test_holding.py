"""A slot is kept for who decides: nobody else takes it, and it becomes the reservation without ever being free."""

import asyncio
from collections import Counter

import httpx

from tests.acceptance.booking.conftest import NewRoom, reserve, slot, told
from tests.acceptance.conftest import Caller, register

HOLDS_MAX = 5


async def hold(caller: Caller, room: int, start: str, end: str, **more: object) -> dict:
    return told(await caller.post("holds", {"resource_id": room} | slot(start, end) | more), 201)


async def give_all_back(caller: Caller) -> None:
    for one in told(await caller.get("holds"), 200)["items"]:
        assert (await caller.delete(f"holds/{one['id']}")).status_code == 204


async def test_what_is_held_is_taken_for_others_who_do_not_learn_by_whom(
    user: Caller, other: Caller, new_room: NewRoom
) -> None:
    room = await new_room()
    held = await hold(user, room, "09:00", "10:00")
    assert 590 <= held["seconds_left"] <= 600
    refused = told(await other.post("reservations", {"resource_id": room} | slot("09:30", "10:30")), 409)
    assert [one["kind"] for one in refused["busy"]] == ["hold"]
    window = {"from": "2031-03-03T00:00:00Z", "until": "2031-03-04T00:00:00Z"}
    [seen] = told(await other.get(f"resources/{room}/schedule", **window), 200)["items"]
    assert seen == {
        "resource_id": room,
        "start": "2031-03-03T09:00:00Z",
        "end": "2031-03-03T10:00:00Z",
        "kind": "hold",
    }
    assert told(await other.post("holds", {"resource_id": room} | slot("09:00", "10:00")), 409)["busy"]
    assert told(await other.delete(f"holds/{held['id']}"), 403)["type"] == "/problems/not-allowed"
    assert held["id"] not in [one["id"] for one in told(await other.get("holds"), 200)["items"]]
    assert (await user.delete(f"holds/{held['id']}")).status_code == 204
    assert told(await user.delete(f"holds/{held['id']}"), 404)["type"] == "/problems/unknown-hold"
    await reserve(other, room, "09:00", "10:00")


async def test_a_hold_becomes_the_reservation_of_its_number_once(
    user: Caller, other: Caller, new_room: NewRoom
) -> None:
    room = await new_room(policy={"setup_minutes": 15})
    held = await hold(user, room, "09:00", "10:00")
    body = {"hold_id": held["id"], "title": "Decided"}
    assert told(await other.post("reservations", body), 403)["type"] == "/problems/not-allowed"
    made = told(await user.post("reservations", body), 201)
    assert (made["id"], made["state"], made["title"]) == (held["id"], "ready", "Decided")
    assert (made["start"], made["end"]) == (held["start"], held["end"])
    again = await user.post("reservations", body)
    assert told(again, 201)["id"] == made["id"]
    assert again.headers["idempotency-replayed"] == "true"
    assert told(await user.get("holds"), 200)["items"] == []
    assert told(await other.post("reservations", body), 410)["type"] == "/problems/hold-over"
    history = told(await user.get(f"reservations/{made['id']}/history"), 200)["items"]
    assert [one["what"] for one in history] == ["created"]
    assert told(await user.post(f"reservations/{made['id']}/cancel"), 200)["state"] == "cancelled"
    await reserve(other, room, "09:00", "10:00")


async def test_a_hold_that_was_given_back_cannot_be_reserved(user: Caller, new_room: NewRoom) -> None:
    held = await hold(user, await new_room(), "09:00", "10:00")
    assert (await user.delete(f"holds/{held['id']}")).status_code == 204
    refused = told(await user.post("reservations", {"hold_id": held["id"]}), 410)
    assert (refused["type"], refused["title"]) == ("/problems/hold-over", "Over")


async def test_the_rules_of_the_resource_hold_for_holds(user: Caller, new_room: NewRoom) -> None:
    room = await new_room(policy={"minutes_max": 30})
    refused = told(await user.post("holds", {"resource_id": room} | slot("09:00", "10:00")), 422)
    assert [one["rule"] for one in refused["refusals"]] == ["minutes_max"]
    assert told(await user.post("holds", {"resource_id": 2**62} | slot("09:00", "10:00")), 404)


async def test_several_resources_are_held_together_or_not_at_all(
    user: Caller, other: Caller, new_room: NewRoom
) -> None:
    first, second = await new_room(), await new_room()
    await reserve(other, second, "09:00", "10:00")
    both = {"resource_ids": [first, second]}
    assert (await user.post("holds", both | slot("09:00", "10:00"))).status_code == 409
    await reserve(other, first, "09:00", "10:00")
    held = told(await user.post("holds", both | slot("10:00", "11:00")), 201)
    assert [one["id"] for one in held["resources"]] == sorted((first, second))
    made = told(await user.post("reservations", {"hold_id": held["id"]}), 201)
    assert [one["id"] for one in made["resources"]] == sorted((first, second))


async def test_any_that_fits_can_be_held(user: Caller, new_room: NewRoom, unique: object) -> None:
    kind = f"hold any {next(unique)}"
    rooms = [await new_room(kind=kind, capacity=capacity) for capacity in (2, 4)]
    held = []
    for _ in rooms:
        held.append(told(await user.post("holds", {"any_of": {"kind": kind}} | slot("09:00", "10:00")), 201))
    assert [one["resources"][0]["id"] for one in held] == rooms
    assert (await user.post("holds", {"any_of": {"kind": kind}} | slot("09:00", "10:00"))).status_code == 409
    await give_all_back(user)


async def test_a_person_has_a_few_holds_at_once_and_no_more_however_fast(
    berth: httpx.AsyncClient, new_room: NewRoom
) -> None:
    greedy = await register(berth, "greedy")
    rooms = [await new_room() for _ in range(2 * HOLDS_MAX)]
    answers = await asyncio.gather(
        *(greedy.post("holds", {"resource_id": room} | slot("09:00", "10:00")) for room in rooms)
    )
    assert Counter(one.status_code for one in answers) == {201: HOLDS_MAX, 409: HOLDS_MAX}
    refused = next(one.json() for one in answers if one.status_code == 409)
    assert refused["type"] == "/problems/too-many-holds"
    assert "reserve one of them" in refused["detail"]
    assert len(told(await greedy.get("holds"), 200)["items"]) == HOLDS_MAX
    await give_all_back(greedy)


async def test_what_has_to_be_confirmed_is_pending_also_if_it_was_held(user: Caller, new_room: NewRoom) -> None:
    room = await new_room(policy={"confirmations": ["approval"]})
    held = await hold(user, room, "09:00", "10:00")
    made = told(await user.post("reservations", {"hold_id": held["id"]}), 201)
    assert (made["state"], [one["step"] for one in made["confirmations"]]) == ("pending", ["approval"])


async def test_bad_wishes_are_refused_with_a_sentence(user: Caller, new_room: NewRoom) -> None:
    room = await new_room()
    times = slot("09:00", "10:00")
    for path, body in (
        ("holds", {"resource_id": room, "start": times["end"], "end": times["start"]}),
        ("holds", times),
        ("holds", {"resource_id": room, "minutes": 0} | times),
        ("holds", {"resource_id": room, "start": "2031-03-03T09:00", "end": times["end"]}),
        ("reservations", {"hold_id": 1, "resource_id": room}),
        ("reservations", {"hold_id": 0}),
        ("reservations", {"resource_id": room}),
    ):
        assert told(await user.post(path, body), 422)["type"] == "/problems/invalid-input"
    assert told(await user.post("reservations", {"hold_id": 2**63 - 1}), 410)["detail"]
    assert (await user.delete(f"holds/{2**70}")).status_code == 404
