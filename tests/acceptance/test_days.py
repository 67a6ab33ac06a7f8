"""Terms and holidays over HTTP: set at a site, and holding for all that is below it."""

import itertools
from typing import Any

import pytest

from tests.acceptance.conftest import Caller
from tests.acceptance.test_catalog import new_site

SPRING = {"name": "Spring", "first_day": "2027-03-01", "last_day": "2027-06-30"}
AUTUMN = {"name": "Autumn", "first_day": "2027-09-01", "last_day": "2028-01-31"}

both = pytest.mark.parametrize("many", ["terms", "holidays"])


@both
async def test_days_hold_for_the_sites_below(admin: Caller, user: Caller, unique: itertools.count, many: str) -> None:
    campus = await new_site(admin, unique)
    house = await new_site(admin, unique, parent_id=campus["id"])
    above = await admin.post(f"sites/{campus['id']}/{many}", AUTUMN)
    assert above.status_code == 201, above.text
    own = (await admin.post(f"sites/{house['id']}/{many}", SPRING)).json()
    assert own == {"id": own["id"], "site_id": house["id"], **SPRING, "inherited": False}
    listed = await user.get(f"sites/{house['id']}/{many}")
    assert listed.json() == {"items": [own, {**above.json(), "inherited": True}], "next_cursor": None}
    assert (await user.get(f"sites/{campus['id']}/{many}")).json()["items"] == [above.json()]


async def test_a_site_has_terms_apart_from_its_holidays(admin: Caller, unique: itertools.count) -> None:
    path = f"sites/{(await new_site(admin, unique))['id']}"
    term = (await admin.post(f"{path}/terms", SPRING)).json()
    assert (await admin.get(f"{path}/holidays")).json()["items"] == []
    holiday = (await admin.post(f"{path}/holidays", SPRING)).json()
    assert (await admin.delete(f"{path}/holidays/{holiday['id']}")).status_code == 204
    assert (await admin.get(f"{path}/terms")).json()["items"] == [term]


@both
@pytest.mark.parametrize("refused", [{"post": SPRING}, {"put": SPRING}, {"delete": None}])
async def test_only_administrators_set_days(
    admin: Caller, user: Caller, unique: itertools.count, many: str, refused: dict[str, Any]
) -> None:
    path = f"sites/{(await new_site(admin, unique))['id']}/{many}"
    made = (await admin.post(path, AUTUMN)).json()
    [(verb, body)] = refused.items()
    where = path if verb == "post" else f"{path}/{made['id']}"
    answer = await getattr(user, verb)(where, *([body] if body else []))
    assert answer.status_code == 403
    assert (await admin.get(path)).json()["items"] == [made]


@pytest.mark.parametrize(("many", "unknown"), [("terms", "unknown-term"), ("holidays", "unknown-holiday")])
async def test_days_are_replaced_and_removed(admin: Caller, unique: itertools.count, many: str, unknown: str) -> None:
    site = await new_site(admin, unique)
    path = f"sites/{site['id']}/{many}"
    made = (await admin.post(path, SPRING)).json()
    longer = {**SPRING, "last_day": "2027-07-15"}
    assert (await admin.put(f"{path}/{made['id']}", longer)).json() == {**made, **longer}
    assert (await admin.get(path)).json()["items"] == [{**made, **longer}]
    assert (await admin.delete(f"{path}/{made['id']}")).status_code == 204
    again = [await admin.delete(f"{path}/{made['id']}"), await admin.put(f"{path}/{made['id']}", SPRING)]
    assert [(one.status_code, one.json()["type"]) for one in again] == [(404, f"/problems/{unknown}")] * 2
    assert (await admin.get(path)).json()["items"] == []


async def test_terms_of_one_site_share_neither_days_nor_a_name(admin: Caller, unique: itertools.count) -> None:
    site = await new_site(admin, unique)
    path = f"sites/{site['id']}/terms"
    await admin.post(path, SPRING)
    autumn = (await admin.post(path, AUTUMN)).json()
    refused = [
        await admin.post(path, {**SPRING, "name": "Late", "first_day": "2027-06-30", "last_day": "2027-07-30"}),
        await admin.put(f"{path}/{autumn['id']}", {**AUTUMN, "first_day": "2027-06-01"}),
        await admin.post(path, {**SPRING, "first_day": "2029-03-01", "last_day": "2029-06-30"}),
    ]
    kinds = [(one.status_code, one.json()["type"].removeprefix("/problems/")) for one in refused]
    assert kinds == [(409, "term-overlap"), (409, "term-overlap"), (409, "name-taken")]


async def test_a_holiday_comes_again_each_year_and_once_a_day(admin: Caller, unique: itertools.count) -> None:
    path = f"sites/{(await new_site(admin, unique))['id']}/holidays"
    answers = [await admin.post(path, {"name": "May Day", "first_day": f"{year}-05-01"}) for year in (2027, 2028, 2027)]
    assert [one.status_code for one in answers] == [201, 201, 409]
    assert answers[2].json()["type"] == "/problems/name-taken"
    assert answers[0].json()["last_day"] == "2027-05-01"


@both
@pytest.mark.parametrize(
    "wrong",
    [
        {"last_day": "2027-02-28"},
        {"first_day": "soon"},
        {"first_day": 20270301},
        {"first_day": "2027-03-01T00:00:00Z"},
        {"first_day": None},
        {"name": ""},
        {"name": " Spring"},
        {"colour": "green"},
    ],
)
async def test_what_is_no_stretch_of_days_is_refused(
    admin: Caller, unique: itertools.count, many: str, wrong: dict[str, Any]
) -> None:
    site = await new_site(admin, unique)
    answer = await admin.post(f"sites/{site['id']}/{many}", {**SPRING, **wrong})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-input")


async def test_a_term_without_a_last_day_is_refused(admin: Caller, unique: itertools.count) -> None:
    site = await new_site(admin, unique)
    for endless in ({}, {"last_day": None}):
        answer = await admin.post(f"sites/{site['id']}/terms", {"name": "S", "first_day": "2027-03-01", **endless})
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-input")


@both
async def test_a_site_with_days_alone_is_empty(admin: Caller, unique: itertools.count, many: str) -> None:
    site = await new_site(admin, unique)
    await admin.post(f"sites/{site['id']}/{many}", SPRING)
    assert (await admin.delete(f"sites/{site['id']}")).status_code == 204
    assert (await admin.get(f"sites/{site['id']}/{many}")).status_code == 404
