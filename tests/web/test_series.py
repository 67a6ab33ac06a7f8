"""Series in the browser: made with a look at every occurrence, seen, changed and given up, on a desk and on a phone."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from playwright.async_api import Page

from tests.acceptance.conftest import Caller
from tests.web.conftest import DEVICES, SCHEMES, Open, Visit
from tests.web.world import made

NARROW = {"width": 360, "height": 780}
_rooms = count(1)


def tuesday(weeks: int = 0) -> datetime:
    """Answer ten o'clock in UTC of a Tuesday that is at least a week away."""
    day = datetime.now(UTC).replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=7)
    return day + timedelta(days=(1 - day.weekday()) % 7, weeks=weeks)


async def hall(admin: Caller, site: int | None = None) -> dict[str, Any]:
    """Make a room that has a kind of its own, so that no other can be had instead."""
    name = f"Series hall {next(_rooms)}"
    return made(await admin.post("resources", {"name": name, "kind": name, "timezone": "UTC", "site_id": site}))


async def taken(admin: Caller, room: int, start: datetime) -> None:
    times = {"start": start.isoformat(), "end": (start + timedelta(hours=1)).isoformat()}
    made(await admin.post("reservations", {"resource_id": room, "title": "Others", **times}))


async def weekly(caller: Caller, room: int, times: int, title: str = "Chess") -> dict[str, Any]:
    start = tuesday()
    body = {
        "resource_id": room,
        "start": start.isoformat(),
        "end": (start + timedelta(hours=1)).isoformat(),
        "rule": f"FREQ=WEEKLY;BYDAY=TU;COUNT={times}",
        "title": title,
    }
    return made(await caller.post("reservations/recurring", body))


async def dialog_for(visit: Visit, caller: Caller, room: int) -> Page:
    """Open the dialogue that reserves a room, with ten to eleven of the first Tuesday in it."""
    await visit.enter(caller, f"/resources/{room}")
    await visit.page.get_by_role("button", name="Reserve", exact=True).click()
    day = tuesday().date().isoformat()
    dialog = visit.page.get_by_role("dialog")
    await dialog.get_by_label("First day").fill(day)
    await dialog.get_by_label("Last day").fill(day)
    await dialog.get_by_label("From").fill("10:00")
    await dialog.get_by_label("Until").fill("11:00")
    return visit.page


async def series_of(caller: Caller) -> dict[str, Any]:
    [one] = (await caller.get("series")).json()["items"]
    return made(await caller.get(f"series/{one['id']}"))


@pytest.mark.parametrize("device", DEVICES)
async def test_every_occurrence_is_seen_and_decided_before_all_are_reserved(
    device: str, open_browser: Open, ada: Caller, admin: Caller
) -> None:
    room = (await hall(admin))["id"]
    await taken(admin, room, tuesday(1))
    await taken(admin, room, tuesday(2))
    visit = await open_browser(device, timezone_id="UTC")
    page = await dialog_for(visit, ada, room)
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Title").fill("Seminar")
    await dialog.get_by_label("Repeat").select_option("Weekly")
    await dialog.get_by_label("How often").fill("4")
    await dialog.get_by_text("Every week on Tuesday, 4 times").wait_for()
    await dialog.get_by_text("2 free · 2 busy · 0 not allowed").wait_for()
    await dialog.get_by_text("2 occurrences are still to be decided.").wait_for()
    assert await dialog.get_by_role("button", name="Reserve", exact=True).is_disabled()
    await dialog.get_by_role("button", name="Reserve", exact=True).scroll_into_view_if_needed()
    for scheme in SCHEMES:
        await visit.light(scheme)
        await visit.picture(f"series-preview-{device}-{scheme}")
        assert await visit.violations() == []
    await dialog.get_by_role("button", name="Take instead").first.click()
    await dialog.get_by_text("1 occurrence is still to be decided.").wait_for()
    await dialog.get_by_label("What cannot be reserved").select_option("Leave all of it out")
    await dialog.get_by_role("button", name="Reserve 3 occurrences").click()
    await dialog.get_by_text("3 occurrences are reserved").wait_for()
    await visit.picture(f"series-made-{device}")
    await dialog.get_by_role("link", name="See the series").click()
    await page.get_by_role("heading", name="Seminar").wait_for()
    found = await series_of(ada)
    assert [one["exception"] for one in found["occurrences"]] == [False, True, False]
    assert found["rule"] == "FREQ=WEEKLY;BYDAY=TU;COUNT=4"


