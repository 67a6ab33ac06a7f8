"""What a closing means for confirmations, codes, money, for who is inside, and for moves that are under way."""

import itertools
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.acceptance.closing.conftest import Closing, outcomes
from tests.acceptance.conftest import Caller, register
from tests.acceptance.life.conftest import (
    HOUR,
    MONDAY,
    at_once,
    code_of,
    comes_to,
    refused,
    reserve,
    slot,
    told,
    what_happened,
    wish,
)
from tests.acceptance.life.test_coworking import TERMS, paid, payments

Room = dict[str, Any]
Studios = Callable[..., Awaitable[list[Room]]]
ALL_OF_IT = {"start": (MONDAY - 2 * HOUR).isoformat(), "end": (MONDAY + 8 * HOUR).isoformat()}


@pytest.fixture
def studios(admin: Caller, unique: itertools.count) -> Studios:
    """Make studios that are like each other and like no others; each argument is the policy of one."""

    async def make(*policies: dict[str, Any]) -> list[Room]:
        kind, found = f"studio {next(unique)}", []
        for policy in policies:
            body = {"name": f"Studio {next(unique)}", "kind": kind, "timezone": "Europe/Rome"}
            found.append(told(await admin.post("resources", body), 201))
            told(await admin.put(f"resources/{found[-1]['id']}/policy", policy), 200)
        return found

    return make


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def dean(berth: httpx.AsyncClient) -> Caller:
    """The one who approves, and is no administrator."""
    return await register(berth, "dean")


async def asked(approver: Caller, reservation: dict[str, Any]) -> dict[str, Any]:
    """What waits for a decision on a reservation."""
    items = told(await approver.get("approvals", limit=200), 200)["items"]
    [found] = [one for one in items if one["reservation_id"] == reservation["id"]]
    return found


async def test_what_was_confirmed_is_confirmed_anew_where_it_is_now(
    admin: Caller, user: Caller, studios: Studios
) -> None:
    closed, like = await studios({"confirmations": ["quota", "access"]}, {"confirmations": ["quota", "access"]})
    made = await reserve(user, closed, MONDAY)
    code = await code_of(user, made["id"])
    done = await Closing(admin, closed["id"], ALL_OF_IT).do()
    assert [(one["outcome"], one["confirm"], one["to"]["id"]) for one in done["items"]] == [("move", True, like["id"])]
    now = await comes_to(user, made["id"], "ready")
    assert [one["id"] for one in now["resources"]] == [like["id"]]
    assert {one["step"]: one["state"] for one in now["confirmations"]} == {"access": "given", "quota": "given"}
    assert await code_of(user, made["id"]) == code
    assert await what_happened(user, made["id"]) == ["created", "confirmed", "changed", "confirmed"]
    told(await user.post(f"reservations/{made['id']}/cancel"), 200)


async def test_what_waits_for_approval_waits_on_for_the_room_that_it_gets(
    admin: Caller, user: Caller, studios: Studios
) -> None:
    closed, like = await studios({"confirmations": ["approval", "quota"]}, {"confirmations": ["approval"]})
    made = told(await user.post("reservations", wish(closed, MONDAY)), 201)
    before = await asked(admin, made)
    done = await Closing(admin, closed["id"], ALL_OF_IT).do()
    assert [(one["state"], one["confirm"]) for one in done["items"]] == [("pending", True)]
    # Whoever closes a room may approve, too; but closing is not approving.
    after = await asked(admin, made)
    assert after["id"] > before["id"]
    assert [one["id"] for one in after["resources"]] == [like["id"]]
    refused(await admin.post(f"approvals/{before['id']}/approve"), 409, "already-decided")
    told(await admin.post(f"approvals/{after['id']}/approve"), 204)
    now = await comes_to(user, made["id"], "ready")
    assert [one["id"] for one in now["resources"]] == [like["id"]]


async def test_what_waits_for_approval_is_ready_where_nobody_has_to_approve(
    admin: Caller, user: Caller, studios: Studios
) -> None:
    closed, like = await studios({"confirmations": ["approval"]}, {})
    made = told(await user.post("reservations", wish(closed, MONDAY)), 201)
    done = await Closing(admin, closed["id"], ALL_OF_IT).do()
    assert [one["confirm"] for one in done["items"]] == [False]
    now = told(await user.get(f"reservations/{made['id']}"), 200)
    assert (now["state"], now["resources"][0]["id"]) == ("ready", like["id"])
    assert made["id"] not in [one["reservation_id"] for one in told(await admin.get("approvals"), 200)["items"]]


