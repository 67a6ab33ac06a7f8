"""What administrators do in the browser: resources and rules, people, quotas and prices, the record, the system."""

from itertools import count

import pytest
import pytest_asyncio

from tests.acceptance.conftest import Caller
from tests.web.conftest import DEVICES, Open, Visit

_number = count(1)


@pytest_asyncio.fixture(loop_scope="session")
async def office(open_browser: Open, admin: Caller):
    """Opens the administration on a device."""

    async def open_one(device: str, path: str) -> Visit:
        visit = await open_browser(device)
        await visit.sign_in(admin)
        await visit.go(f"/administration{path}")
        return visit

    return open_one


@pytest.mark.parametrize("device", DEVICES)
async def test_a_site_and_a_resource_are_made_and_the_resource_is_retired_and_brought_back(
    device: str, office, admin: Caller
) -> None:
    number = next(_number)
    visit = await office(device, "/resources")
    page = visit.page
    await page.get_by_role("button", name="New site").click()
    await page.get_by_role("button", name="Make the site").click()
    await page.get_by_text("This is needed.").wait_for()
    await page.get_by_role("dialog").get_by_label("Name").fill(f"Harbour {number}")
    await page.get_by_role("button", name="Make the site").click()
    await page.get_by_role("button", name=f"Harbour {number}").click()
    await page.get_by_role("button", name="New resource").first.click()
    dialog = page.get_by_role("dialog", name="New resource")
    await dialog.get_by_role("textbox", name="Name", exact=True).fill(f"Boat {number}")
    await dialog.get_by_role("textbox", name="Kind", exact=True).fill("boat")
    await dialog.get_by_role("button", name="Make the resource").click()
    await page.get_by_text("neither the resource nor", exact=False).or_(page.get_by_role("alert")).first.wait_for()
    await dialog.get_by_label("Time zone").fill("Europe/Rome")
    await page.get_by_role("option", name="Europe/Rome").click()
    await dialog.get_by_role("button", name="Make the resource").click()
    visit.forgive("422")
    await page.get_by_role("heading", name=f"Boat {number}").wait_for()
    await visit.picture(f"administration-resource-{device}")
    await page.get_by_role("button", name="Retire").click()
    await page.get_by_role("button", name="Retire it").click()
    await page.get_by_role("button", name="Undo").click()
    await page.get_by_role("button", name="Retire", exact=True).wait_for()
    found = (await admin.get("resources", text=f"Boat {number}")).json()["items"]
    assert [one["retired"] for one in found] == [False]
    await visit.go("/administration/resources")
    await page.get_by_label("Search", exact=True).fill(f"Boat {number}")
    await page.get_by_role("link", name=f"Boat {number}", exact=True).wait_for()
    await visit.picture(f"administration-resources-{device}")


@pytest.mark.parametrize("device", DEVICES)
async def test_hours_and_rules_are_set_and_what_is_not_saved_is_not_lost_unasked(
    device: str, office, admin: Caller, room: int
) -> None:
    visit = await office(device, f"/resources/{room}?part=rules")
    page = visit.page
    longest = page.get_by_label("At most this long")
    await longest.fill("90")
    await page.get_by_role("link", name="Resources and sites").click()
    await page.get_by_role("button", name="Stay here").click()
    await page.get_by_role("button", name="Save the rules").click()
    await page.get_by_text("The rules are saved.", exact=False).wait_for()
    assert (await admin.get(f"resources/{room}/policy")).json()["own"]["minutes_max"] == 90
    await visit.picture(f"administration-rules-{device}")
    await longest.fill("")
    await page.get_by_role("button", name="Save the rules").click()
    await page.get_by_text("No greatest length").wait_for()
    await page.get_by_role("tab", name="Opening hours").click()
    await page.get_by_role("button", name="Set own hours").click()
    await page.get_by_role("button", name="Saturday: add hours").click()
    await page.get_by_role("button", name="Save the hours").click()
    await page.get_by_text("The opening hours are saved.").wait_for()
    hours = (await admin.get(f"resources/{room}/opening-hours")).json()["own"]["weekly"]
    assert (hours["saturday"], hours["sunday"]) == ([["08:00", "18:00"]], [])
    await visit.picture(f"administration-hours-{device}")
    assert (await admin.delete(f"resources/{room}/opening-hours")).status_code == 204