async def test_a_rule_that_refuses_says_so_in_the_language_of_the_reader(
    open_browser: Open, ada: Caller, admin: Caller
) -> None:
    room = (await hall(admin))["id"]
    made(await admin.put(f"resources/{room}/policy", {"minutes_max": 30}))
    made(await ada.patch("users/me", {"language": "fr"}))
    visit = await open_browser("phone", timezone_id="UTC", locale="fr-FR")
    await visit.enter(ada, f"/resources/{room}")
    page = visit.page
    await page.get_by_role("button", name="Réserver", exact=True).click()
    dialog = page.get_by_role("dialog")
    day = tuesday().date().isoformat()
    await dialog.get_by_label("Premier jour").fill(day)
    await dialog.locator("input[type=time]").nth(0).fill("10:00")
    await dialog.locator("input[type=time]").nth(1).fill("11:00")
    await dialog.get_by_label("Répéter").select_option("Chaque mois")
    await dialog.get_by_label("Combien de fois").fill("2")
    await dialog.get_by_text("Libres : 0 · occupées : 0 · non permises : 2").wait_for()
    assert await dialog.get_by_text("se réserve pour").count() == 2
    await dialog.get_by_role("region", name="Occurrences").scroll_into_view_if_needed()
    await visit.picture("series-french")
    assert await dialog.get_by_role("button", name="Réserver", exact=True).is_disabled()


async def test_a_narrow_phone_and_the_keyboard_suffice(open_browser: Open, ada: Caller, admin: Caller) -> None:
    room = (await hall(admin))["id"]
    visit = await open_browser("phone", timezone_id="UTC", viewport=NARROW)
    page = await dialog_for(visit, ada, room)
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Repeat").focus()
    await page.keyboard.type("Mon")
    await dialog.get_by_label("On which day of the month").wait_for()
    await dialog.get_by_label("How often").focus()
    await page.keyboard.press("ControlOrMeta+a")
    await page.keyboard.type("3")
    await dialog.get_by_text("3 free · 0 busy · 0 not allowed").wait_for()
    await dialog.get_by_role("button", name="Leave out").nth(1).focus()
    await page.keyboard.press("Space")
    await dialog.get_by_role("button", name="Left out").wait_for()
    assert await page.evaluate("document.querySelector('[role=dialog]').scrollWidth") <= NARROW["width"]
    await visit.picture("series-narrow")
    await dialog.get_by_role("button", name="Reserve 2 occurrences").focus()
    await page.keyboard.press("Enter")
    await dialog.get_by_text("1 is left out.").wait_for()
    assert len((await series_of(ada))["occurrences"]) == 2


async def test_a_series_takes_place_in_a_term_and_passes_over_the_holidays_of_its_site(
    open_browser: Open, ada: Caller, admin: Caller
) -> None:
    site = made(await admin.post("sites", {"name": f"Campus {next(_rooms)}", "timezone": "UTC"}))["id"]
    term = {"first_day": tuesday().date().isoformat(), "last_day": tuesday(3).date().isoformat()}
    made(await admin.post(f"sites/{site}/terms", {"name": "Short term", **term}))
    room = (await hall(admin, site))["id"]
    visit = await open_browser(timezone_id="UTC")
    page = visit.page
    await visit.enter(admin, f"/administration/sites/{site}?part=holidays")
    await page.get_by_role("button", name="New holiday").click()
    await page.get_by_label("Name").fill("Feast")
    await page.get_by_label("First day").fill(tuesday(1).date().isoformat())
    await page.get_by_role("button", name="Save").click()
    await page.get_by_role("cell", name="Feast").wait_for()
    await visit.picture("series-holidays")
    assert await visit.violations() == []
    other = await open_browser(timezone_id="UTC")
    dialog = (await dialog_for(other, ada, room)).get_by_role("dialog")
    await dialog.get_by_label("Repeat").select_option("Weekly, in a term")
    await dialog.get_by_text("3 free · 0 busy · 0 not allowed").wait_for()
    assert await dialog.get_by_text("(Feast)").is_visible()
    await dialog.get_by_label("Pass over holidays").click()
    await dialog.get_by_text("4 free · 0 busy · 0 not allowed").wait_for()
    await dialog.get_by_role("button", name="Reserve 4 occurrences").click()
    await dialog.get_by_text("4 occurrences are reserved").wait_for()
    assert (await series_of(ada))["rule"] == "FREQ=WEEKLY;BYDAY=TU"


@pytest.mark.parametrize("device", DEVICES)
async def test_a_series_is_found_and_divided_and_what_is_in_the_way_is_told(
    device: str, open_browser: Open, ada: Caller, admin: Caller
) -> None:
    room = (await hall(admin))["id"]
    series = await weekly(ada, room, 4)
    await taken(admin, room, tuesday(3) + timedelta(hours=4))
    visit = await open_browser(device, timezone_id="UTC")
    page = visit.page
    await visit.enter(ada, "/reservations")
    await page.get_by_role("link", name="One of a series").first.click()
    await page.get_by_role("heading", name="Chess").wait_for()
    await page.get_by_text("Every week on Tuesday, 4 times").wait_for()
    for scheme in SCHEMES:
        await visit.light(scheme)
        await visit.picture(f"series-page-{device}-{scheme}")
        assert await visit.violations() == []
    await page.get_by_role("article").nth(2).get_by_role("button", name="Change").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("This one and all that follow").check()
    await dialog.get_by_label("From").fill("14:00")
    await dialog.get_by_label("Until").fill("15:00")
    await dialog.get_by_role("button", name="Save").click()
    await dialog.get_by_text("Some of the new times are taken.").wait_for()
    assert await dialog.get_by_role("region", name="What cannot be moved").get_by_role("listitem").count() == 1
    await visit.picture(f"series-refused-{device}")
    assert await visit.violations() == []
    visit.forgive("409")
    await dialog.get_by_role("button", name="Change the others only").click()
    await page.get_by_role("link", name="It goes on with an earlier series").wait_for()
    assert page.url != f"{visit.url}/series/{series['id']}"
    rest = made(await ada.get(f"series/{series['id']}"))
    assert len(rest["occurrences"]) == 2
    heir = made(await ada.get(f"series/{page.url.rsplit('/', 1)[1]}"))
    hours = [datetime.fromisoformat(one["start"]).astimezone(UTC).hour for one in heir["occurrences"]]
    assert hours == [14, 10]