async def test_who_is_not_approved_in_the_new_room_has_nothing_to_go_back_to(
    admin: Caller, user: Caller, dean: Caller, studios: Studios
) -> None:
    closed, _ = await studios({}, {"confirmations": ["approval"], "approvers": [dean.id]})
    made = await reserve(user, closed, MONDAY)
    await Closing(admin, closed["id"], ALL_OF_IT).do()
    assert told(await user.get(f"reservations/{made['id']}"), 200)["state"] == "pending"
    request = await asked(dean, made)
    told(await dean.post(f"approvals/{request['id']}/reject", {"message": "Concert"}), 204)
    gone = await comes_to(user, made["id"], "cancelled")
    assert gone["cancel_reason"] == "Rejected: Concert"


async def test_who_is_inside_stays_and_the_room_closes_behind_him(
    admin: Caller, user: Caller, other: Caller, studios: Studios
) -> None:
    [closed] = await studios({})
    made = await at_once(user, closed, 3 * HOUR)
    end = datetime.fromisoformat(made["end"])
    time = {"start": (end - 4 * HOUR).isoformat(), "end": (end + HOUR).isoformat()}
    done = await Closing(admin, closed["id"], time).do()
    assert outcomes(done) == [("reservation", "stay", None, "in-use")]
    assert datetime.fromisoformat(done["start"]) <= datetime.now(UTC)
    behind = told(await other.post("reservations", wish(closed, end, timedelta(minutes=30))), 409)
    assert [one["kind"] for one in behind["busy"]] == ["blackout"]
    entry = told(await other.post("waitlist", wish(closed, end - 2 * HOUR)), 201)
    assert entry["state"] == "waiting"
    told(await user.post(f"reservations/{made['id']}/check-out"), 200)
    # What becomes free by it is closed at once, and nobody is offered it.
    early = told(await other.post("reservations", wish(closed, end - 2 * HOUR)), 409)
    assert [one["kind"] for one in early["busy"]] == ["blackout"]
    assert told(await other.get(f"waitlist/{entry['id']}"), 200)["state"] == "waiting"
    assert (await admin.delete(f"blackouts/{done['id']}")).status_code == 204
    assert told(await other.get(f"waitlist/{entry['id']}"), 200)["state"] == "offered"
    assert (await other.delete(f"waitlist/{entry['id']}")).status_code == 204


async def test_a_room_that_is_in_use_all_the_time_is_not_closed(admin: Caller, user: Caller, studios: Studios) -> None:
    [closed] = await studios({})
    made = await at_once(user, closed, 2 * HOUR)
    end = datetime.fromisoformat(made["end"])
    closing = Closing(admin, closed["id"], {"start": (end - HOUR).isoformat(), "end": end.isoformat()})
    refused(await closing.confirm((await closing.preview())["digest"]), 409, "nothing-to-close")
    told(await user.post(f"reservations/{made['id']}/check-out"), 200)


async def test_a_blackout_that_is_there_stays_and_when_it_is_lifted_the_room_is_closed_still(
    admin: Caller, user: Caller, studios: Studios
) -> None:
    [closed] = await studios({})
    wiring = {"resource_ids": [closed["id"]], "reason": "Wiring"} | slot(MONDAY)
    first = told(await admin.post("blackouts", wiring), 201)
    done = await Closing(admin, closed["id"], ALL_OF_IT).do()
    assert outcomes(done) == [("blackout", "stay", None, "closed")]
    assert (await admin.delete(f"blackouts/{first['id']}")).status_code == 204
    found = told(await user.post("reservations", wish(closed, MONDAY)), 409)
    assert [one["kind"] for one in found["busy"]] == ["blackout"]
    assert (await admin.delete(f"blackouts/{done['id']}")).status_code == 204
    await reserve(user, closed, MONDAY)


async def test_a_move_into_the_room_falls_away_and_what_was_to_move_stays(
    admin: Caller, user: Caller, dean: Caller, studios: Studios
) -> None:
    rule = {"confirmations": ["approval"], "approvers": [dean.id]}
    closed, like = await studios(rule, {})
    made = await reserve(user, like, MONDAY)
    moving = told(await user.patch(f"reservations/{made['id']}", {"resource_ids": [closed["id"]]}), 200)
    assert moving["move"]["resources"][0]["id"] == closed["id"]
    done = await Closing(admin, closed["id"], ALL_OF_IT).do()
    assert outcomes(done) == [("move", "cancel", None, "move-falls-away")]
    assert [one["id"] for one in done["items"]] == [made["id"]]
    now = told(await user.get(f"reservations/{made['id']}"), 200)
    assert (now["state"], now["move"], now["resources"][0]["id"]) == ("ready", None, like["id"])
    assert await what_happened(user, made["id"]) == ["created", "change refused"]


