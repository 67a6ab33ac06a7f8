"""The terms and the holidays of a site in the browser: added, changed, removed, and inherited by the sites below."""

from itertools import count

import pytest

from tests.acceptance.conftest import Caller
from tests.web.conftest import DEVICES, Open
from tests.web.world import made

_sites = count(1)


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize(("many", "one"), [("terms", "term"), ("holidays", "holiday")])
async def test_the_days_of_a_site_are_added_changed_and_removed(
    device: str, many: str, one: str, open_browser: Open, admin: Caller
) -> None:
    campus = made(await admin.post("sites", {"name": f"Days {device} {next(_sites)}", "kind": "campus"}))["id"]
    below = made(await admin.post("sites", {"name": "Below", "kind": "building", "parent_id": campus}))["id"]
    visit = await open_browser(device)
    page = visit.page
    await visit.enter(admin, f"/administration/sites/{campus}?part={many}")
    await page.get_by_role("heading", name=f"No {many}").wait_for()
    await page.get_by_role("button", name=f"New {one}").click()
    await page.get_by_role("button", name="Save").click()
    assert await page.get_by_text("This is needed.").count() == (3 if many == "terms" else 2)
    await page.get_by_label("Name").fill("Spring")
    await page.get_by_label("First day").fill("2027-03-01")
    await page.get_by_label("Last day").fill("2027-06-30")
    await page.get_by_role("button", name="Save").click()
    row = page.get_by_role("row").filter(has_text="Spring")
    await row.get_by_role("button", name="Change").click()
    await page.get_by_label("Last day").fill("2027-07-15")
    await page.get_by_role("button", name="Save").click()
    await row.get_by_text("15 Jul 2027").wait_for()
    await visit.picture(f"days-{many}-{device}")
    assert await visit.violations() == []
    await visit.go(f"/administration/sites/{below}?part={many}")
    await row.get_by_text("Inherited").wait_for()
    await visit.picture(f"inherited-{many}-{device}")
    assert await row.get_by_role("button").count() == 0
    await visit.go(f"/administration/sites/{campus}?part={many}")
    await row.get_by_role("button", name="Remove").click()
    await page.get_by_role("dialog").get_by_role("button", name=f"Remove the {one}").click()
    await page.get_by_role("heading", name=f"No {many}").wait_for()
    assert (await admin.get(f"sites/{campus}/{many}")).json()["items"] == []
