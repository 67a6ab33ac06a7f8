"""Approvals: a named person decides, everybody else waits."""

from datetime import datetime
from typing import Any

import httpx
import pytest_asyncio

from tests.acceptance.conftest import Caller, register
from tests.acceptance.life.conftest import (
    HOUR,
    MONDAY,
    NewRoom,
    comes_to,
    decided,
    eventually,
    refused,
    reserve,
    slot,
    told,
    what_happened,
    wish,
)

Room = dict[str, Any]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def dean(berth: httpx.AsyncClient) -> Caller:
    """The one who approves."""
    return await register(berth, "dean")


@pytest_asyncio.fixture(loop_scope="session")
async def hall(new_room: NewRoom, dean: Caller) -> Room:
    return await new_room("approval", approvers=[dean.id])


async def asked_for(dean: Caller, reservation: dict[str, Any]) -> dict[str, Any]:
    """What waits for the dean's decision on a reservation."""
    page = told(await dean.get("approvals", limit=200), 200)
    [found] = [one for one in page["items"] if one["reservation_id"] == reservation["id"]]
    return found


async def test_the_approver_finds_it_in_the_inbox_and_approves(
    hall: Room, user: Caller, dean: Caller, other: Caller
) -> None:
    made = told(await user.post("reservations", wish(hall, MONDAY)), 201)
    assert made["state"] == "pending"
    found = await asked_for(dean, made)
    assert (found["moves"], found["escalated"], found["owner"]["id"]) == (False, False, user.id)
    assert (found["start"], found["resources"]) == (made["start"], [{"id": hall["id"], "name": hall["name"]}])
    news = await eventually(
        lambda: dean.get("notifications", kind="approval_asked", limit=200),
        lambda page: [one for one in page["items"] if one["subject"] == f"reservation/{made['id']}"],
    )
    assert news["items"][0]["title"] == f"Please decide: {hall['name']}"
    refused(await other.post("reservations", wish(hall, MONDAY)), 409, "slot-taken")

    approve = f"approvals/{found['id']}/approve"
    told(await dean.post(approve, {"message": "Keep it down"}), 204)
    assert told(await user.get(f"reservations/{made['id']}"), 200)["state"] == "ready"
    told(await dean.post(approve), 204)
    refused(await dean.post(f"approvals/{found['id']}/reject"), 409, "already-decided")
    assert await what_happened(user, made["id"]) == ["created", "confirmed"]
    items = told(await dean.get("approvals", limit=200), 200)["items"]
    assert made["id"] not in [one["reservation_id"] for one in items]
    news = await eventually(
        lambda: user.get("notifications", kind="approval_decided", limit=200),
        lambda page: [one for one in page["items"] if one["subject"] == f"reservation/{made['id']}"],
    )
    assert news["items"][0]["body"].endswith("Message: Keep it down"), news["items"][0]["body"]


async def test_what_is_rejected_is_cancelled_with_the_message_and_its_slot_is_free(
    hall: Room, user: Caller, dean: Caller
) -> None:
    made = told(await user.post("reservations", wish(hall, MONDAY)), 201)
    found = await asked_for(dean, made)
    told(await dean.post(f"approvals/{found['id']}/reject", {"message": "Exams"}), 204)
    gone = told(await user.get(f"reservations/{made['id']}"), 200)
    assert (gone["state"], gone["cancel_reason"]) == ("cancelled", "Rejected: Exams")
    told(await dean.post(f"approvals/{found['id']}/reject"), 204)
    refused(await dean.post(f"approvals/{found['id']}/approve"), 409, "already-decided")
    assert told(await user.post("reservations", wish(hall, MONDAY)), 201)["state"] == "pending"


