"""Finding nothing, saving the search, being told, and what one does with saved searches."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from playwright.async_api import Page, expect

from tests.acceptance.conftest import Caller
from tests.web.conftest import DEVICES, SCHEMES, Open, Visit

_days = count(1)


async def lab(admin: Caller) -> tuple[str, int, datetime]:
    """Make a kind of its own with one room, and answer it with the start of a day of its own, 10:00 in Rome."""
    start = datetime(2031, 11, next(_days), 9, tzinfo=UTC)
    kind = f"lab {start:%d}"
    made = await admin.post("resources", {"name": f"Bench {start:%d}", "kind": kind, "timezone": "Europe/Rome"})
    assert made.status_code == 201, made.text
    return kind, made.json()["id"], start


async def taken(admin: Caller, room: int, start: datetime, hours: int = 2) -> int:
    times = {"start": start.isoformat(), "end": (start + timedelta(hours=hours)).isoformat()}
    made = await admin.post("reservations", {"resource_id": room} | times)
    assert made.status_code == 201, made.text
    id_: int = made.json()["id"]
    return id_


async def accessible(visit: Visit) -> None:
    for scheme in SCHEMES:
        await visit.light(scheme)
        assert await visit.violations() == []


async def look_for(page: Page, kind: str, start: datetime) -> None:
    """Say what is needed and when: two hours from 10:00 on."""
    await page.get_by_role("button", name="Filters").click()
    await page.get_by_label("Kind").fill(kind)
    await page.get_by_label("Free on").fill(f"{start:%Y-%m-%d}")
    await page.get_by_label("From", exact=True).fill("10:00")
    await page.get_by_label("Until", exact=True).fill("12:00")


@pytest.mark.parametrize("device", DEVICES)
async def test_a_search_is_saved_in_find_and_what_becomes_free_is_told(
    device: str, open_browser: Open, ada: Caller, admin: Caller
) -> None:
    kind, room, start = await lab(admin)
    theirs = await taken(admin, room, start)
    visit = await open_browser(device)
    page = visit.page
    await visit.enter(ada, "/searches")
    await page.get_by_role("heading", name="You have saved no searches").wait_for()
    await accessible(visit)
    await visit.picture(f"searches-empty-{device}")
    await page.get_by_role("link", name="Find something").click()
    await look_for(page, kind, start)
    await page.get_by_role("heading", name="Nothing is free then").wait_for()
    await visit.picture(f"find-nothing-{device}")
    await page.get_by_role("button", name="Save this search").click()
    drawer = page.get_by_role("dialog", name="Save this search")
    await expect(drawer.get_by_label("Name")).to_have_value(f"{kind} – {start:%a}, {start.day} Nov 2031, 10:00 – 12:00")
    await drawer.get_by_label("Name").fill("A bench")
    await accessible(visit)
    await visit.picture(f"find-save-{device}")
    await drawer.get_by_role("button", name="Save the search").click()
    await drawer.wait_for(state="hidden")
    await page.get_by_role("link", name="Saved searches").last.click()
    card = page.get_by_role("article", name="A bench")
    await card.get_by_text("You will be told").wait_for()
    await card.get_by_text("Nothing that fits is free now.").wait_for()
    await admin.post(f"reservations/{theirs}/cancel")
    await card.get_by_text("Free now").wait_for()
    await card.get_by_text(f"Bench {start:%d}").wait_for()
    await card.get_by_text("You were last told").wait_for(timeout=20_000)
    await accessible(visit)
    await visit.picture(f"searches-told-{device}")
    await visit.go("/notifications")
    await page.get_by_role("link", name=f"Free now: Bench {start:%d}").click()
    await page.get_by_role("button", name=f"Reserve Bench {start:%d}").wait_for()
    await visit.picture(f"find-told-{device}")


@pytest.mark.parametrize("device", DEVICES)
async def test_some_time_within_a_day_is_looked_for_and_opened_again(
    device: str, open_browser: Open, ada: Caller, admin: Caller
) -> None:
    kind, room, start = await lab(admin)
    await taken(admin, room, start, hours=1)
    visit = await open_browser(device)
    page = visit.page
    await visit.enter(ada, "/find?view=list")
    await look_for(page, kind, start)
    await page.get_by_role("heading", name="Nothing is free then").wait_for()
    await page.get_by_role("combobox", name="For how long").click()
    await page.get_by_role("option", name="1 hr", exact=True).click()
    found = page.get_by_role("article").filter(has_text=f"Bench {start:%d}")
    await found.get_by_text("11:00 – 12:00").wait_for()
    await accessible(visit)
    await visit.picture(f"find-flexible-{device}")
    await page.get_by_role("button", name="Save this search").click()
    await page.get_by_role("dialog").get_by_role("button", name="Save the search").click()
    await page.get_by_role("link", name="Saved searches").last.click()
    card = page.get_by_role("article").filter(has_text="1 hr within this time")
    await card.get_by_text("11:00 – 12:00").wait_for()
    await card.get_by_role("link", name="Open in Find").click()
    await page.get_by_role("heading", name="Find", level=1).wait_for()
    await found.get_by_text("11:00 – 12:00").wait_for()
    await found.get_by_role("button", name="Reserve").click()
    await visit.picture(f"find-reserve-{device}")
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_label("From")).to_have_value("11:00")


async def test_a_search_is_renamed_paused_resumed_and_removed(open_browser: Open, ada: Caller, admin: Caller) -> None:
    kind, _, start = await lab(admin)
    times = {"start": start.isoformat(), "end": (start + timedelta(hours=2)).isoformat()}
    for name in ("First", "Second"):
        made = await ada.post("searches", {"name": name, "any_of": {"kind": kind, "capacity_min": 3}} | times)
        assert made.status_code == 201, made.text
    visit = await open_browser("desk")
    page = visit.page
    await visit.enter(ada, "/searches")
    await page.get_by_role("button", name="Pause First").click()
    card = page.get_by_role("article", name="First")
    await card.get_by_text("Paused").wait_for()
    await page.get_by_role("button", name="Resume First").click()
    await card.get_by_text("You will be told").wait_for()
    await page.get_by_role("button", name="Rename First").click()
    drawer = page.get_by_role("dialog", name="Rename the search")
    await drawer.get_by_label("Name").fill("Second")
    await drawer.get_by_role("button", name="Save").click()
    await drawer.get_by_text("give this one another name").wait_for()
    visit.forgive("409")
    await drawer.get_by_label("Name").fill("Third")
    await accessible(visit)
    await drawer.get_by_role("button", name="Save").click()
    await page.get_by_role("article", name="Third").wait_for()
    await page.get_by_role("button", name="Remove Third").click()
    asked = page.get_by_role("dialog", name="Remove this search?")
    await accessible(visit)
    await asked.get_by_role("button", name="Remove the search").click()
    await page.get_by_role("article", name="Third").wait_for(state="hidden")
    assert await page.get_by_role("article").count() == 1


async def test_saved_searches_are_a_few_keys_away(open_browser: Open, ada: Caller) -> None:
    visit = await open_browser("desk")
    page = visit.page
    await visit.enter(ada, "/find")
    prompt = page.get_by_label("Type where to go or what to do")
    while not await prompt.is_visible():  # it is loaded behind the page, and deaf until then
        await page.keyboard.press("Control+k")
        await page.wait_for_timeout(300)
    await prompt.fill("saved sea")
    await page.keyboard.press("Enter")
    await page.get_by_role("heading", name="Saved searches", level=1).wait_for()
    assert page.url.endswith("/searches")
