"""One's own series beside one's reservations, each leading to its page and back."""

import pytest

from tests.acceptance.conftest import Caller
from tests.web.conftest import DEVICES, LEAST, Open
from tests.web.test_series import hall, weekly
from tests.web.world import made


@pytest.mark.parametrize("device", DEVICES)
async def test_ones_series_are_listed_and_lead_to_their_pages(
    device: str, open_browser: Open, ada: Caller, admin: Caller
) -> None:
    rooms = [await hall(admin) for _ in range(2)]
    visit = await open_browser(device, timezone_id="UTC", viewport=LEAST[device])
    page = visit.page
    await visit.enter(ada, "/reservations")
    await page.get_by_role("tab", name="Series").click()
    await page.get_by_text("You have no series").wait_for()
    assert page.url.endswith("/reservations?view=series")
    assert await visit.faults_of(f"series-none-{device}") == []
    chess = await weekly(ada, rooms[0]["id"], 4)
    gone = await weekly(ada, rooms[1]["id"], 2, "Chess of old")
    made(await ada.post(f"series/{gone['id']}/cancel", {"scope": "all", "reason": "Moved away"}))
    await page.get_by_role("article", name="Chess of old").get_by_text("Cancelled").wait_for()
    one = page.get_by_role("article", name="Chess", exact=True)
    await one.get_by_text("Every week on Tuesday, 4 times").wait_for()
    await one.get_by_text("10:00 – 11:00").wait_for()
    assert await page.get_by_role("article").count() == 2
    assert await visit.faults_of(f"series-list-{device}") == []
    await one.get_by_role("link", name="Chess").click()
    await page.get_by_role("heading", name="Chess", level=1).wait_for()
    assert page.url == f"{visit.url}/series/{chess['id']}"
    await page.get_by_role("main").get_by_role("link", name="My reservations").click()
    await one.wait_for()


async def test_an_administrator_sees_no_more_than_ones_own(open_browser: Open, ada: Caller, admin: Caller) -> None:
    room = await hall(admin)
    await weekly(ada, room["id"], 2, "Of somebody else")
    own = await weekly(admin, (await hall(admin))["id"], 2, "Of the administrator")
    visit = await open_browser(timezone_id="UTC")
    await visit.enter(admin, "/reservations?view=series")
    await visit.page.get_by_role("article", name=own["title"]).first.wait_for()
    assert await visit.page.get_by_text("Of somebody else").count() == 0