async def test_a_move_within_the_room_goes_along_and_only_the_reservation_is_moved(
    admin: Caller, user: Caller, dean: Caller, studios: Studios
) -> None:
    rule = {"confirmations": ["approval"], "approvers": [dean.id]}
    closed, like = await studios(rule, {})
    made = told(await user.post("reservations", wish(closed, MONDAY)), 201)
    told(await dean.post(f"approvals/{(await asked(dean, made))['id']}/approve"), 204)
    await comes_to(user, made["id"], "ready")
    told(await user.patch(f"reservations/{made['id']}", slot(MONDAY + 2 * HOUR)), 200)
    done = await Closing(admin, closed["id"], ALL_OF_IT).do()
    assert outcomes(done) == [("reservation", "move", like["id"], None)]
    now = told(await user.get(f"reservations/{made['id']}"), 200)
    assert (now["state"], now["move"], now["resources"][0]["id"]) == ("ready", None, like["id"])
    assert datetime.fromisoformat(now["start"]) == MONDAY


async def test_what_a_closing_cancels_costs_nothing(admin: Caller, berth: httpx.AsyncClient, studios: Studios) -> None:
    [closed] = await studios({"confirmations": ["payment"]})
    told(await admin.post("prices", {**TERMS, "kept_percent": 100, "resource_id": closed["id"]}), 201)
    maker = await register(berth, "maker")
    made = await paid(admin, maker, closed, MONDAY)
    await Closing(admin, closed["id"], ALL_OF_IT).do()
    await comes_to(maker, made["id"], "cancelled")
    [one] = await payments(maker, made["id"], ("25.00 EUR", "returned"))
    assert (one["taken_minor"], one["returned_minor"]) == (2500, 2500)


async def test_what_was_paid_counts_in_the_new_room(admin: Caller, berth: httpx.AsyncClient, studios: Studios) -> None:
    closed, like = await studios({"confirmations": ["payment"]}, {"confirmations": ["payment"]})
    for one, amount in ((closed, 1250), (like, 2000)):
        told(await admin.post("prices", {**TERMS, "amount_minor": amount, "resource_id": one["id"]}), 201)
    maker = await register(berth, "maker")
    made = await paid(admin, maker, closed, MONDAY)
    await Closing(admin, closed["id"], ALL_OF_IT).do()
    assert told(await maker.get(f"reservations/{made['id']}"), 200)["state"] == "pending"
    _, more = await payments(maker, made["id"], ("25.00 EUR", "taken"), ("15.00 EUR", "awaiting"))
    told(await admin.post(f"payments/{more['id']}/mark-paid", {"reference": "transfer 79"}), 200)
    await comes_to(maker, made["id"], "ready")
    unpaid = told(await maker.post("reservations", wish(like, MONDAY + 4 * HOUR)), 201)
    await payments(maker, unpaid["id"], ("20.00 EUR", "awaiting"))
    told(await maker.post(f"reservations/{unpaid['id']}/cancel"), 200)


async def test_what_is_not_paid_yet_is_asked_for_at_the_price_of_the_new_room(
    admin: Caller, berth: httpx.AsyncClient, studios: Studios
) -> None:
    closed, like = await studios({"confirmations": ["payment"]}, {"confirmations": ["payment"]})
    for one, amount in ((closed, 1250), (like, 2000)):
        told(await admin.post("prices", {**TERMS, "amount_minor": amount, "resource_id": one["id"]}), 201)
    maker = await register(berth, "maker")
    made = told(await maker.post("reservations", wish(closed, MONDAY)), 201)
    await payments(maker, made["id"], ("12.50 EUR", "awaiting"))
    await Closing(admin, closed["id"], ALL_OF_IT).do()
    _, now = await payments(maker, made["id"], ("12.50 EUR", "declined"), ("20.00 EUR", "awaiting"))
    told(await admin.post(f"payments/{now['id']}/mark-paid", {"reference": "transfer 80"}), 200)
    found = await comes_to(maker, made["id"], "ready")
    assert [one["id"] for one in found["resources"]] == [like["id"]]
