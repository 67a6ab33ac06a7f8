"""Finding a free room, and reading who is where, over HTTP."""

import itertools
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

import httpx
import pytest

from tests.acceptance.conftest import Caller, register

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY = (datetime.now(UTC) + timedelta(days=30)).replace(hour=0, minute=0, second=0, microsecond=0)


def at(hour: int, minute: int = 0, day: int = 0) -> str:
    return (DAY + timedelta(days=day, hours=hour, minutes=minute)).isoformat().replace("+00:00", "Z")


async def room(admin: Caller, kind: str, **more: object) -> dict:
    body = {"name": f"{kind} {next(_numbers)}", "kind": kind, "timezone": "UTC", "capacity": 8, **more}
    answer = await admin.post("resources", body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def reserve(caller: Caller, resource: dict, start: str, end: str, title: str = "Seminar") -> dict:
    body = {"resource_id": resource["id"], "start": start, "end": end, "title": title}
    answer = await caller.post("reservations", body)
    assert answer.status_code == 201, answer.text
    return answer.json()


_numbers = itertools.count(1)


async def names(caller: Caller, path: str, **params: object) -> list[str]:
    answer = await caller.get(path, **params)
    assert answer.status_code == 200, answer.text
    return [one.get("name") or one["resource"]["name"] for one in answer.json()["items"]]


async def test_a_search_with_a_window_finds_only_what_is_free_in_all_of_it(admin: Caller, user: Caller):
    taken, free = await room(admin, "harbour"), await room(admin, "harbour")
    await reserve(user, taken, at(9), at(10))
    assert await names(user, "resources/search", kind="harbour") == [taken["name"], free["name"]]
    during = {"available_from": at(9, 30), "available_until": at(11)}
    assert await names(user, "resources/search", kind="harbour", **during) == [free["name"]]
    after = {"available_from": at(10), "available_until": at(11)}
    assert await names(user, "resources/search", kind="harbour", **after) == [taken["name"], free["name"]]
    found = (await user.get("resources/search", kind="harbour", limit=1)).json()
    assert found["items"] == [taken]
    rest = (await user.get("resources/search", kind="harbour", limit=1, cursor=found["next_cursor"])).json()
    assert (rest["items"], rest["next_cursor"]) == ([free], None)


async def test_free_answers_each_room_at_its_earliest_start_the_smallest_first(admin: Caller, user: Caller):
    hall = await room(admin, "pier", capacity=100)
    small = await room(admin, "pier", capacity=10)
    busy = await room(admin, "pier", capacity=10, tags=["projector"])
    await reserve(user, busy, at(9), at(10, 30))
    wish = {"kind": "pier", "minutes": 120, "from": at(9), "until": at(18)}
    offers = (await user.get("free", **wish)).json()["items"]
    assert [(one["resource"], one["start"], one["end"]) for one in offers] == [
        (small, at(9), at(11)),
        (hall, at(9), at(11)),
        (busy, at(10, 30), at(12, 30)),
    ]
    assert await names(user, "free", **wish, capacity_min=11) == [hall["name"]]
    assert await names(user, "free", **wish, tags="projector") == [busy["name"]]
    assert await names(user, "free", **{**wish, "until": at(12)}) == [small["name"], hall["name"]]
    paged, cursor = [], None
    while True:
        page = (await user.get("free", **wish, limit=1, **({"cursor": cursor} if cursor else {}))).json()
        paged += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert paged == offers


async def test_what_free_offers_can_be_reserved_at_once(admin: Caller, user: Caller):
    only = await room(admin, "buoy")
    [offer] = (await user.get("free", kind="buoy", minutes=30)).json()["items"]
    await reserve(user, only, offer["start"], offer["end"])
    [offer_after] = (await user.get("free", kind="buoy", minutes=30)).json()["items"]
    assert offer_after["start"] == offer["end"]


async def test_others_see_that_a_room_is_busy_but_not_by_whom(admin: Caller, user: Caller, other: Caller):
    shared = await room(admin, "dock")
    mine = await reserve(user, shared, at(9), at(10), "Therapy")
    blackout = {"resource_ids": [shared["id"]], "start": at(12), "end": at(13), "reason": "Painting"}
    assert (await admin.post("blackouts", blackout)).status_code == 201
    window = {"from": at(0), "until": at(0, day=1)}
    seen = (await other.get(f"resources/{shared['id']}/schedule", **window)).json()
    busy = {"resource_id": shared["id"], "start": at(9), "end": at(10), "kind": "reservation"}
    closed = {"resource_id": shared["id"], "start": at(12), "end": at(13), "kind": "blackout", "reason": "Painting"}
    assert seen == {"items": [busy, closed], "next_cursor": None}
    told = busy | {"title": "Therapy", "owner": mine["owner"], "reservation_id": mine["id"]}
    told |= {"state": "ready", "version": 1}
    for reader in (user, admin):
        assert (await reader.get(f"resources/{shared['id']}/schedule", **window)).json()["items"] == [told, closed]
    another = await room(admin, "dock")
    await reserve(other, another, at(8), at(9))
    both = await user.get("schedule", resource_ids=f"{another['id']},{shared['id']}", **window)
    assert [one["resource_id"] for one in both.json()["items"]] == [shared["id"], shared["id"], another["id"]]


async def test_a_schedule_tells_when_rooms_are_closed_once_for_all_that_are_alike(admin: Caller, user: Caller):
    rooms = [await room(admin, name) for name in ("wharf", "slip", "lock")]
    daily = {day: [["08:00", "20:00"]] for day in WEEKDAYS}
    for one in rooms[:2]:
        hours = {"weekly": daily, "exceptions": {}}
        assert (await admin.put(f"resources/{one['id']}/opening-hours", hours)).status_code == 200
        assert (await admin.put(f"resources/{one['id']}/policy", {"granularity_minutes": 30})).status_code == 200
    window = {"from": at(0), "until": at(0, day=1), "tz": "UTC"}
    ids = ",".join(str(one["id"]) for one in rooms)
    told = (await user.get("schedule", resource_ids=ids, hours="true", **window)).json()["hours"]
    alike = next(one for one in told if len(one["resource_ids"]) == 2)
    assert alike["granularity_minutes"] == 30
    assert [(one["start"], one["end"]) for one in alike["closed"]] == [(at(0), at(8)), (at(20), at(0, day=1))]
    other = next(one for one in told if one["resource_ids"] == [rooms[2]["id"]])
    assert (other["granularity_minutes"], other["closed"]) == (None, [])
    assert "hours" not in (await user.get("schedule", resource_ids=ids, **window)).json()


async def test_a_schedule_tells_owners_what_they_reserved_beside_what_is_occupied(admin: Caller, user: Caller):
    buffered = await room(admin, "drydock")
    policy = {"setup_minutes": 15, "teardown_minutes": 30}
    assert (await admin.put(f"resources/{buffered['id']}/policy", policy)).status_code == 200
    await reserve(user, buffered, at(9), at(10))
    window = {"from": at(0), "until": at(0, day=1)}
    (busy,) = (await user.get("schedule", resource_ids=str(buffered["id"]), **window)).json()["items"]
    assert (busy["start"], busy["end"]) == (at(8, 45), at(10, 30))
    assert busy["reserved"] == {"start": at(9), "end": at(10)}


async def test_a_cancelled_reservation_is_not_busy(admin: Caller, user: Caller):
    quiet = await room(admin, "jetty")
    made = await reserve(user, quiet, at(9), at(10))
    await user.post(f"reservations/{made['id']}/cancel")
    schedule = await user.get(f"resources/{quiet['id']}/schedule", **{"from": at(0), "until": at(0, day=1)})
    assert schedule.json()["items"] == []


async def test_the_gaps_of_a_room(admin: Caller, user: Caller):
    gappy = await room(admin, "quay")
    await reserve(user, gappy, at(9), at(10))
    await reserve(user, gappy, at(10, 30), at(12))
    window = {"from": at(8), "until": at(14)}
    gaps = (await user.get(f"resources/{gappy['id']}/availability", **window)).json()["items"]
    assert [(one["start"], one["end"]) for one in gaps] == [(at(8), at(9)), (at(10), at(10, 30)), (at(12), at(14))]
    long = (await user.get(f"resources/{gappy['id']}/availability", minutes=60, **window)).json()["items"]
    assert [(one["start"], one["end"]) for one in long] == [(at(8), at(9)), (at(12), at(14))]


async def test_the_status_of_a_room(admin: Caller, user: Caller):
    sign = await room(admin, "mole")
    made = await reserve(user, sign, at(9), at(10))
    status = (await user.get(f"resources/{sign['id']}/status")).json()
    assert (status["state"], status["until"], status["current"]) == ("free", at(9), None)
    assert status["next"]["reservation_id"] == made["id"]
    await admin.post(f"resources/{sign['id']}/retire")
    retired = (await user.get(f"resources/{sign['id']}/status")).json()
    assert (retired["state"], retired["until"]) == ("retired", None)


async def test_times_come_in_the_zone_asked_for_else_in_the_callers_own(
    berth: httpx.AsyncClient, admin: Caller, user: Caller
):
    abroad = await register(berth, "traveller")
    assert (await abroad.patch("users/me", {"timezone": "Asia/Kolkata"})).status_code == 200
    clock = await room(admin, "lighthouse")
    await reserve(user, clock, at(9), at(10))
    path, window = f"resources/{clock['id']}/schedule", {"from": at(0), "until": at(0, day=1)}
    assert (await abroad.get(path, **window)).json()["items"][0]["start"].endswith("T14:30:00+05:30")
    asked = (await abroad.get(path, **window, tz="America/Caracas")).json()["items"][0]["start"]
    assert asked.endswith("T05:00:00-04:00")
    assert (await abroad.get(path, **window, tz="UTC")).json()["items"][0]["start"] == at(9)
    assert (await abroad.get(path, **window, tz="Atlantis")).status_code == 422


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"resources/search?available_from={at(9)}", 422),
        (f"resources/search?available_from={at(9)}&available_until={at(9)}", 422),
        (f"resources/search?available_from={at(9)[:-1]}&available_until={at(10)[:-1]}", 422),
        ("resources/search?cursor=nonsense", 422),
        ("free", 422),
        ("free?minutes=0", 422),
        ("free?minutes=10081", 422),
        (f"free?minutes=60&from={at(9)}&until={at(8)}", 422),
        (f"free?minutes=60&from={at(9)}&until={at(9, day=61)}", 422),
        ("free?minutes=60&tz=Nowhere", 422),
        ("schedule", 422),
        ("schedule?resource_ids=1,x", 422),
        ("schedule?resource_ids=" + ",".join(map(str, range(1, 502))), 422),
        ("schedule?resource_ids=999999999", 404),
        ("schedule?resource_ids=9999999999999999999", 404),
        (f"schedule?site_id=1&from={at(9)}&until={at(10, day=366)}", 422),
        ("resources/999999999/schedule", 404),
        ("resources/999999999/status", 404),
        ("resources/99999999999999999999/status", 404),
        ("resources/999999999/availability", 404),
    ],
)
async def test_what_makes_no_sense_is_refused(user: Caller, path: str, status: int):
    path, _, query = path.partition("?")
    answer = await user.get(path, **dict(parse_qsl(query)))
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["resources/search", "free?minutes=60", "schedule?site_id=1", "resources/1/status"])
async def test_whoever_is_not_signed_in_learns_nothing(berth: httpx.AsyncClient, path: str):
    assert (await berth.get(f"/api/v1/{path}")).status_code == 401
