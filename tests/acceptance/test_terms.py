"""Terms over HTTP: set at a site, and holding for all that is below it."""

import itertools
from typing import Any

import pytest

from tests.acceptance.conftest import Caller
from tests.acceptance.test_catalog import new_site

SPRING = {"name": "Spring", "first_day": "2027-03-01", "last_day": "2027-06-30"}
AUTUMN = {"name": "Autumn", "first_day": "2027-09-01", "last_day": "2028-01-31"}


async def test_terms_hold_for_the_sites_below(admin: Caller, user: Caller, unique: itertools.count) -> None:
    campus = await new_site(admin, unique)
    house = await new_site(admin, unique, parent_id=campus["id"])
    above = await admin.post(f"sites/{campus['id']}/terms", AUTUMN)
    assert above.status_code == 201, above.text
    own = (await admin.post(f"sites/{house['id']}/terms", SPRING)).json()
    assert own == {"id": own["id"], "site_id": house["id"], **SPRING, "inherited": False}
    listed = await user.get(f"sites/{house['id']}/terms")
    assert listed.json() == {"items": [own, {**above.json(), "inherited": True}], "next_cursor": None}
    assert (await user.get(f"sites/{campus['id']}/terms")).json()["items"] == [above.json()]


async def test_a_term_is_replaced_and_removed(admin: Caller, unique: itertools.count) -> None:
    site = await new_site(admin, unique)
    path = f"sites/{site['id']}/terms"
    term = (await admin.post(path, SPRING)).json()
    longer = {**SPRING, "last_day": "2027-07-15"}
    assert (await admin.put(f"{path}/{term['id']}", longer)).json() == {**term, **longer}
    assert (await admin.get(path)).json()["items"] == [{**term, **longer}]
    assert (await admin.delete(f"{path}/{term['id']}")).status_code == 204
    again = [await admin.delete(f"{path}/{term['id']}"), await admin.put(f"{path}/{term['id']}", SPRING)]
    assert [(one.status_code, one.json()["type"]) for one in again] == [(404, "/problems/unknown-term")] * 2
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
async def test_what_is_no_term_is_refused(admin: Caller, unique: itertools.count, wrong: dict[str, Any]) -> None:
    site = await new_site(admin, unique)
    answer = await admin.post(f"sites/{site['id']}/terms", {**SPRING, **wrong})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-input")


async def test_a_site_with_terms_alone_is_empty(admin: Caller, unique: itertools.count) -> None:
    site = await new_site(admin, unique)
    await admin.post(f"sites/{site['id']}/terms", SPRING)
    assert (await admin.delete(f"sites/{site['id']}")).status_code == 204
    assert (await admin.get(f"sites/{site['id']}/terms")).status_code == 404
