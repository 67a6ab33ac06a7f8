"""What a reservation waits for, and who approves it: set and inherited as every rule is."""

import itertools

import httpx

from tests.acceptance.conftest import Caller, register
from tests.acceptance.test_catalog import new_resource, new_site


async def effective(caller: Caller, path: str) -> dict:
    return (await caller.get(f"{path}/policy")).json()["effective"]


async def test_what_a_reservation_waits_for_is_inherited_member_by_member(
    admin: Caller, user: Caller, unique: itertools.count
) -> None:
    site = await new_site(admin, unique)
    floor = await new_site(admin, unique, parent_id=site["id"])
    room = await new_resource(admin, unique, site_id=floor["id"])
    own = {
        "confirmations": ["payment", "approval", "payment"],
        "confirmation_seconds_max": 120,
        "approvers": [user.id, admin.id, user.id],
        "approval_hours_max": 24,
        "escalates_to": [admin.id],
        "payment_minutes_max": 45,
        "early_minutes": 0,
        "no_show_minutes": 10,
    }
    kept = {**own, "confirmations": ["approval", "payment"], "approvers": sorted([user.id, admin.id])}
    answer = await admin.put(f"sites/{site['id']}/policy", own)
    assert answer.status_code == 200, answer.text
    assert answer.json()["own"] == kept
    await admin.put(f"resources/{room['id']}/policy", {"confirmations": ["quota"], "no_show_minutes": 30})
    held = await effective(user, f"resources/{room['id']}")
    assert {name: held[name] for name in kept} == {**kept, "confirmations": ["quota"], "no_show_minutes": 30}


async def test_an_empty_list_takes_the_place_of_an_inherited_one_and_null_does_not(
    admin: Caller, user: Caller, unique: itertools.count
) -> None:
    site = await new_site(admin, unique)
    room = await new_resource(admin, unique, site_id=site["id"])
    above = {"confirmations": ["access"], "approvers": [user.id], "no_show_minutes": 10}
    await admin.put(f"sites/{site['id']}/policy", above)
    answer = await admin.put(
        f"resources/{room['id']}/policy", {"confirmations": [], "approvers": None, "no_show_minutes": None}
    )
    assert answer.json()["own"] == {"confirmations": []}
    held = answer.json()["effective"]
    assert (held["confirmations"], held["approvers"], held["no_show_minutes"]) == ([], [user.id], 10)


async def test_only_active_persons_can_be_named(
    berth: httpx.AsyncClient, admin: Caller, unique: itertools.count
) -> None:
    room = await new_resource(admin, unique)
    path = f"resources/{room['id']}"
    leaver = await register(berth, "leaver")
    await admin.put(f"{path}/policy", {"approvers": [leaver.id]})
    assert (await admin.patch(f"users/{leaver.id}", {"active": False})).status_code == 200
    unknown = 2**62
    for wrong, strangers in (
        ({"approvers": [admin.id, leaver.id]}, [leaver.id]),
        ({"escalates_to": [unknown]}, [unknown]),
    ):
        refused = await admin.put(f"{path}/policy", wrong)
        assert (refused.status_code, refused.json()["type"]) == (422, "/problems/unknown-approver")
        assert refused.json()["person_ids"] == strangers
    assert (await effective(admin, path))["approvers"] == [leaver.id]


async def test_importing_what_was_exported_leaves_every_rule_as_it_was(
    admin: Caller, user: Caller, unique: itertools.count
) -> None:
    room = await new_resource(admin, unique)
    path = f"resources/{room['id']}"
    rules = {"confirmations": ["approval"], "approvers": [user.id], "escalates_to": [], "no_show_minutes": 15}
    before = (await admin.put(f"{path}/policy", rules)).json()
    sheet = await admin.get("resources/export")
    done = await admin.post("resources/import", content=sheet.content, headers={"Content-Type": "text/csv"})
    assert (done.status_code, done.json()["updated"]) == (200, 0), done.text
    assert (await admin.get(f"{path}/policy")).json() == before
