"""Who did what, as administrators see it; everything here comes from events alone."""

import asyncio
import csv
import hashlib
import io
import json
from collections.abc import Callable, Mapping
from typing import Any

import httpx
import pytest

from tests.acceptance.conftest import Caller, register

ROUTES = ("audit", "audit/export", "audit/verify")


async def recorded(admin: Caller, count: int, **filters: object) -> list[Mapping[str, Any]]:
    """Answer the entries that fit, newest first, once there are so many."""
    async with asyncio.timeout(20):
        while True:
            answer = await admin.get("audit", **filters)
            assert answer.status_code == 200, answer.text
            if len(answer.json()["items"]) >= count:
                return answer.json()["items"]
            await asyncio.sleep(0.02)


async def room(admin: Caller, name: str) -> int:
    made = await admin.post("resources", {"name": name, "kind": "room", "timezone": "UTC", "tags": [f"at {name}"]})
    assert made.status_code == 201, made.text
    return made.json()["id"]


async def reservation(caller: Caller, resource_id: int, title: str) -> int:
    made = await caller.post(
        "reservations",
        {
            "resource_id": resource_id,
            "start": "2027-03-01T09:00:00Z",
            "end": "2027-03-01T10:00:00Z",
            "title": title,
        },
    )
    assert made.status_code == 201, made.text
    return made.json()["id"]


async def test_a_reservation_is_recorded_from_its_making_to_its_end(
    admin: Caller, berth: httpx.AsyncClient, unique: Any
) -> None:
    sailor = await register(berth, "recorded")
    room_id = await room(admin, f"Recorded {next(unique)}")
    id_ = await reservation(sailor, room_id, "Splice")
    changed = await sailor.patch(f"reservations/{id_}", {"title": "Splice the mainbrace"})
    assert changed.status_code == 200
    cancelled = await admin.post(f"reservations/{id_}/cancel", {"reason": "storm"})
    assert cancelled.status_code == 200, cancelled.text
    cancel, change, create = await recorded(admin, 3, subject=f"reservation/{id_}")
    assert [one["type"] for one in (create, change, cancel)] == [
        f"berth.booking.reservation_{what}.v1" for what in ("created", "changed", "cancelled")
    ]
    assert [one["actor"]["username"] for one in (create, change, cancel)] == [sailor.username] * 2 + [admin.username]
    assert (change["before"], change["after"]) == ({"title": "Splice"}, {"title": "Splice the mainbrace"})
    assert create["data"]["title"] == "Splice"
    assert cancel["data"]["reason"] == "storm"
    assert change["trace_id"] == changed.headers["X-Request-Id"]
    assert change["address"]
    assert create["sequence"] < change["sequence"] < cancel["sequence"]
    assert create["occurred_at"] <= create["recorded_at"]


async def test_changes_of_accounts_resources_and_sites_tell_before_and_after(
    admin: Caller, berth: httpx.AsyncClient, unique: Any
) -> None:
    number = next(unique)
    someone = await register(berth, "promoted")
    await admin.patch(f"users/{someone.id}", {"role": "guest"})
    await admin.post(f"users/{someone.id}/password", {"new_password": "another-kettle-12-moor"})
    site = (await admin.post("sites", {"name": f"Pier {number}", "timezone": "UTC"})).json()["id"]
    await admin.patch(f"sites/{site}", {"name": f"Quay {number}"})
    await admin.put(f"sites/{site}/policy", {"minutes_max": 60})
    await admin.delete(f"sites/{site}")
    room_id = await room(admin, f"Told {number}")
    await admin.patch(f"resources/{room_id}", {"capacity": 4})
    await admin.patch(f"tags/at Told {number}", {"name": "told"})
    sheet = {"Content-Type": "text/csv", "Authorization": f"Bearer {admin.token}"}
    await berth.post("/api/v1/resources/import", content=f"name,kind\nTold {number},desk\n", headers=sheet)
    await admin.post(f"resources/{room_id}/retire")

    password, role, registered = await recorded(admin, 3, subject=f"person/{someone.id}")
    assert registered["actor"]["id"] == someone.id
    assert (role["before"], role["after"]) == ({"role": "user"}, {"role": "guest"})
    assert (password["before"], password["after"], password["data"]["changes"]) == (None, None, ["password"])
    assert "kettle" not in json.dumps([password, role, registered])

    found = reversed(await recorded(admin, 4, subject=f"site/{site}"))
    stated = {"parent_id": None, "name": f"Pier {number}", "kind": "other", "timezone": "UTC"}
    assert [(one["before"], one["after"]) for one in found] == [
        (None, stated),
        ({"name": f"Pier {number}"}, {"name": f"Quay {number}"}),
        ({"policy": {}}, {"policy": {"minutes_max": 60}}),
        (stated | {"name": f"Quay {number}"}, None),
    ]

    retired, imported, tagged, edited, _ = await recorded(admin, 5, subject=f"resource/{room_id}")
    assert (edited["before"], edited["after"]) == ({"capacity": None}, {"capacity": 4})
    assert (tagged["before"], tagged["after"]) == ({"tags": [f"at Told {number}"]}, {"tags": ["told"]})
    assert (imported["before"], imported["after"]) == ({"kind": "room"}, {"kind": "desk"})
    assert (retired["before"], retired["after"]) == ({"retired": False}, {"retired": True})


