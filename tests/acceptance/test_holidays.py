"""Holidays over HTTP: set at a site, and holding for all that is below it."""

import itertools
from typing import Any

import pytest

from tests.acceptance.conftest import Caller
from tests.acceptance.test_catalog import new_site

EASTER = {"name": "Easter Monday", "first_day": "2027-03-29", "last_day": "2027-03-29"}
BREAK = {"name": "Winter break", "first_day": "2027-12-24", "last_day": "2028-01-06"}


async def test_holidays_hold_for_the_sites_below(admin: Caller, user: Caller, unique: itertools.count) -> None:
    campus = await new_site(admin, unique)
    house = await new_site(admin, unique, parent_id=campus["id"])
    above = await admin.post(f"sites/{campus['id']}/holidays", BREAK)
    assert above.status_code == 201, above.text
    one_day = {"name": EASTER["name"], "first_day": EASTER["first_day"]}
    own = (await admin.post(f"sites/{house['id']}/holidays", one_day)).json()
    assert own == {"id": own["id"], "site_id": house["id"], **EASTER, "inherited": False}
    listed = await user.get(f"sites/{house['id']}/holidays")
    assert listed.json() == {"items": [own, {**above.json(), "inherited": True}], "next_cursor": None}
    assert (await user.get(f"sites/{campus['id']}/holidays")).json()["items"] == [above.json()]


async def test_a_holiday_is_replaced_and_removed(admin: Caller, unique: itertools.count) -> None:
    site = await new_site(admin, unique)
    path = f"sites/{site['id']}/holidays"
    holiday = (await admin.post(path, BREAK)).json()
    shorter = {**BREAK, "last_day": "2028-01-02"}
    assert (await admin.put(f"{path}/{holiday['id']}", shorter)).json() == {**holiday, **shorter}
    assert (await admin.get(path)).json()["items"] == [{**holiday, **shorter}]
    assert (await admin.delete(f"{path}/{holiday['id']}")).status_code == 204
    again = [await admin.delete(f"{path}/{holiday['id']}"), await admin.put(f"{path}/{holiday['id']}", BREAK)]
    assert [(one.status_code, one.json()["type"]) for one in again] == [(404, "/problems/unknown-holiday")] * 2
    assert (await admin.get(path)).json()["items"] == []


async def test_a_holiday_comes_again_each_year_and_once_a_day(admin: Caller, unique: itertools.count) -> None:
    path = f"sites/{(await new_site(admin, unique))['id']}/holidays"
    answers = [await admin.post(path, {"name": "May Day", "first_day": f"{year}-05-01"}) for year in (2027, 2028, 2027)]
    assert [one.status_code for one in answers] == [201, 201, 409]
    assert answers[2].json()["type"] == "/problems/name-taken"


@pytest.mark.parametrize(
    "wrong", [{"last_day": "2027-03-28"}, {"first_day": "soon"}, {"first_day": None}, {"name": ""}, {"colour": "green"}]
)
async def test_what_is_no_holiday_is_refused(admin: Caller, unique: itertools.count, wrong: dict[str, Any]) -> None:
    site = await new_site(admin, unique)
    answer = await admin.post(f"sites/{site['id']}/holidays", {**EASTER, **wrong})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-input")
