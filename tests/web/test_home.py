"""The start: what is now and next, and one line to reserve in, on a desk and on a phone."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.acceptance.conftest import Caller
from tests.web.conftest import DEVICES, SCHEMES, Open


@pytest.fixture
async def hall(admin: Caller) -> str:
    """A resource of its own for each test, by its name."""
    name = f"hall{datetime.now(UTC):%H%M%S%f}"
    wish = {"name": name, "kind": "room", "timezone": "Europe/Rome", "capacity": 30}
    assert (await admin.post("resources", wish)).status_code == 201
    return name


@pytest.mark.parametrize("device", DEVICES)
async def test_a_line_of_words_is_understood_and_reserved(
    device: str, open_browser: Open, ada: Caller, hall: str
) -> None:
    visit = await open_browser(device)
    page = visit.page
    await visit.sign_in(ada)
    await visit.go("/")
    await page.get_by_label("What do you need?").fill(f"{hall} tomorrow 14:00 1h30m for 8")
    understood = page.get_by_label("Understood as")
    for words in (f"“{hall}”", "8 people", "at 14:00"):
        await understood.get_by_text(words).wait_for()
    await page.get_by_role("button", name=f"Reserve {hall}").click()
    await page.get_by_text("Reserved for you").wait_for()
    await page.get_by_role("region", name="Next").get_by_role("link", name=hall).wait_for()
    [made] = (await ada.get("reservations/upcoming", tz="Europe/Rome")).json()["items"]
    assert (made["start"][11:16], made["end"][11:16], made["state"]) == ("14:00", "15:30", "ready")


async def test_what_is_taken_then_is_offered_for_the_next_time(open_browser: Open, ada: Caller, hall: str) -> None:
    await ada.patch("users/me", {"language": "fr"})
    visit = await open_browser(locale="fr-FR")
    page = visit.page
    await visit.go("/sign-in?next=/")
    await page.get_by_role("textbox").first.fill(ada.username)
    await page.locator("input[type=password]").fill(ada.password)
    await page.keyboard.press("Enter")
    line = page.get_by_label("De quoi avez-vous besoin ?").and_(page.get_by_role("textbox"))
    for _ in range(2):
        await line.fill(f"{hall} demain de 14h à 16h")
        await page.get_by_role("button", name=f"Réserver {hall}").click()
        await page.get_by_text("Réservé pour vous").wait_for()
        await line.fill("")
    made = (await ada.get("reservations/upcoming", tz="Europe/Rome")).json()["items"]
    assert [one["start"][11:16] for one in made] == ["14:00", "16:00"]


async def test_the_palette_understands_the_same_words(open_browser: Open, ada: Caller, hall: str) -> None:
    visit = await open_browser()
    await visit.sign_in(ada)
    prompt = visit.page.get_by_label("Type where to go or what to do")
    while not await prompt.is_visible():  # it is loaded behind the page, and deaf until then
        await visit.page.keyboard.press("Control+k")
        await visit.page.wait_for_timeout(300)
    await prompt.fill(f"{hall} tomorrow 2 hours")
    await visit.page.get_by_text("Reserve: ").wait_for()
    await visit.page.keyboard.press("Enter")
    await visit.page.get_by_role("button", name=f"Reserve {hall}").wait_for()


async def test_somebody_comes_and_goes_from_the_start(
    open_browser: Open, ada: Caller, admin: Caller, hall: str
) -> None:
    [room] = (await admin.get("resources", text=hall)).json()["items"]
    start = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=5)
    times = {"start": start.isoformat(), "end": (start + timedelta(hours=1)).isoformat()}
    made = await ada.post("reservations", {"resource_id": room["id"], **times})
    assert made.status_code == 201, made.text
    visit = await open_browser("phone")
    await visit.sign_in(ada)
    await visit.go("/")
    await visit.page.get_by_role("button", name="Check in").click()
    await visit.page.get_by_role("region", name="Now").get_by_text("In use").wait_for()
    await visit.page.get_by_role("button", name="Check out").click()
    await visit.page.get_by_text("You have nothing ahead.").wait_for()


@pytest.mark.parametrize("device", DEVICES)
async def test_the_page_is_for_everybody(
    device: str, open_browser: Open, ada: Caller, hall: str, admin: Caller
) -> None:
    [room] = (await admin.get("resources", text=hall)).json()["items"]
    times = {"start": "2031-07-01T08:00:00Z", "end": "2031-07-01T09:00:00Z"}
    await ada.post("reservations", {"resource_id": room["id"], "title": "Seminar", **times})
    visit = await open_browser(device)
    await visit.sign_in(ada)
    await visit.go("/")
    await visit.page.get_by_role("link", name="Seminar").wait_for()
    await visit.page.get_by_label("What do you need?").and_(visit.page.get_by_role("textbox")).fill(f"{hall} tomorrow")
    await visit.page.get_by_role("button", name=f"Reserve {hall}").wait_for()
    for scheme in SCHEMES:
        await visit.light(scheme)
        assert await visit.violations() == []
    assert await visit.page.evaluate("document.documentElement.scrollWidth") <= DEVICES[device]["width"]
