"""Standing in line: joined from where something is taken, offered, answered and left, and seen by administrators."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.acceptance.conftest import Caller
from tests.web.conftest import DEVICES, LEAST, Open, Visit
from tests.web.world import made

_numbers = count(1)


class Stage:
    """A stage in Rome of a kind of its own, which somebody else has for an hour of a day that is far ahead."""

    def __init__(self, resource: dict[str, Any], day: datetime, theirs: dict[str, Any]) -> None:
        self.id: int = resource["id"]
        self.kind: str = resource["kind"]
        self.name: str = resource["name"]
        self.day = f"{day:%Y-%m-%d}"
        self.times = {"start": day.isoformat(), "end": (day + timedelta(hours=1)).isoformat()}
        self.theirs: int = theirs["id"]


async def stage(admin: Caller, capacity: int = 20) -> Stage:
    """Make a stage that is taken from nine to ten, in UTC."""
    number = next(_numbers)
    day = datetime(2031, 10, number, 9, tzinfo=UTC)
    body = {"name": f"Stage {number}", "kind": f"stage{number}", "timezone": "UTC", "capacity": capacity}
    resource = made(await admin.post("resources", body))
    times = {"start": day.isoformat(), "end": (day + timedelta(hours=1)).isoformat()}
    theirs = made(await admin.post("reservations", {"resource_id": resource["id"], "title": "Theirs", **times}))
    return Stage(resource, day, theirs)


async def opened(open_browser: Open, device: str, caller: Caller, path: str) -> Visit:
    visit = await open_browser(device, timezone_id="UTC", viewport=LEAST[device])
    await visit.enter(caller, path)
    return visit


async def refused(visit: Visit, one: Stage, title: str) -> Page:
    """Ask for what is taken, in the dialogue of the resource's page, and be refused."""
    page = visit.page
    await page.get_by_role("button", name="Reserve", exact=True).click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Title").fill(title)
    await dialog.get_by_label("First day").fill(one.day)
    await dialog.get_by_label("From").fill("09:00")
    await dialog.get_by_label("Until").fill("10:00")
    await dialog.get_by_role("button", name="Reserve", exact=True).click()
    await dialog.get_by_text("Somebody else has this time.").wait_for()
    visit.forgive("409")
    return page