@pytest.mark.parametrize("device", DEVICES)
async def test_a_reservation_of_a_series_asks_which_are_meant(
    device: str, open_browser: Open, ada: Caller, admin: Caller
) -> None:
    room = (await hall(admin))["id"]
    series = await weekly(ada, room, 3)
    first, second, _ = series["occurrences"]
    visit = await open_browser(device, timezone_id="UTC")
    page = visit.page
    await visit.enter(ada, f"/reservations/{first['reservation_id']}")
    await page.get_by_role("link", name="It belongs to a series").wait_for()
    await page.get_by_role("button", name="Reschedule").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("All that have not begun").check()
    await dialog.get_by_label("From").fill("12:00")
    await dialog.get_by_label("Until").fill("13:00")
    await dialog.get_by_role("button", name="Move it").click()
    await dialog.wait_for(state="hidden")
    moved = made(await ada.get(f"series/{series['id']}"))["occurrences"]
    assert [datetime.fromisoformat(one["start"]).astimezone(UTC).hour for one in moved] == [12, 12, 12]
    await visit.go(f"/reservations/{second['reservation_id']}")
    await page.get_by_role("button", name="Cancel").click()
    await dialog.get_by_label("This one and all that follow").check()
    await dialog.get_by_label("Reason (optional)").fill("Exams")
    await visit.picture(f"series-cancel-{device}")
    assert await visit.violations() == []
    await dialog.get_by_role("button", name="Cancel the reservations").click()
    await page.get_by_text("The reservations are cancelled.").wait_for()
    left = made(await ada.get(f"series/{series['id']}"))["occurrences"]
    assert [one["state"] for one in left] == ["ready", "cancelled", "cancelled"]


async def test_what_becomes_of_a_series_elsewhere_is_shown(open_browser: Open, ada: Caller, admin: Caller) -> None:
    room = (await hall(admin))["id"]
    series = await weekly(ada, room, 2)
    visit = await open_browser(timezone_id="UTC")
    page = visit.page
    await visit.enter(ada, f"/series/{series['id']}")
    await page.get_by_role("button", name="Cancel the series").wait_for()
    made(await ada.patch(f"series/{series['id']}", {"scope": "all", "title": "Go"}))
    await page.get_by_role("heading", name="Go").wait_for()
    made(await ada.post(f"series/{series['id']}/cancel", {"scope": "all", "reason": "Holidays"}))
    await page.get_by_text("This series was cancelled").wait_for()
    assert await page.get_by_role("button", name="Cancel the series").count() == 0


async def test_a_series_of_somebody_else_is_refused_with_a_sentence(
    open_browser: Open, ada: Caller, admin: Caller
) -> None:
    room = (await hall(admin))["id"]
    series = await weekly(admin, room, 2)
    visit = await open_browser()
    await visit.enter(ada, f"/series/{series['id']}")
    await visit.page.get_by_text("You are not allowed to do this.").wait_for()
    visit.forgive("403")


@pytest.mark.parametrize("device", DEVICES)
async def test_the_notice_that_a_series_is_decided_leads_to_it(
    device: str, open_browser: Open, ada: Caller, admin: Caller
) -> None:
    room = (await hall(admin))["id"]
    made(await admin.put(f"resources/{room}/policy", {"confirmations": ["approval"], "approvers": [admin.id]}))
    series = await weekly(ada, room, 2, "Choir")
    asked = made(await admin.get("approvals"))["items"]
    mine = [one["id"] for one in asked if one["title"] == "Choir"]
    for request, deed, message in ((mine[0], "approve", None), (mine[1], "reject", "The hall is painted")):
        assert (await admin.post(f"approvals/{request}/{deed}", {"message": message})).status_code == 204
    visit = await open_browser(device, timezone_id="UTC")
    await visit.enter(ada, "/notifications")
    notice = visit.page.get_by_role("article").filter(has_text="Confirmed reservations of your series: 1 of 2")
    await notice.get_by_text("was not confirmed: Rejected: The hall is painted.").wait_for()
    await visit.picture(f"series-settled-{device}")
    assert await visit.violations() == []
    await notice.get_by_role("link").click()
    await visit.page.get_by_role("heading", name="Choir").wait_for()
    assert visit.page.url.endswith(f"/series/{series['id']}")
