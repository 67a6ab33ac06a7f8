"""Finding: the filters are the address, and what is found is reserved from a list."""

import pytest
from playwright.async_api import expect

from tests.acceptance.conftest import Caller
from tests.web.conftest import DEVICES, SCHEMES, Open
from tests.web.finding.conftest import Harbour, block, reserve


@pytest.mark.parametrize("device", DEVICES)
async def test_filters_are_the_address_and_the_way_back(
    device: str, open_browser: Open, ada: Caller, harbour: Harbour
) -> None:
    visit = await open_browser(device)
    page = visit.page
    await visit.enter(ada, f"/find?view=list&site={harbour.site_id}")
    if device == "phone":
        await page.get_by_role("button", name="Filters (1)").click()
    small, _, large = harbour.names
    await page.get_by_role("heading", name=small).wait_for()
    await page.get_by_label("For how many people").fill("10")
    await page.get_by_role("heading", name=small).wait_for(state="detached")
    assert "capacity=10" in page.url
    await page.get_by_label("What are you looking for?").fill("no such thing")
    await page.get_by_role("heading", name="Nothing fits").wait_for()
    await page.get_by_role("button", name="Look for everything").click()
    await page.get_by_role("heading", name=small).wait_for()
    await page.go_back()
    await page.get_by_role("heading", name="Nothing fits").wait_for()
    await visit.go(f"/find?view=list&site={harbour.site_id}&capacity=10")
    await page.get_by_role("heading", name=large).wait_for()
    assert await page.get_by_role("article").count() == 1


async def test_a_window_leaves_what_is_free_and_is_what_is_reserved(
    open_browser: Open, ada: Caller, admin: Caller, harbour: Harbour
) -> None:
    await reserve(admin, harbour.rooms[0], harbour.at(9), harbour.at(10), "Theirs")
    visit = await open_browser()
    page = visit.page
    await visit.enter(ada, f"/find?view=list&site={harbour.site_id}")
    await page.get_by_role("heading", name=harbour.names[0]).wait_for()
    await page.get_by_label("Free on").fill(harbour.day)
    await page.get_by_role("search").get_by_label("From").fill("09:30")
    await page.get_by_role("search").get_by_label("Until").fill("10:30")
    await page.get_by_role("heading", name=harbour.names[0]).wait_for(state="detached")
    await page.get_by_role("button", name=f"Reserve {harbour.names[1]}").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_label("From")).to_have_value("09:30")
    await dialog.get_by_role("button", name="Reserve").click()
    await page.get_by_text("Reserved.").wait_for()
    await page.get_by_role("heading", name=harbour.names[1]).wait_for(state="detached")


async def test_what_has_to_be_approved_says_what_it_waits_for(
    open_browser: Open, ada: Caller, admin: Caller, harbour: Harbour
) -> None:
    policy = await admin.put(f"resources/{harbour.rooms[0]}/policy", {"confirmations": ["approval"]})
    assert policy.status_code == 200, policy.text
    visit = await open_browser()
    page = visit.page
    await visit.enter(ada, f"/find?view=list&site={harbour.site_id}&from={harbour.at(9)}&until={harbour.at(10)}")
    await page.get_by_role("button", name=f"Reserve {harbour.names[0]}").click()
    await page.get_by_role("dialog").get_by_role("button", name="Reserve").click()
    await page.get_by_text("Somebody who approves it").wait_for()
    assert await visit.violations() == []
    await page.get_by_role("button", name="Good").click()
    await visit.go(harbour.find())
    await expect(block(visit, "Waiting")).to_have_attribute("data-kind", "pending")


async def test_an_administrator_reserves_several_things_for_somebody(
    open_browser: Open, ada: Caller, admin: Caller, harbour: Harbour
) -> None:
    visit = await open_browser()
    page = visit.page
    await visit.enter(admin, f"/find?view=list&site={harbour.site_id}&from={harbour.at(9)}&until={harbour.at(10)}")
    await page.get_by_role("button", name=f"Reserve {harbour.names[0]}").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("What").fill(harbour.names[2])
    await page.get_by_role("option", name=harbour.names[2]).click()
    await dialog.get_by_label("For whom").click()
    await dialog.get_by_label("For whom").fill(ada.username)
    await page.get_by_role("option", name=ada.username).click()
    await dialog.get_by_role("button", name="Reserve").click()
    await page.get_by_text("Reserved.").wait_for()
    [made] = (await ada.get("reservations/my")).json()["items"]
    assert sorted(one["id"] for one in made["resources"]) == [harbour.rooms[0], harbour.rooms[2]]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("device", DEVICES)
async def test_the_list_is_for_everybody(
    device: str, scheme: str, open_browser: Open, ada: Caller, harbour: Harbour
) -> None:
    visit = await open_browser(device, scheme)
    await visit.enter(ada, f"/find?view=list&site={harbour.site_id}")
    await visit.page.get_by_role("heading", name=harbour.names[0]).wait_for()
    assert await visit.violations() == []
    await visit.page.get_by_role("button", name=f"Reserve {harbour.names[0]}").click()
    await visit.page.get_by_role("dialog").get_by_label("Title").wait_for()
    assert await visit.violations() == []