async def test_nobody_else_decides_nor_sees_what_waits(
    hall: Room, user: Caller, dean: Caller, other: Caller, admin: Caller
) -> None:
    made = told(await user.post("reservations", wish(hall, MONDAY)), 201)
    found = await asked_for(dean, made)
    for stranger in (user, other, admin):
        for word in ("approve", "reject"):
            refused(await stranger.post(f"approvals/{found['id']}/{word}"), 403, "not-allowed")
        items = told(await stranger.get("approvals", limit=200), 200)["items"]
        assert found["id"] not in [one["id"] for one in items]
    assert told(await user.get(f"reservations/{made['id']}"), 200)["state"] == "pending"
    refused(await dean.post(f"approvals/{2**62}/approve"), 404, "unknown-approval")


async def test_where_nobody_is_named_administrators_approve(user: Caller, admin: Caller, new_room: NewRoom) -> None:
    made = told(await user.post("reservations", wish(await new_room("approval"), MONDAY)), 201)
    found = await asked_for(admin, made)
    told(await admin.post(f"approvals/{found['id']}/approve"), 204)
    assert (await comes_to(user, made["id"], "ready"))["confirmations"] == [
        {"step": "approval", "state": "given", "due_at": None}
    ]


async def test_who_approves_needs_no_approval(hall: Room, dean: Caller) -> None:
    assert (await reserve(dean, hall, MONDAY))["state"] == "ready"


async def test_what_is_given_up_meanwhile_waits_for_nobody(hall: Room, user: Caller, dean: Caller) -> None:
    made = told(await user.post("reservations", wish(hall, MONDAY)), 201)
    found = await asked_for(dean, made)
    told(await user.post(f"reservations/{made['id']}/cancel"), 200)
    refused(await dean.post(f"approvals/{found['id']}/approve"), 409, "already-decided")
    items = told(await dean.get("approvals", limit=200), 200)["items"]
    assert found["id"] not in [one["id"] for one in items]


async def test_a_move_is_approved_like_the_reservation_and_holds_both_slots_until_then(
    hall: Room, user: Caller, dean: Caller, other: Caller
) -> None:
    made = told(await user.post("reservations", wish(hall, MONDAY)), 201)
    path = f"reservations/{made['id']}"
    told(await dean.post(f"approvals/{(await asked_for(dean, made))['id']}/approve"), 204)

    later = slot(MONDAY + 3 * HOUR)
    moving = told(await user.patch(path, later), 200)
    assert (moving["state"], moving["start"]) == ("ready", made["start"])
    assert datetime.fromisoformat(moving["move"]["start"]) == MONDAY + 3 * HOUR
    found = await asked_for(dean, made)
    assert (found["moves"], found["id"], found["start"]) == (True, moving["move"]["id"], moving["move"]["start"])
    for start in (MONDAY, MONDAY + 3 * HOUR):
        refused(await other.post("reservations", wish(hall, start)), 409, "slot-taken")

    told(await dean.post(f"approvals/{found['id']}/approve"), 204)
    moved = await decided(user, made["id"])
    assert datetime.fromisoformat(moved["start"]) == MONDAY + 3 * HOUR
    assert told(await other.post("reservations", wish(hall, MONDAY)), 201)["state"] == "pending"


async def test_a_move_that_is_rejected_changes_nothing(hall: Room, user: Caller, dean: Caller, other: Caller) -> None:
    made = told(await user.post("reservations", wish(hall, MONDAY)), 201)
    told(await dean.post(f"approvals/{(await asked_for(dean, made))['id']}/approve"), 204)
    told(await user.patch(f"reservations/{made['id']}", slot(MONDAY + 3 * HOUR)), 200)
    found = await asked_for(dean, made)
    told(await dean.post(f"approvals/{found['id']}/reject", {"message": "Too late"}), 204)
    after = await decided(user, made["id"])
    assert (after["state"], after["start"]) == ("ready", made["start"])
    last = told(await user.get(f"reservations/{made['id']}/history"), 200)["items"][-1]
    assert (last["what"], last["after"]["reason"], last["actor"]["id"]) == (
        "change refused",
        "Rejected: Too late",
        dean.id,
    )
    assert told(await other.post("reservations", wish(hall, MONDAY + 3 * HOUR)), 201)["state"] == "pending"
