"""A world to walk through: a site, resources, a reservation in each state that can be had, and what comes of them."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from tests.acceptance.conftest import Caller, register


@dataclass(frozen=True)
class World:
    """Who lives in it, and the ids of what the addresses of pages name."""

    admin: Caller
    user: Caller
    approver: Caller
    ids: dict[str, int]


def made(answer: httpx.Response) -> dict[str, Any]:
    """Answer the body of what was made; fail with what was refused."""
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


async def eventually(ask: Callable[[], Awaitable[Any]]) -> Any:
    """Answer what is asked for as soon as there is something, within half a minute."""
    async with asyncio.timeout(30):
        while not (found := await ask()):  # noqa: ASYNC110 - what is waited for happens in another process
            await asyncio.sleep(0.05)
    return found


async def seeded(client: httpx.AsyncClient, admin: Caller) -> World:
    """Make the world."""
    user, approver = await register(client, "mila"), await register(client, "noor")
    number = user.id
    site = made(await admin.post("sites", {"name": f"Pier {number}", "timezone": "Europe/Rome"}))["id"]
    rooms = {
        name: await new_room(admin, site, f"{name.title()} {number}", policy)
        for name, policy in {
            "hall": {"confirmations": ["approval"], "approvers": [approver.id, admin.id]},
            "studio": {"confirmations": ["quota"]},
            "boat": {"confirmations": ["payment"]},
            "desk": {},
        }.items()
    }
    allowance = {
        "name": f"Studio hours {number}",
        "unit": "minutes",
        "amount": 180,
        "per": "month",
        "person_id": user.id,
    }
    allowance_id = made(await admin.post("quotas", allowance))["id"]
    hourly = {"unit": "hour", "amount_minor": 1250, "currency": "EUR"}
    made(await admin.post("prices", {"resource_id": rooms["boat"], **hourly}))
    reservations = {
        name: await reserve(user, room, f"At the {name}", at) for at, (name, room) in enumerate(rooms.items())
    }
    await give_up(user, await reserve(user, rooms["desk"], "Given up", 5))
    await search(user, site)
    await wait_and_keep(user, approver, rooms["desk"])
    await follow(user, admin, rooms["desk"], site)

    async def asked() -> Any:
        return (await approver.get("approvals")).json()["items"]

    async def to_pay() -> Any:
        items = (await user.get("payments/my")).json()["items"]
        return [one for one in items if one["state"] == "awaiting"]

    await eventually(asked)
    [payment] = await eventually(to_pay)
    ids = {
        "reservationId": reservations["desk"],
        "paymentId": payment["id"],
        "resourceId": rooms["desk"],
        "siteId": site,
        "seriesId": await recurring(user, rooms["desk"]),
        "allowanceId": allowance_id,
    }
    return World(admin, user, approver, ids | await theatre(user, admin, site))


async def new_room(admin: Caller, site: int, name: str, policy: dict[str, Any]) -> int:
    """Make a resource of a kind of its own, with its rules."""
    kind = name.lower()
    id_: int = made(await admin.post("resources", {"name": name, "kind": kind, "site_id": site, "capacity": 8}))["id"]
    if policy:
        made(await admin.put(f"resources/{id_}/policy", policy))
    return id_


async def reserve(caller: Caller, room: int, title: str, at: int) -> int:
    """Reserve two hours of a day in the next week, and answer the id."""
    day = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=2 + at)
    times = {"start": day.isoformat(), "end": (day + timedelta(hours=2)).isoformat()}
    id_: int = made(await caller.post("reservations", {"resource_id": room, "title": title, **times}))["id"]
    return id_


async def search(caller: Caller, site: int) -> None:
    """Save a search for an hour of a day in two weeks."""
    day = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=14)
    times = {"start": day.isoformat(), "end": (day + timedelta(hours=8)).isoformat(), "minutes": 60}
    made(
        await caller.post("searches", {"name": "At the pier", "any_of": {"site_id": site, "capacity_min": 4}, **times})
    )


async def give_up(caller: Caller, id_: int) -> None:
    """Cancel a reservation and say why."""
    made(await caller.post(f"reservations/{id_}/cancel", {"reason": "Rain"}))


async def recurring(caller: Caller, room: int) -> int:
    """Reserve a week's hour three times, give one of them up, and answer the id of the series."""
    day = datetime.now(UTC).replace(hour=15, minute=0, second=0, microsecond=0) + timedelta(days=9)
    times = {"start": day.isoformat(), "end": (day + timedelta(hours=1)).isoformat()}
    wish = {"resource_id": room, "title": "Choir", "rule": "FREQ=WEEKLY;COUNT=3", **times}
    series = made(await caller.post("reservations/recurring", wish))
    given_up = series["occurrences"][1]["reservation_id"]
    made(await caller.post(f"series/{series['id']}/cancel", {"scope": "this", "reservation_id": given_up}))
    id_: int = series["id"]
    return id_


