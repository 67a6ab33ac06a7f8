"""What somebody who decides on a reservation may see of it."""

import asyncio

import httpx

from tests.acceptance.conftest import Caller, register


async def test_who_is_asked_to_approve_sees_the_reservation_and_nobody_else_does(
    berth: httpx.AsyncClient, admin: Caller
) -> None:
    owner, approver, stranger = [await register(berth) for _ in range(3)]
    room = (await admin.post("resources", {"name": f"Hall {owner.id}", "kind": "hall", "timezone": "UTC"})).json()["id"]
    policy = {"confirmations": ["approval"], "approvers": [approver.id]}
    assert (await admin.put(f"resources/{room}/policy", policy)).status_code == 200
    times = {"start": "2031-06-02T08:00:00Z", "end": "2031-06-02T09:00:00Z"}
    made = await owner.post("reservations", {"resource_id": room, "title": "Concert", **times})
    address = f"reservations/{made.json()['id']}"

    async with asyncio.timeout(30):
        while not (await approver.get("approvals")).json()["items"]:  # noqa: ASYNC110 - only Berth knows when
            await asyncio.sleep(0.05)
    assert (await approver.get(address)).json()["title"] == "Concert"
    assert (await approver.get(f"{address}/history")).status_code == 200
    assert (await stranger.get(address)).status_code == 403
    assert (await approver.post(f"{address}/cancel")).status_code == 403
