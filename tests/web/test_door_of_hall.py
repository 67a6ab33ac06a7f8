"""The door of a performance in the browser: tickets let in once, with a network and without."""

import httpx
import pytest
from playwright.async_api import Page

from tests.acceptance.conftest import Caller, register
from tests.web.conftest import DEVICES, Open
from tests.web.world import made, theatre

CONTROLLED = "Boolean(navigator.serviceWorker.controller)"


async def typed(page: Page, code: str) -> None:
    """Read a code as a hand scanner does."""
    await page.get_by_label("Code of the ticket").fill(code)
    await page.keyboard.press("Enter")


@pytest.mark.parametrize("device", DEVICES)
async def test_tickets_let_in_once_with_a_network_and_without(
    device: str, open_browser: Open, client: httpx.AsyncClient, admin: Caller
) -> None:
    buyer = await register(client, f"of-the-hall-{device}")
    site = made(await admin.post("sites", {"name": f"Hall {device}", "timezone": "Europe/Rome"}))["id"]
    ids = await theatre(buyer, admin, site)
    first, second = [one["code"] for one in (await buyer.get(f"orders/{ids['orderId']}")).json()["tickets"]]
    visit = await open_browser(device)
    page = visit.page
    await visit.enter(admin, f"/administration/performances/{ids['performanceId']}")
    await page.get_by_role("link", name="Open the door").click()
    await page.get_by_text("0 of 2 have come in").wait_for()
    await typed(page, f"{first[:4].lower()} {first[4:]}")
    await page.get_by_text("Come in", exact=True).wait_for()
    await page.get_by_text("Stalls, row A, seat").wait_for()
    await page.get_by_text("1 of 2 have come in").wait_for()
    assert await visit.faults_of(f"hall-admitted-{device}") == []
    await typed(page, first)
    await page.get_by_text("Somebody came in by this ticket at").wait_for()
    visit.forgive("409")
    assert await visit.faults_of(f"hall-refused-{device}") == []

    await visit.until(CONTROLLED)
    await visit.context.set_offline(True)
    await page.get_by_text("Tickets are judged by the list of").wait_for()
    await typed(page, second)
    await page.get_by_text("Come in", exact=True).wait_for()
    await page.get_by_text("1 scan waits to be brought in.").wait_for()
    await page.reload()
    await page.get_by_text("1 scan waits to be brought in.").wait_for()
    await typed(page, second)
    await page.get_by_text("Somebody came in by this ticket at").wait_for()
    assert await visit.faults_of(f"hall-offline-{device}") == []
    await visit.context.set_offline(False)
    await page.get_by_text("1 scan waits").wait_for(state="detached")
    await page.get_by_text("2 of 2 have come in").wait_for()
    counts = (await admin.get(f"performances/{ids['performanceId']}/admissions")).json()
    assert counts == {"admitted": 2, "tickets": 2}
    visit.faults = [one for one in visit.faults if "ERR_INTERNET_DISCONNECTED" not in one]


async def test_who_was_let_in_elsewhere_meanwhile_is_told(
    open_browser: Open, client: httpx.AsyncClient, admin: Caller
) -> None:
    buyer = await register(client, "of-two-doors")
    site = made(await admin.post("sites", {"name": "Two doors", "timezone": "Europe/Rome"}))["id"]
    ids = await theatre(buyer, admin, site)
    code = (await buyer.get(f"orders/{ids['orderId']}")).json()["tickets"][0]["code"]
    visit = await open_browser()
    page = visit.page
    await visit.enter(admin, f"/administration/performances/{ids['performanceId']}/door")
    await page.get_by_text("0 of 2 have come in").wait_for()
    await visit.context.set_offline(True)
    await page.get_by_text("Tickets are judged by the list of").wait_for()
    made_elsewhere = await admin.post(f"performances/{ids['performanceId']}/admissions", {"code": code})
    assert made_elsewhere.status_code == 200
    await typed(page, code)
    await page.get_by_text("Come in", exact=True).wait_for()
    await visit.context.set_offline(False)
    await page.get_by_text("Let in without a network, but should not have been").wait_for()
    assert await visit.violations() == []
    await page.get_by_role("button", name="I have read it").click()
    await page.get_by_text("Let in without a network, but").wait_for(state="detached")
    visit.faults = [one for one in visit.faults if "ERR_INTERNET_DISCONNECTED" not in one]