@pytest.fixture(scope="module")
def fits() -> Mapping[str, Callable[[Mapping[str, Any]], bool]]:
    """What each filter of the next test lets through."""
    return {
        "kind": lambda one: one["subject"].startswith("resource/"),
        "type": lambda one: one["type"] == "berth.catalog.resource_created.v1",
        "text": lambda one: "filtered" in json.dumps(one["data"]).lower(),
    }


async def test_filters_and_pages(
    admin: Caller, unique: Any, fits: Mapping[str, Callable[[Mapping[str, Any]], bool]]
) -> None:
    names = [f"Filtered {next(unique)}" for _ in range(3)]
    ids = [await room(admin, name) for name in names]
    wanted = {"kind": "resource", "type": "berth.catalog.resource_created.v1", "text": "FILTERED"}
    whole = await recorded(admin, 3, actor_id=admin.id, **wanted)
    assert [one["subject"] for one in whole[:3]] == [f"resource/{id_}" for id_ in reversed(ids)]
    for name, fit in fits.items():
        assert all(fit(one) for one in await recorded(admin, 3, **{name: wanted[name]}))

    paged, cursor = [], None
    while True:
        page = (
            await admin.get("audit", limit=1, cursor=cursor or "", **wanted)
            if cursor
            else await admin.get("audit", limit=1, **wanted)
        ).json()
        paged += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert [one["sequence"] for one in paged] == [one["sequence"] for one in whole]

    first, middle, last = (one["occurred_at"] for one in reversed(whole[:3]))
    between = await admin.get("audit", **{"from": middle, "until": last}, **wanted)
    assert [one["subject"] for one in between.json()["items"]] == [f"resource/{ids[1]}"]
    assert first < middle < last
    assert (await admin.get("audit", subject="resource")).json()["items"] == []


async def test_a_json_export_can_be_verified_by_anybody(admin: Caller, unique: Any) -> None:
    await recorded(admin, 1, subject=f"resource/{await room(admin, f'Exported {next(unique)}')}")
    answer = await admin.get("audit/export", format="json")
    assert answer.headers["Content-Type"] == "application/json"
    lines = [line.removesuffix(",") for line in answer.text.strip().split("\n")[1:-1]]
    assert [json.loads(line) for line in lines] == answer.json()
    previous = "0" * 64
    for number, line in enumerate(lines, 1):
        entry = json.loads(line)
        hashed = line.replace(f',"hash":"{entry["hash"]}"', "")
        assert hashlib.sha256(hashed.encode()).hexdigest() == entry["hash"]
        assert (entry["sequence"], entry["previous_hash"]) == (number, previous)
        previous = entry["hash"]


async def test_a_csv_export_has_the_same_filters_and_no_formulas(admin: Caller, user: Caller, unique: Any) -> None:
    room_id = await room(admin, f"=1+{next(unique)}")
    id_ = await reservation(user, room_id, "=cmd|' /C calc'!A0")
    await recorded(admin, 1, subject=f"reservation/{id_}")
    answer = await admin.get("audit/export", subject=f"reservation/{id_}")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="audit.csv"' in answer.headers["Content-Disposition"]
    [row] = csv.DictReader(io.StringIO(answer.text, newline=""))
    assert (row["subject"], row["actor"], row["actor_id"]) == (f"reservation/{id_}", user.username, str(user.id))
    assert json.loads(row["data"])["title"] == "=cmd|' /C calc'!A0"
    assert not any(cell.startswith(tuple("=+-@")) for cell in row.values())
    assert (await admin.get("audit/export", subject="nothing/1", format="json")).json() == []


async def test_the_record_is_whole_and_says_what_to_note(admin: Caller) -> None:
    first = (await admin.get("audit/verify")).json()
    assert (first["ok"], first["broken"], first["checkpoint"]) == (True, None, None)
    assert first["entries"] == first["head"]["sequence"] > 0
    noted = f"{first['head']['sequence']}:{first['head']['hash']}"
    assert (await admin.get("audit/verify", head=noted)).json()["ok"] is True
    forged = (await admin.get("audit/verify", head=f"1:{'0' * 64}")).json()
    assert (forged["ok"], forged["broken"]["reason"]) == (False, "noted-head")
    assert (await admin.get("audit/verify", head="soon")).status_code == 422


@pytest.mark.parametrize("path", ROUTES)
async def test_only_administrators_look(path: str, admin: Caller, berth: httpx.AsyncClient) -> None:
    assert (await berth.get(f"/api/v1/{path}")).status_code == 401
    someone = await register(berth, "curious")
    assert (await someone.get(path)).status_code == 403
    assert (await admin.patch(f"users/{someone.id}", {"role": "guest"})).status_code == 200
    assert (await someone.get(path)).status_code == 403
    assert (await admin.get(path)).status_code == 200
