"""Allowances over HTTP: administrators set, grant and remove them, and everybody sees what is left."""

import asyncio
import itertools
from typing import Any

import pytest

from tests.acceptance.conftest import Caller
from tests.acceptance.test_catalog import new_resource

AT = "2027-03-03T12:00:00Z"
PATIENCE_SECONDS = 30.0


async def new_allowance(admin: Caller, unique: itertools.count, **changed: Any) -> dict[str, Any]:
    """Set an allowance for resources of a kind that no other test has."""
    number = next(unique)
    body = {
        "name": f"allowance {number}",
        "unit": "minutes",
        "amount": 180,
        "per": "week",
        "kind": f"kind {number}",
        **changed,
    }
    answer = await admin.post("quotas", body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def mine(caller: Caller, allowance: dict[str, Any], at: str = AT) -> list[dict[str, Any]]:
    answer = await caller.get("quotas/my", at=at)
    assert answer.status_code == 200, answer.text
    return [one for one in answer.json()["items"] if one["allowance"]["id"] == allowance["id"]]


def stated(allowance: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in allowance.items() if name not in ("id", "removed_at", "note")}


async def test_an_allowance_is_set_listed_changed_and_removed(admin: Caller, unique: itertools.count) -> None:
    made = await new_allowance(admin, unique, tag="piano", role="user", shared=True)
    assert made == {
        "id": made["id"],
        "name": made["name"],
        "unit": "minutes",
        "amount": 180,
        "per": "week",
        "kind": made["kind"],
        "tag": "piano",
        "site_id": None,
        "role": "user",
        "person_id": None,
        "shared": True,
        "removed_at": None,
        "note": "There is no resource that it covers, so nothing is counted yet.",
    }
    changed = await admin.put(f"quotas/{made['id']}", stated(made) | {"amount": 60, "tag": None})
    assert changed.status_code == 200, changed.text
    assert (await admin.get(f"quotas/{made['id']}")).json() == made | {"amount": 60, "tag": None, "note": None}
    assert [one["id"] for one in (await admin.get("quotas", name=made["name"])).json()["items"]] == [made["id"]]

    assert (await admin.delete(f"quotas/{made['id']}")).status_code == 204
    assert (await admin.get("quotas", name=made["name"])).json()["items"] == []
    [gone] = (await admin.get("quotas", name=made["name"], removed=True)).json()["items"]
    assert gone["removed_at"] is not None
    assert (await admin.get(f"quotas/{made['id']}")).json() == gone
    assert (await admin.get(f"quotas/{made['id']}/usage")).json()["items"] == []
    for refused in (
        await admin.delete(f"quotas/{made['id']}"),
        await admin.put(f"quotas/{made['id']}", stated(made)),
        await admin.get(f"quotas/{2**63}"),
    ):
        assert (refused.status_code, refused.json()["type"]) == (404, "/problems/unknown-allowance")
    again = await admin.post("quotas", stated(made))
    assert again.status_code == 201


async def test_names_are_unique_and_how_it_is_counted_stays(admin: Caller, unique: itertools.count) -> None:
    made, other = await new_allowance(admin, unique), await new_allowance(admin, unique)
    taken = await admin.post("quotas", stated(made))
    renamed = await admin.put(f"quotas/{other['id']}", stated(other) | {"name": made["name"]})
    assert [(one.status_code, one.json()["type"]) for one in (taken, renamed)] == [(409, "/problems/name-taken")] * 2
    for member, value in (("unit", "count"), ("per", "day"), ("shared", True)):
        fixed = await admin.put(f"quotas/{made['id']}", stated(made) | {member: value})
        assert (fixed.status_code, fixed.json()["type"]) == (409, "/problems/allowance-fixed")


@pytest.mark.parametrize(
    "wrong",
    [
        {"unit": "hours"},
        {"per": "year"},
        {"amount": -1},
        {"amount": "180"},
        {"amount": 1.5},
        {"name": " "},
        {"name": "two\nlines"},
        {"kind": ""},
        {"role": "captain"},
        {"person_id": 1, "role": "user"},
        {"person_id": 1, "shared": True},
        {"person_id": 2**62},
        {"surprise": 1},
    ],
)
async def test_what_is_no_allowance_is_refused(admin: Caller, wrong: dict[str, Any]) -> None:
    body = {"name": "never made", "unit": "minutes", "amount": 1, "per": "day", **wrong}
    assert (await admin.post("quotas", body)).status_code == 422


async def test_everybody_whom_it_concerns_sees_what_is_left_on_the_resources_clock(
    admin: Caller, user: Caller, unique: itertools.count
) -> None:
    made = await new_allowance(admin, unique)
    await new_resource(admin, unique, kind=made["kind"], timezone="America/Toronto")
    [one] = await mine(user, made)
    assert one == {
        "allowance": made | {"note": None},
        "granted": 0,
        "held": 0,
        "used": 0,
        "left": 180,
        "period": {"start": "2027-03-01T05:00:00Z", "end": "2027-03-08T05:00:00Z", "timezone": "America/Toronto"},
        "renews_at": "2027-03-08T05:00:00Z",
    }
    [in_rome] = (await user.get("quotas/my", at=AT, tz="Europe/Rome")).json()["items"][:1]
    assert in_rome["renews_at"].endswith("+01:00")
    assert await mine(admin, made) == []


async def test_one_persons_own_is_seen_by_that_person_alone_and_in_place_of_the_roles(
    admin: Caller, user: Caller, other: Caller, unique: itertools.count
) -> None:
    everybodys = await new_allowance(admin, unique)
    own = await new_allowance(admin, unique, kind=everybodys["kind"], person_id=user.id, amount=600)
    assert (await mine(user, everybodys), await mine(other, own)) == ([], [])
    assert [one["left"] for one in (*await mine(user, own), *await mine(other, everybodys))] == [600, 180]


async def test_a_grant_counts_in_its_period_and_is_kept_with_its_reason(
    admin: Caller, user: Caller, unique: itertools.count
) -> None:
    made = await new_allowance(admin, unique)
    grants = f"quotas/{made['id']}/grants"
    given = await admin.post(grants, {"person_id": user.id, "amount": 60, "at": AT, "reason": "Concert"})
    assert given.status_code == 201, given.text
    assert (given.json()["person"]["id"], given.json()["period"]) == (user.id, "week/2027-03-01")
    taken = await admin.post(grants, {"person_id": user.id, "amount": -100, "at": AT, "reason": "Noise"})
    assert taken.status_code == 201, taken.text
    assert [(one["granted"], one["left"]) for one in await mine(user, made)] == [(-40, 140)]
    assert [one["left"] for one in await mine(user, made, "2027-03-10T12:00:00Z")] == [180]
    listed = (await admin.get(grants, limit=1)).json()
    assert [one["reason"] for one in listed["items"]] == ["Noise"]
    second = (await admin.get(grants, cursor=listed["next_cursor"])).json()
    assert [(one["reason"], one["actor"]["id"]) for one in second["items"]] == [("Concert", admin.id)]
    assert second["next_cursor"] is None
    usage = (await admin.get(f"quotas/{made['id']}/usage", at=AT)).json()
    assert [(one["person"]["id"], one["granted"], one["left"]) for one in usage["items"]] == [(user.id, -40, 140)]
    assert usage["together"] == []


async def test_a_grant_of_a_pool_is_everybodys(
    admin: Caller, user: Caller, other: Caller, unique: itertools.count
) -> None:
    pool = await new_allowance(admin, unique, shared=True)
    grants = f"quotas/{pool['id']}/grants"
    assert (await admin.post(grants, {"amount": 60, "at": AT, "reason": "More"})).json()["person"] is None
    assert [one["left"] for caller in (user, other) for one in await mine(caller, pool)] == [240, 240]
    usage = (await admin.get(f"quotas/{pool['id']}/usage", at=AT)).json()
    assert [(one["granted"], one["left"]) for one in usage["together"]] == [(60, 240)]


async def test_a_grant_to_the_wrong_ones_is_refused(
    admin: Caller, user: Caller, other: Caller, unique: itertools.count
) -> None:
    each, pool = await new_allowance(admin, unique), await new_allowance(admin, unique, shared=True)
    own = await new_allowance(admin, unique, person_id=user.id)
    for allowance, person_id, kind in (
        (each, None, "invalid-input"),
        (pool, user.id, "invalid-input"),
        (own, other.id, "invalid-input"),
        (each, 2**62, "unknown-person"),
    ):
        body = {"person_id": person_id, "amount": 1, "at": AT, "reason": "No"}
        refused = await admin.post(f"quotas/{allowance['id']}/grants", body)
        assert (refused.status_code, refused.json()["type"]) == (422, f"/problems/{kind}")
    nothing = await admin.post(f"quotas/{each['id']}/grants", {"person_id": user.id, "amount": 0, "reason": "No"})
    assert nothing.status_code == 422


async def test_an_allowance_of_resources_that_do_not_ask_for_quota_says_so(
    admin: Caller, unique: itertools.count
) -> None:
    room = await new_resource(admin, unique, kind=f"kind {next(unique)}")
    made = await new_allowance(admin, unique, kind=room["kind"])
    assert made["note"] is not None
    assert "(1) asks for quota" in made["note"]


async def test_what_administrators_do_is_in_the_record(admin: Caller, user: Caller, unique: itertools.count) -> None:
    made = await new_allowance(admin, unique)
    await admin.put(f"quotas/{made['id']}", stated(made) | {"amount": 60})
    await admin.post(f"quotas/{made['id']}/grants", {"person_id": user.id, "amount": 5, "at": AT, "reason": "Why not"})
    await admin.delete(f"quotas/{made['id']}")
    async with asyncio.timeout(PATIENCE_SECONDS):
        entries: list[dict[str, Any]] = []
        while len(entries) < 4:
            entries = (await admin.get("audit", subject=f"allowance/{made['id']}")).json()["items"]
    assert [one["type"].split(".")[2] for one in reversed(entries)] == [
        "allowance_set",
        "allowance_set",
        "quota_granted",
        "allowance_removed",
    ]
    assert {one["actor"]["id"] for one in entries} == {admin.id}
    assert (entries[2]["before"], entries[2]["after"]) == ({"amount": 180}, {"amount": 60})
    assert (entries[1]["before"], entries[1]["after"]) == ({"granted": 0}, {"granted": 5})


async def test_pages_of_allowances_go_by_name(admin: Caller, unique: itertools.count) -> None:
    made = {(await new_allowance(admin, unique))["name"] for _ in range(3)}
    found: list[str] = []
    cursor: str | None = None
    while True:
        page = (await admin.get("quotas", limit=2, **({"cursor": cursor} if cursor else {}))).json()
        found += [one["name"] for one in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert found == sorted(found)
    assert len(found) == len(set(found))
    assert made <= set(found)


@pytest.mark.parametrize("path", ["quotas", "quotas/1", "quotas/1/usage", "quotas/1/grants"])
async def test_what_is_set_for_others_is_for_administrators(user: Caller, path: str) -> None:
    assert (await user.get(path)).status_code == 403
