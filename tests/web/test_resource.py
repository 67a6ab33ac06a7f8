"""A resource's page: what it is, its rules in words, its week, and reserving there."""

from itertools import count

import pytest

from tests.acceptance.conftest import Caller
from tests.web.conftest import DEVICES, SCHEMES, Open

HOURS = {"weekly": {day: [["08:00", "20:00"]] for day in ("monday", "tuesday", "friday")}}
_numbers = count(1)
RULES = {"minutes_max": 120, "granularity_minutes": 30, "confirmations": [], "early_minutes": 10, "no_show_minutes": 15}


@pytest.fixture
async def studio(admin: Caller) -> int:
    """A studio in Rome with opening hours and rules."""
    wish = {"name": f"Atelier {next(_numbers)}", "kind": "studio", "timezone": "Europe/Rome", "tags": ["piano"]}
    made = await admin.post("resources", wish)
    assert made.status_code == 201, made.text
    id_ = int(made.json()["id"])
    for what, put in (("opening-hours", HOURS), ("policy", RULES)):
        answer = await admin.put(f"resources/{id_}/{what}", put)
        assert answer.status_code == 200, answer.text
    return id_


async def test_the_page_says_all_about_a_resource(open_browser: Open, ada: Caller, studio: int) -> None:
    visit = await open_browser()
    page = visit.page
    await visit.sign_in(ada)
    await visit.go(f"/resources/{studio}?week=2031-05-28")
    for sentence in (
        "A reservation is at most 2 hrs long.",
        "It starts and ends at multiples of 30 mins.",
        "A reservation is yours at once; nobody has to confirm it.",
        "You can check in from 10 mins before the start.",
        "Whoever has not checked in 15 mins after the start loses the time.",
    ):
        await page.get_by_text(sentence).wait_for()
    hours = page.get_by_role("region", name="Opening hours this week")
    await hours.get_by_text("8:00 – 20:00").first.wait_for()
    assert await hours.get_by_text("Closed").count() == 4
    await page.get_by_role("img", name="QR code of the door display").wait_for()
    assert await page.get_by_role("link", name="Open the door display").get_attribute("href") == f"/door/{studio}"


@pytest.mark.parametrize("device", DEVICES)
async def test_its_week_shows_whose_is_what_and_goes_on(
    device: str, open_browser: Open, ada: Caller, admin: Caller, studio: int
) -> None:
    own = {"start": "2031-05-27T08:00:00Z", "end": "2031-05-27T09:30:00Z", "title": "Rehearsal"}
    other = {"start": "2031-05-30T12:00:00Z", "end": "2031-05-30T13:00:00Z", "title": "Secret"}
    for who, times in ((ada, own), (admin, other)):
        assert (await who.post("reservations", {"resource_id": studio, **times})).status_code == 201
    visit = await open_browser(device)
    page = visit.page
    await visit.sign_in(ada)
    await visit.go(f"/resources/{studio}?week=2031-05-28")
    week = page.get_by_role("region", name="Week", exact=True)
    await week.get_by_role("link", name="Rehearsal").locator("visible=true").wait_for()
    assert await week.get_by_text("10:00 – 11:30").locator("visible=true").is_visible(), "in Rome's time"
    assert await week.get_by_text("Taken").locator("visible=true").is_visible()
    assert await page.get_by_text("Secret").count() == 0
    await page.get_by_role("button", name="Week after").click()
    await page.get_by_text("2 – 8 June 2031").or_(page.get_by_text("2–8 June 2031")).wait_for()
    await page.go_back()


async def test_a_free_half_hour_of_the_week_is_a_click_away_from_being_reserved(
    open_browser: Open, ada: Caller, studio: int
) -> None:
    visit = await open_browser()
    page = visit.page
    await visit.sign_in(ada)
    await visit.go(f"/resources/{studio}?week=2031-06-16")
    tuesday = page.get_by_role("region", name="Tuesday 17 June").or_(
        page.get_by_role("region", name="Tuesday, 17 June")
    )
    await tuesday.locator(".week-column").click(position={"x": 40, "y": 44 * 3 + 5})
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Title").fill("Trio")
    await dialog.get_by_role("button", name="Reserve").click()
    await tuesday.get_by_role("link", name="Trio").wait_for()
    [made] = (await ada.get("reservations/my", resource_id=studio, tz="Europe/Rome")).json()["items"]
    assert made["start"] == "2031-06-17T10:00:00+02:00"


async def test_a_week_in_which_clocks_change_has_everything_at_its_hour(
    open_browser: Open, ada: Caller, admin: Caller
) -> None:
    wish = {"name": "Observatory", "kind": "room", "timezone": "Europe/Rome"}
    dome = (await admin.post("resources", wish)).json()["id"]
    for start, end in (
        ("2031-03-29T09:00:00Z", "2031-03-29T10:00:00Z"),
        ("2031-03-30T08:00:00Z", "2031-03-30T09:00:00Z"),
    ):
        answer = await ada.post("reservations", {"resource_id": dome, "title": "At ten", "start": start, "end": end})
        assert answer.status_code == 201, answer.text
    visit = await open_browser()
    await visit.sign_in(ada)
    await visit.go(f"/resources/{dome}?week=2031-03-30")
    found = visit.page.locator(".week-stretch[data-kind=own]")
    await found.nth(1).wait_for()
    before, on_the_day = await found.nth(0).bounding_box(), await found.nth(1).bounding_box()
    assert before
    assert on_the_day
    assert (before["y"], before["height"]) == (on_the_day["y"], on_the_day["height"])
    for one in (0, 1):
        await found.nth(one).get_by_text("10:00 – 11:00").wait_for()


async def test_the_week_is_printed_without_what_is_for_the_screen(open_browser: Open, ada: Caller, studio: int) -> None:
    visit = await open_browser("phone")
    await visit.sign_in(ada)
    await visit.go(f"/resources/{studio}")
    await visit.page.get_by_role("heading", name="Rules").wait_for()
    await visit.page.emulate_media(media="print")
    await visit.page.locator(".week-grid").wait_for()
    for hidden in ("Rules", "Print the week", "Sign out"):
        assert await visit.page.get_by_text(hidden).locator("visible=true").count() == 0


@pytest.mark.parametrize("device", DEVICES)
async def test_the_page_is_for_everybody(device: str, open_browser: Open, ada: Caller, studio: int) -> None:
    times = {"start": "2031-05-27T08:00:00Z", "end": "2031-05-27T09:30:00Z"}
    await ada.post("reservations", {"resource_id": studio, "title": "Rehearsal", **times})
    visit = await open_browser(device)
    await visit.sign_in(ada)
    await visit.go(f"/resources/{studio}?week=2031-05-28")
    await visit.page.get_by_role("link", name="Rehearsal").locator("visible=true").wait_for()
    await visit.page.get_by_role("img", name="QR code").wait_for()
    for scheme in SCHEMES:
        await visit.light(scheme)
        assert await visit.violations() == []
    assert await visit.page.evaluate("document.documentElement.scrollWidth") <= DEVICES[device]["width"]