@pytest.mark.parametrize("device", DEVICES)
async def test_a_csv_file_is_looked_at_before_anything_is_stored(device: str, office, admin: Caller) -> None:
    name = f"Desk {next(_number)}"
    visit = await office(device, "/import")
    page = visit.page
    field = page.locator("input[type=file]")
    await field.set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": b"name,kind,timezone\n,desk,UTC\n"})
    await page.get_by_text("Some rows cannot be taken").wait_for()
    visit.forgive("422")
    await visit.picture(f"administration-import-bad-{device}")
    good = f"name,kind,timezone\n{name},desk,UTC\n".encode()
    await field.set_input_files({"name": "b.csv", "mimeType": "text/csv", "buffer": good})
    await page.get_by_role("button", name="Import", exact=True).click()
    await page.get_by_text("Imported").wait_for()
    assert len((await admin.get("resources", text=name)).json()["items"]) == 1


@pytest.mark.parametrize("device", DEVICES)
async def test_an_account_is_made_deactivated_and_activated_again(device: str, office, admin: Caller) -> None:
    username = f"newcomer-{next(_number)}"
    visit = await office(device, "/people")
    page = visit.page
    await page.get_by_role("button", name="New account").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Username").fill(username)
    await dialog.get_by_label("E-mail address").fill(f"{username}@example.org")
    await dialog.get_by_label("First password").fill("brass-kettle-94-moor")
    await dialog.get_by_role("button", name="Make the account").click()
    await page.get_by_text("The account is there.").wait_for()
    await page.get_by_label("Search").fill(username)
    await page.get_by_role("button", name=f"Change {username}").click()
    await page.get_by_role("button", name="Deactivate", exact=True).click()
    await page.get_by_role("button", name="Deactivate the account").click()
    await page.get_by_role("button", name="Undo").click()
    await page.get_by_role("cell", name="May sign in").or_(page.get_by_text("May sign in")).first.wait_for()
    await visit.picture(f"administration-people-{device}")
    [one] = (await admin.get("users", text=username)).json()["items"]
    assert one["active"]


@pytest.mark.parametrize("device", DEVICES)
async def test_a_quota_is_set_and_more_of_it_is_granted(device: str, office, admin: Caller, ada: Caller) -> None:
    name = f"Studio hours {next(_number)}"
    visit = await office(device, "/quotas")
    page = visit.page
    await page.get_by_role("button", name="New quota").first.click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Name").fill(name)
    await dialog.get_by_label("How much").fill("3")
    await dialog.get_by_label("Only this kind").fill("studio")
    await dialog.get_by_role("button", name="Save").click()
    await page.get_by_role("link", name=name).click()
    await page.get_by_role("button", name="Grant more").click()
    await page.get_by_role("dialog").get_by_label("For", exact=True).fill(ada.username)
    await page.get_by_role("option", name=ada.username).first.click()
    await page.get_by_label("How much more").fill("2")
    await page.get_by_label("Reason").fill("Concert")
    await page.get_by_role("button", name="Grant it").click()
    await page.get_by_text("Concert").wait_for()
    await visit.picture(f"administration-quota-{device}")


@pytest.mark.parametrize("device", DEVICES)
async def test_a_price_is_set_and_removed(device: str, office) -> None:
    kind = f"kind-{next(_number)}"
    visit = await office(device, "/prices")
    page = visit.page
    await page.get_by_role("button", name="New price").first.click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Amount").fill("12.50")
    await dialog.get_by_label("Only this kind").fill(kind)
    await dialog.get_by_role("button", name="Save").click()
    await page.get_by_text("€12.50", exact=False).first.wait_for()
    await visit.picture(f"administration-prices-{device}")
    row = page.get_by_role("row").filter(has_text=kind)
    await row.get_by_role("button", name="Remove").click()
    await page.get_by_role("button", name="Remove the price").click()
    await row.wait_for(state="detached")


@pytest.mark.parametrize("device", DEVICES)
async def test_the_record_is_looked_at_and_verified(device: str, office, room: int) -> None:
    visit = await office(device, f"/audit?subject=resource/{room}")
    page = visit.page
    await page.get_by_role("button", name="Verify the record").click()
    await page.get_by_text("The record is whole").wait_for()
    await page.get_by_role("button", name="catalog.resource_created").last.click()
    await page.get_by_role("heading", name="Data").wait_for()
    await visit.picture(f"administration-audit-{device}")


async def test_others_are_told_kindly_that_this_is_not_for_them(open_browser: Open, ada: Caller) -> None:
    visit = await open_browser("phone")
    await visit.sign_in(ada)
    assert await visit.page.get_by_role("link", name="Administration").count() == 0
    await visit.go("/administration/people")
    await visit.page.get_by_role("heading", name="This is for administrators").wait_for()
    assert await visit.violations() == []