async def places(caller: Caller, state: str | None = None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = made(await caller.get("waitlist", **({"state": state} if state else {})))["items"]
    return found


@pytest.mark.parametrize("device", DEVICES)
async def test_what_is_taken_is_waited_for_and_ones_turn_comes(
    device: str, open_browser: Open, ada: Caller, admin: Caller
) -> None:
    one = await stage(admin)
    visit = await opened(open_browser, device, ada, f"/resources/{one.id}")
    page = await refused(visit, one, "Rehearsal")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_text("Or wait until it is free:").scroll_into_view_if_needed()
    assert await visit.faults_of(f"waitlist-refused-{device}") == []
    await dialog.get_by_role("button", name="Join the waitlist").click()
    await dialog.get_by_role("heading", name="Join the waitlist").wait_for()
    assert await visit.faults_of(f"waitlist-form-{device}") == []
    await dialog.get_by_role("button", name="Join the waitlist").click()
    await dialog.get_by_text("You are next.").wait_for()
    assert await visit.faults_of(f"waitlist-joined-{device}") == []
    await dialog.get_by_role("link", name="See what I wait for").click()
    card = page.get_by_role("article", name="Rehearsal")
    await card.get_by_text("You are next.").wait_for()
    assert page.url == f"{visit.url}/waitlist"
    assert await visit.faults_of(f"waitlist-waiting-{device}") == []
    [place] = await places(ada)
    assert (place["minutes"], place["people"], place["title"]) == (None, 1, "Rehearsal")
    made(await admin.post(f"reservations/{one.theirs}/cancel"))
    await card.get_by_text("It is kept for you until").wait_for()
    await card.get_by_role("timer").wait_for()
    assert await visit.faults_of(f"waitlist-offered-{device}") == []
    await card.get_by_role("button", name="Accept").click()
    await page.get_by_role("heading", name="Rehearsal", level=1).wait_for()
    assert page.url == f"{visit.url}/reservations/{await taken(ada)}"


async def taken(caller: Caller) -> int:
    """Answer the number of the reservation that came of the one offer that was accepted."""
    [place] = await places(caller, "accepted")
    id_: int = place["reservation_id"]
    return id_


@pytest.mark.parametrize("device", DEVICES)
async def test_any_time_within_a_day_is_offered_at_once_and_accepted_there(
    device: str, open_browser: Open, ada: Caller, admin: Caller
) -> None:
    one = await stage(admin)
    visit = await opened(open_browser, device, ada, f"/resources/{one.id}")
    page = await refused(visit, one, "Rehearsal")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Join the waitlist").click()
    await dialog.get_by_text("Any time within").click()
    await dialog.get_by_label("Minutes that you need").fill("90")
    await dialog.get_by_label("For how many people").fill("12")
    assert await visit.faults_of(f"waitlist-flexible-{device}") == []
    await dialog.get_by_role("button", name="Join the waitlist").click()
    await dialog.get_by_role("heading", name="It is free: take it").wait_for()
    await dialog.get_by_role("timer").wait_for()
    assert await visit.faults_of(f"waitlist-free-{device}") == []
    [place] = await places(ada)
    assert (place["state"], place["minutes"], place["people"]) == ("offered", 90, 12)
    await dialog.get_by_role("button", name="Accept").click()
    await page.get_by_text("Reserved.").wait_for()
    await dialog.wait_for(state="hidden")
    reserved = made(await ada.get(f"reservations/{await taken(ada)}"))
    assert (reserved["state"], reserved["start"][11:16], reserved["end"][11:16]) == ("ready", "07:00", "08:30")


async def test_an_offer_is_declined_and_another_time_waited_for(open_browser: Open, ada: Caller, admin: Caller) -> None:
    one = await stage(admin)
    visit = await opened(open_browser, "phone", ada, f"/resources/{one.id}")
    page = await refused(visit, one, "Rehearsal")
    dialog = page.get_by_role("dialog").first
    await dialog.get_by_role("button", name="Join the waitlist").click()
    await dialog.get_by_text("Any time within").click()
    await dialog.get_by_role("button", name="Join the waitlist").click()
    await dialog.get_by_role("button", name="Decline").click()
    await page.get_by_text("It goes to the next in line, and your place is given up.").wait_for()
    assert await visit.faults_of("waitlist-decline-phone") == []
    await page.get_by_role("button", name="Decline the offer").click()
    await dialog.get_by_text("Exactly this time").click()
    await dialog.get_by_role("button", name="Join the waitlist").click()
    await dialog.get_by_text("You are next.").wait_for()
    assert [each["state"] for each in await places(ada, "declined")] == ["declined"]
    await dialog.get_by_role("button", name="Good").click()
    await refused(visit, one, "Twice")
    await dialog.get_by_role("button", name="Join the waitlist").click()
    await dialog.get_by_role("button", name="Join the waitlist").click()
    await dialog.get_by_text("You wait for this already, or have been offered it.").wait_for()
    visit.forgive("409")
    assert await visit.faults_of("waitlist-twice-phone") == []
    await dialog.get_by_role("button", name="Back").click()
    await dialog.get_by_text("Somebody else has this time.").wait_for()


@pytest.mark.parametrize("device", DEVICES)
async def test_nothing_is_found_and_any_that_fits_is_waited_for(
    device: str, open_browser: Open, ada: Caller, admin: Caller
) -> None:
    one = await stage(admin)
    window = f"from={one.day}T09:00:00Z&until={one.day}T10:00:00Z"
    visit = await opened(open_browser, device, ada, f"/find?view=list&kind={one.kind}&capacity=6&{window}")
    page = visit.page
    await page.get_by_role("heading", name="Nothing is free then").wait_for()
    assert await visit.faults_of(f"waitlist-find-{device}") == []
    await page.get_by_role("button", name="Join the waitlist").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_text("Any one that fits your search").wait_for()
    assert await visit.faults_of(f"waitlist-any-{device}") == []
    await dialog.get_by_role("button", name="Join the waitlist").click()
    await dialog.get_by_text("You are next.").wait_for()
    await dialog.get_by_role("link", name="See what I wait for").click()
    await page.get_by_role("article", name=f"Any one that fits: {one.kind}").get_by_text("6 people").wait_for()
    [place] = await places(ada)
    assert (place["any_of"]["kind"], place["any_of"]["capacity_min"], place["people"]) == (one.kind, 6, 6)


async def test_what_the_quick_line_does_not_find_is_waited_for(open_browser: Open, ada: Caller, admin: Caller) -> None:
    one = await stage(admin)
    visit = await opened(open_browser, "phone", ada, "/")
    page = visit.page
    await page.get_by_label("What do you need?").last.fill(f"100000 people, 1 hour, tomorrow, {one.name}")
    await page.get_by_role("button", name="Join the waitlist").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Join the waitlist").click()
    await dialog.get_by_text("Nothing fits this search. Ask for less.").wait_for()
    visit.forgive("422")


@pytest.mark.parametrize("device", DEVICES)
async def test_a_place_is_left_and_what_became_of_it_is_told(
    device: str, open_browser: Open, ada: Caller, admin: Caller
) -> None:
    one = await stage(admin)
    made(await ada.post("waitlist", {"resource_id": one.id, **one.times, "title": "Choir"}))
    visit = await opened(open_browser, device, ada, "/waitlist")
    page = visit.page
    await page.get_by_role("article", name="Choir").get_by_role("button", name="Leave the line").click()
    await page.get_by_role("button", name="Give up my place").click()
    await page.get_by_text("You wait for nothing").wait_for()
    await page.get_by_text("You do not wait for it any more.").wait_for()
    await page.get_by_role("tab", name="Over").click()
    await page.get_by_role("article", name="Choir").get_by_text("Left", exact=True).wait_for()
    assert page.url.endswith("/waitlist?view=over")
    assert await visit.faults_of(f"waitlist-over-{device}") == []


@pytest.mark.parametrize("device", DEVICES)
async def test_an_administrator_sees_the_line_and_takes_somebody_out(
    device: str, open_browser: Open, ada: Caller, admin: Caller
) -> None:
    one = await stage(admin)
    visit = await opened(open_browser, device, admin, f"/administration/resources/{one.id}?part=waitlist")
    page = visit.page
    await page.get_by_text("Nobody waits for it").wait_for()
    made(await ada.post("waitlist", {"resource_id": one.id, **one.times, "title": "Choir", "people": 4}))
    row = page.get_by_role("row").filter(has_text="Choir")
    await row.get_by_text("Number 1 in line").wait_for()
    assert await visit.faults_of(f"waitlist-line-{device}") == []
    await row.get_by_role("button", name="Take out ").click()
    await page.get_by_role("button", name="Take out of the line").click()
    await page.get_by_text("Nobody waits for it").wait_for()
    assert [each["state"] for each in await places(ada, "left")] == ["left"]


async def test_the_keyboard_suffices(open_browser: Open, ada: Caller, admin: Caller) -> None:
    one = await stage(admin)
    visit = await opened(open_browser, "desk", ada, f"/resources/{one.id}")
    page = await refused(visit, one, "")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Join the waitlist").focus()
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_label("Title")).to_be_focused()
    await page.keyboard.type("Typed")
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_role("heading", name="You are in line")).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.get_by_role("article", name="Typed").wait_for()
