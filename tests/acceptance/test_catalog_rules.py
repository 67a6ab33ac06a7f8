"""Policies and opening hours over HTTP: set where they are meant, and inherited below."""

import itertools

from tests.acceptance.conftest import Caller
from tests.acceptance.test_catalog import new_resource, new_site

NO_LIMIT = {
    "minutes_min": None,
    "minutes_max": None,
    "granularity_minutes": None,
    "lead_minutes_min": None,
    "horizon_days_max": None,
    "setup_minutes": 0,
    "teardown_minutes": 0,
    "reservable_by": ["user", "admin"],
    "confirmations": [],
    "confirmation_seconds_max": 60,
    "approvers": [],
    "approval_hours_max": 48,
    "escalates_to": [],
    "payment_minutes_max": 30,
    "early_minutes": 15,
    "no_show_minutes": None,
}

HOURS = {"weekly": {"monday": [["13:00", "20:00"], ["08:00", "12:00"]]}, "exceptions": {"2027-04-05": []}}


async def test_a_new_resource_is_open_at_all_hours_and_has_no_limit(
    admin: Caller, user: Caller, unique: itertools.count
) -> None:
    room = await new_resource(admin, unique)
    assert (await user.get(f"resources/{room['id']}/policy")).json() == {"own": {}, "effective": NO_LIMIT}
    assert (await user.get(f"resources/{room['id']}/opening-hours")).json() == {"own": None, "effective": None}


async def test_a_policy_is_inherited_member_by_member(admin: Caller, user: Caller, unique: itertools.count) -> None:
    site = await new_site(admin, unique)
    room = await new_resource(admin, unique, site_id=site["id"])
    await admin.put(f"sites/{site['id']}/policy", {"minutes_max": 120, "reservable_by": ["guest", "user"]})
    answer = await admin.put(f"resources/{room['id']}/policy", {"minutes_max": 60, "setup_minutes": 10})
    assert answer.json() == {
        "own": {"minutes_max": 60, "setup_minutes": 10},
        "effective": {**NO_LIMIT, "minutes_max": 60, "setup_minutes": 10, "reservable_by": ["guest", "user"]},
    }
    assert (await user.get(f"resources/{room['id']}/policy")).json() == answer.json()
    assert (await admin.delete(f"resources/{room['id']}/policy")).status_code == 204
    assert (await user.get(f"resources/{room['id']}/policy")).json()["effective"]["minutes_max"] == 120
    assert (await user.get(f"sites/{site['id']}/policy")).json()["own"] == {
        "minutes_max": 120,
        "reservable_by": ["guest", "user"],
    }


async def test_rules_that_contradict_are_refused_wherever_they_are_set(admin: Caller, unique: itertools.count) -> None:
    site, elsewhere = await new_site(admin, unique), await new_site(admin, unique)
    room = await new_resource(admin, unique, site_id=site["id"])
    await admin.put(f"sites/{site['id']}/policy", {"minutes_min": 60})
    await admin.put(f"sites/{elsewhere['id']}/policy", {"minutes_max": 30})
    refused = [
        await admin.put(f"resources/{room['id']}/policy", {"minutes_min": 20, "minutes_max": 10}),
        await admin.put(f"resources/{room['id']}/policy", {"minutes_max": 30}),
        await admin.put(f"sites/{site['id']}/policy", {"minutes_min": 60, "minutes_max": 30}),
        await admin.patch(f"sites/{site['id']}", {"parent_id": elsewhere["id"]}),
    ]
    await admin.put(f"resources/{room['id']}/policy", {"minutes_min": 45})
    refused.append(await admin.patch(f"resources/{room['id']}", {"site_id": elsewhere["id"]}))
    refused.append(await admin.put(f"sites/{site['id']}/policy", {"minutes_max": 30}))
    for answer in refused:
        assert answer.status_code == 422
        assert "minutes_min" in answer.json()["detail"]
        assert "minutes_max" in answer.json()["detail"]


async def test_members_out_of_bounds_are_refused(admin: Caller, unique: itertools.count) -> None:
    room = await new_resource(admin, unique)
    for wrong in (
        {"minutes_min": 0},
        {"minutes_max": 525_601},
        {"granularity_minutes": 1441},
        {"lead_minutes_min": -1},
        {"horizon_days_max": 3651},
        {"setup_minutes": 1441},
        {"setup_minutes": False},
        {"reservable_by": ["owner"]},
        {"minutes": 5},
        {"confirmations": ["goodwill"]},
        {"confirmation_seconds_max": 4},
        {"confirmation_seconds_max": 3601},
        {"approvers": [1] * 51},
        {"approvers": ["1"]},
        {"escalates_to": [0]},
        {"approval_hours_max": 721},
        {"approval_hours_max": 0},
        {"payment_minutes_max": 10_081},
        {"early_minutes": -1},
        {"early_minutes": 1441},
        {"no_show_minutes": 0},
        {"no_show_minutes": 1441},
    ):
        assert (await admin.put(f"resources/{room['id']}/policy", wrong)).status_code == 422, wrong


async def test_opening_hours_are_inherited_as_a_whole(admin: Caller, user: Caller, unique: itertools.count) -> None:
    site = await new_site(admin, unique)
    room = await new_resource(admin, unique, site_id=site["id"])
    set_on_site = (await admin.put(f"sites/{site['id']}/opening-hours", HOURS)).json()
    assert set_on_site["own"]["weekly"]["monday"] == [["08:00", "12:00"], ["13:00", "20:00"]]
    assert set_on_site["own"]["weekly"]["sunday"] == []
    assert set_on_site["own"]["exceptions"] == {"2027-04-05": []}
    inherited = (await user.get(f"resources/{room['id']}/opening-hours")).json()
    assert inherited == {"own": None, "effective": set_on_site["own"]}
    own = (
        await admin.put(f"resources/{room['id']}/opening-hours", {"weekly": {"sunday": [["00:00", "24:00"]]}})
    ).json()
    assert own["effective"] == own["own"]
    assert own["effective"]["weekly"]["monday"] == []
    assert own["effective"]["exceptions"] == {}
    assert (await admin.delete(f"resources/{room['id']}/opening-hours")).status_code == 204
    assert (await user.get(f"resources/{room['id']}/opening-hours")).json() == inherited


async def test_what_is_no_opening_hour_is_refused_with_a_sentence(admin: Caller, unique: itertools.count) -> None:
    room = await new_resource(admin, unique)
    answer = await admin.put(
        f"resources/{room['id']}/opening-hours", {"weekly": {"friday": [["08:00", "12:00"], ["11:00", "13:00"]]}}
    )
    assert answer.status_code == 422
    assert "friday: 08:00-12:00 and 11:00-13:00 overlap" in answer.json()["detail"]
    for wrong in ({}, {"weekly": {"someday": []}}, {"weekly": {}, "exceptions": {"soon": []}}, {"weekly": []}):
        assert (await admin.put(f"resources/{room['id']}/opening-hours", wrong)).status_code == 422
