"""The waiting room over HTTP: who comes later waits outside, where they are told how long, and holds nothing."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from tests.acceptance.conftest import Caller, register
from tests.acceptance.life.conftest import eventually
from tests.acceptance.seating.test_venues import new_venue, stalls

DAY = timedelta(days=1)
KEYS = {"state", "position", "ahead", "estimate_seconds", "admitted_until", "ask_again_seconds"}


async def new_performance(admin: Caller, unique: itertools.count, **changed: Any) -> dict[str, Any]:
    """A performance in a venue of its own, with six seats, that admits one at once."""
    venue, now = await new_venue(admin, unique), datetime.now(UTC)
    saved = await admin.put(f"venues/{venue['id']}/map", await stalls(admin))
    assert saved.status_code == 200, saved.text
    start = now + 30 * DAY
    plan = {
        "venue_id": venue["id"],
        "name": f"Concert {next(unique)}",
        "start": start.isoformat(),
        "end": (start + timedelta(hours=2)).isoformat(),
        "sales_start": (now - DAY).isoformat(),
        "sales_end": start.isoformat(),
        "currency": "EUR",
        "prices": {"a": 2500},
        "admitted_max": 1,
    }
    answer = await admin.post("performances", plan | changed)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def hold(caller: Caller, made: dict[str, Any], seat: str) -> httpx.Response:
    return await caller.post("seat-holds", {"performance_id": made["id"], "seats": [f"stalls/{seat}"]})


async def test_one_is_admitted_and_the_next_waits_until_they_leave(
    admin: Caller, user: Caller, other: Caller, unique: itertools.count
) -> None:
    made = await new_performance(admin, unique)
    path = f"performances/{made['id']}/queue"
    admitted = await user.post(path)
    assert admitted.status_code == 200, admitted.text
    assert (admitted.json().keys(), admitted.json()["state"]) == (KEYS, "admitted")
    assert datetime.fromisoformat(admitted.json()["admitted_until"]) > datetime.now(UTC) + timedelta(minutes=9)
    outside = {"state": "outside", "position": None, "ahead": 0, "estimate_seconds": None, "admitted_until": None}
    assert (await other.get(path)).json() == outside | {"ask_again_seconds": 5}
    assert (await other.post(path)).json() == outside | {"state": "waiting", "position": 1, "ask_again_seconds": 5}
    assert (await other.get(path)).json()["position"] == 1
    assert (await user.delete(path)).status_code == 204
    assert (await user.delete(path)).status_code == 204
    assert (await other.get(path)).json()["state"] == "admitted"
    assert (await user.post(path)).json()["position"] == 1


async def test_seats_are_refused_outside_and_a_purchase_lets_the_next_in_though_nobody_asks(
    admin: Caller, user: Caller, berth: httpx.AsyncClient, unique: itertools.count
) -> None:
    made = await new_performance(admin, unique, prices={"a": 0})
    path, late = f"performances/{made['id']}/queue", await register(berth, "late")
    refused = await hold(late, made, "A/1")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/waiting-room")
    assert (refused.json()["state"], refused.json()["position"]) == ("outside", None)
    await user.post(path)
    await late.post(path)
    refused = await hold(late, made, "A/1")
    assert (refused.status_code, refused.json()["state"], refused.json()["position"]) == (409, "waiting", 1)
    held = await hold(user, made, "A/1")
    assert held.status_code == 201, held.text
    bought = await user.post("orders", {"hold_id": held.json()["id"]})
    assert (bought.status_code, bought.json()["state"]) == (201, "paid")
    assert (await user.get(path)).json()["state"] == "outside"
    await eventually(lambda: late.get(path), lambda one: one["state"] == "admitted")
    assert (await hold(late, made, "A/2")).status_code == 201


async def test_without_the_setting_there_is_no_waiting_room(
    admin: Caller, user: Caller, unique: itertools.count
) -> None:
    made = await new_performance(admin, unique, admitted_max=None)
    path = f"performances/{made['id']}/queue"
    for answer in (await user.post(path), await user.get(path)):
        assert (answer.status_code, answer.json()["state"], answer.json()["ahead"]) == (200, "open", 0)
    assert (await user.delete(path)).status_code == 204
    assert (await hold(user, made, "A/1")).status_code == 201
    await admin.patch(f"performances/{made['id']}", {"admitted_max": 1})
    assert (await user.get(path)).json()["state"] == "outside"


async def test_nobody_queues_for_what_is_not_there_or_not_sold_any_more(
    admin: Caller, user: Caller, unique: itertools.count
) -> None:
    for method in (user.get, user.post, user.delete):
        answer = await method(f"performances/{2**62}/queue")
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/unknown-performance")
    made = await new_performance(admin, unique)
    assert (await admin.post(f"performances/{made['id']}/cancel", {"reason": "Ill."})).status_code == 200
    answer = await user.post(f"performances/{made['id']}/queue")
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/not-on-sale")