async def wait_and_keep(caller: Caller, other: Caller, room: int) -> None:
    """Stand in line for what somebody else has, leave another line, and keep an hour."""
    day = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=20)
    await reserve(other, room, "Before you", 18)
    taken = {"resource_id": room, "start": day.isoformat(), "end": (day + timedelta(hours=2)).isoformat()}
    made(await caller.post("waitlist", {**taken, "title": "In line", "people": 4}))
    left = made(await caller.post("waitlist", {**taken, "minutes": 90, "people": 2}))
    assert (await caller.delete(f"waitlist/{left['id']}")).status_code == 204
    kept = {"start": (day + timedelta(days=1)).isoformat(), "end": (day + timedelta(days=1, hours=1)).isoformat()}
    made(await caller.post("holds", {"resource_id": room, **kept}))


async def theatre(caller: Caller, admin: Caller, site: int) -> dict[str, int]:
    """Put something on in a venue, buy a seat that costs nothing, hold others, and answer the ids."""
    stage = await new_room(admin, site, f"Stage {caller.id}", {})
    venue = made(await admin.post("venues", {"name": f"Theatre {caller.id}", "resource_id": stage}))["id"]
    pattern = {"key": "S", "name": "Stalls", "category": "a", "rows": 4, "seats": 10, "aisles_after": [5]}
    gallery = {**pattern, "key": "G", "name": "Gallery", "category": "b", "y": 600}
    corners = [[-300, 1100], [300, 1100], [0, 1400]]
    floor = {"key": "F", "name": "Floor", "category": "b", "capacity": 50, "outline": corners}
    sections = [made(await admin.post("seat-maps/sections", one)) for one in (pattern, gallery)]
    sections[0]["rows"][0]["seats"][0]["accessible"] = True
    categories = [{"key": "a", "name": "Free"}, {"key": "b", "name": "Dear"}]
    made(await admin.put(f"venues/{venue}/map", {"categories": categories, "sections": sections, "areas": [floor]}))
    now = datetime.now(UTC).replace(microsecond=0)
    times = {"start": now + timedelta(days=30), "end": now + timedelta(days=30, hours=3)}
    times |= {"sales_start": now - timedelta(hours=1), "sales_end": now + timedelta(days=30)}
    plan = {"venue_id": venue, "name": "The Tempest", "currency": "EUR", "prices": {"a": 0, "b": 2500}}
    id_ = made(await admin.post("performances", {**plan, **{name: at.isoformat() for name, at in times.items()}}))["id"]

    async def on_sale() -> Any:
        return (await caller.get(f"performances/{id_}")).json()["on_sale"]

    await eventually(on_sale)
    hold = made(await caller.post("seat-holds", {"performance_id": id_, "seats": ["S/A/1", "S/A/2"]}))
    order = made(await caller.post("orders", {"hold_id": hold["id"]}))["id"]
    made(await caller.post("seat-holds", {"performance_id": id_, "seats": ["G/A/1"], "areas": {"F": 2}}))
    return {"venueId": venue, "performanceId": id_, "orderId": order}


async def follow(caller: Caller, admin: Caller, room: int, site: int) -> None:
    """Make addresses and an app password, and follow a calendar that can be read and one that cannot."""
    day = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=1)
    lines = [f"DTSTART:{day:%Y%m%dT%H%M%SZ}", "DURATION:PT1H", "UID:1", "SUMMARY:Dentist"]
    own = "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""]
    )
    for kind, id_ in (("person", caller.id), ("resource", room), ("site", site)):
        made(await caller.post("calendars/feeds", {"kind": kind, "id": id_, "titles": kind == "person"}))
    made(await caller.post("calendars/app-passwords", {"name": "Telephone"}))
    subscribed = {"name": "Private", "file": own}
    made(await caller.post("calendars/subscriptions", {"kind": "person", "id": caller.id, **subscribed}))
    unread = {"name": "Inside", "url": "http://169.254.169.254/"}
    made(await admin.post("calendars/subscriptions", {"kind": "resource", "id": room, **unread}))
