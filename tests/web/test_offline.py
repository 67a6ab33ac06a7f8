"""Without a network: the app opens, one's next reservations are there as they were, and nothing pretends to be done."""

import pytest

from tests.acceptance.conftest import Caller
from tests.web.conftest import DEVICES, SCHEMES, Open, Visit
from tests.web.test_reservations import reserved

FORGOTTEN = "caches.has('own-reservations').then((one) => !one)"
KEPT = "caches.open('own-reservations').then((one) => one.keys()).then((keys) => keys.length)"
CONTROLLED = "Boolean(navigator.serviceWorker.controller)"


async def kept(open_browser: Open, caller: Caller, device: str = "desk", scheme: str = "light") -> Visit:
    """Answer a visit whose browser keeps the app and the next reservations of the caller."""
    visit = await open_browser(device, scheme)
    await visit.enter(caller, "/reservations")
    await visit.until(CONTROLLED)
    await visit.page.reload()
    await visit.page.get_by_role("link", name="Seminar").wait_for()
    await visit.until(KEPT)
    return visit


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("device", DEVICES)
async def test_ones_next_reservations_are_readable_offline_and_say_of_when_they_are(
    device: str, scheme: str, open_browser: Open, ada: Caller, room: int
) -> None:
    await reserved(ada, room, "Seminar")
    visit = await kept(open_browser, ada, device, scheme)
    page = visit.page
    await visit.context.set_offline(True)
    await page.reload()
    await page.get_by_role("link", name="Seminar").wait_for()
    await page.get_by_text("Berth cannot be reached.").wait_for()
    await page.get_by_text("Your next reservations are shown as of").wait_for()
    await visit.picture(f"offline-{device}-{scheme}")
    assert await visit.violations() == []
    await visit.go("/profile")
    await page.get_by_text("Berth cannot be reached. Check your connection").wait_for()
    await visit.context.set_offline(False)
    await page.get_by_role("combobox", name="Language").wait_for()
    await page.get_by_text("Nothing can be reserved or changed").wait_for(state="hidden")
    visit.forgive("ERR_INTERNET_DISCONNECTED")


async def test_offline_nothing_is_done_later_behind_ones_back(open_browser: Open, ada: Caller, room: int) -> None:
    id_ = await reserved(ada, room, "Seminar")
    visit = await kept(open_browser, ada)
    page = visit.page
    await page.get_by_role("link", name="Seminar").click()
    await page.get_by_role("button", name="Cancel").click()
    await visit.context.set_offline(True)
    await page.get_by_role("button", name="Cancel the reservation").click()
    await page.get_by_role("dialog").get_by_text("Berth cannot be reached. Check your connection").wait_for()
    await visit.context.set_offline(False)
    await page.wait_for_timeout(1500)
    assert (await ada.get(f"reservations/{id_}")).json()["state"] == "ready"
    visit.forgive("ERR_INTERNET_DISCONNECTED")


async def test_who_signs_out_leaves_nothing_behind(open_browser: Open, ada: Caller, room: int) -> None:
    await reserved(ada, room, "Seminar")
    visit = await kept(open_browser, ada)
    await visit.go("/profile")
    await visit.page.get_by_role("button", name="Sign out", exact=True).last.click()
    await visit.page.get_by_role("heading", name="Sign in").wait_for()
    await visit.until(FORGOTTEN)


async def test_the_app_can_be_installed(open_browser: Open) -> None:
    visit = await open_browser()
    await visit.go("/sign-in")
    debugger = await visit.context.new_cdp_session(visit.page)
    manifest = await debugger.send("Page.getAppManifest")
    assert manifest["errors"] == []
    found = await debugger.send("Page.getInstallabilityErrors")
    # Playwright's browsers keep nothing, as a private window does; that alone is in the way.
    assert {one["errorId"] for one in found["installabilityErrors"]} <= {"in-incognito"}
