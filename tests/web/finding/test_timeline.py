"""The timeline under hands: creating, moving and resizing by mouse, finger and keyboard, and what is refused."""

import re
from time import monotonic

import pytest
from playwright.async_api import expect

from tests.acceptance.conftest import Caller, register
from tests.web.conftest import DEVICES, SCHEMES, Open, Visit
from tests.web.finding.conftest import Harbour, block, drag, finger, point, reserve

# After a swipe the timeline glides on for a while; a finger that comes down meanwhile only stops it.
GLIDED = """() => new Promise((done) => {
    const scroller = document.querySelector('.timeline');
    let [last, still] = [scroller.scrollLeft, 0];
    const look = () => {
        still = scroller.scrollLeft === last ? still + 1 : 0;
        last = scroller.scrollLeft;
        if (still < 10) requestAnimationFrame(look);
        else done();
    };
    look();
})"""


async def stands(caller: Caller, id_: int) -> tuple[str, str, list[int]]:
    """Answer from when until when a reservation is, and of what, by the clocks of Rome."""
    one = (await caller.get(f"reservations/{id_}", tz="Europe/Rome")).json()
    return one["start"][11:16], one["end"][11:16], [each["id"] for each in one["resources"]]


@pytest.mark.parametrize("device", DEVICES)
async def test_a_drag_over_free_time_reserves_it(
    device: str, open_browser: Open, ada: Caller, harbour: Harbour
) -> None:
    visit = await open_browser(device)
    await visit.enter(ada, harbour.find())
    await drag(visit, harbour.names[1], 10, 11.5)
    dialog = visit.page.get_by_role("dialog")
    await expect(dialog.get_by_label("From")).to_have_value("10:00")
    await expect(dialog.get_by_label("Until")).to_have_value("11:30")
    await dialog.get_by_label("Title").fill("Regatta")
    await dialog.get_by_role("button", name="Reserve").click()
    await block(visit, "Regatta").wait_for()
    await visit.page.get_by_text("Reserved.").wait_for()
    [made] = (await ada.get("reservations/my", resource_id=harbour.rooms[1])).json()["items"]
    assert (await stands(ada, made["id"]))[:2] == ("10:00", "11:30")


@pytest.mark.parametrize("device", DEVICES)
async def test_what_is_ones_own_is_moved_and_resized(
    device: str, open_browser: Open, ada: Caller, harbour: Harbour
) -> None:
    id_ = (await reserve(ada, harbour.rooms[0], harbour.at(9), harbour.at(11), "Mine"))["id"]
    visit = await open_browser(device)
    await visit.enter(ada, harbour.find())
    await block(visit, "Mine").wait_for()
    await drag(visit, harbour.names[0], 10, 12)
    await visit.page.get_by_text("Moved to").first.wait_for()
    assert await stands(ada, id_) == ("11:00", "13:00", [harbour.rooms[0]]), "by where it was grabbed"
    await expect(block(visit, "Mine")).to_have_attribute("data-grip", "true")
    await drag(visit, harbour.names[0], 12.95, 14)
    await expect(block(visit, "Mine")).to_have_attribute("title", "Mine, 11:00 – 14:00")
    await expect(block(visit, "Mine")).to_have_attribute("data-grip", "true")
    assert (await stands(ada, id_))[:2] == ("11:00", "14:00")
    await drag(visit, harbour.names[0], 11.05, 12)
    await expect(block(visit, "Mine")).to_have_attribute("title", "Mine, 12:00 – 14:00")
    await expect(block(visit, "Mine")).to_have_attribute("data-grip", "true")
    assert (await stands(ada, id_))[:2] == ("12:00", "14:00")
    await drag(visit, harbour.names[0], 13, 13, to_row=harbour.names[2])
    await expect(visit.page.get_by_role("row", name=harbour.names[2]).locator(".timeline-block")).to_have_attribute(
        "data-grip", "true"
    )
    assert await stands(ada, id_) == ("12:00", "14:00", [harbour.rooms[2]])


async def test_a_refusal_says_why_and_an_alternative_is_one_click_away(
    open_browser: Open, ada: Caller, admin: Caller, harbour: Harbour
) -> None:
    visit = await open_browser()
    await visit.enter(ada, harbour.find())
    x, y = await point(visit, harbour.names[0], 10.3)
    await visit.page.mouse.click(x, y)
    dialog = visit.page.get_by_role("dialog")
    await dialog.get_by_label("Title").fill("Too late")
    await reserve(admin, harbour.rooms[0], harbour.at(9), harbour.at(12), "Faster")
    await dialog.get_by_role("button", name="Reserve").click()
    await dialog.get_by_text("Somebody else has this time.").wait_for()
    assert await visit.violations() == []
    await dialog.get_by_role("button", name=harbour.names[0]).first.click()
    await block(visit, "Too late").wait_for()
    await dialog.wait_for(state="hidden")
    visit.forgive("409")


@pytest.mark.parametrize("device", DEVICES)
async def test_a_move_onto_what_is_taken_is_undone(
    device: str, open_browser: Open, ada: Caller, admin: Caller, harbour: Harbour
) -> None:
    id_ = (await reserve(ada, harbour.rooms[0], harbour.at(9), harbour.at(10), "Mine"))["id"]
    await reserve(admin, harbour.rooms[0], harbour.at(11), harbour.at(13), "Theirs")
    visit = await open_browser(device)
    await visit.enter(ada, harbour.find())
    await block(visit, "Mine").wait_for()
    await drag(visit, harbour.names[0], 9.5, 11.5)
    await visit.page.get_by_role("heading", name="The reservation stays where it was").wait_for()
    await visit.page.get_by_text("Somebody else has this time.").wait_for()
    await expect(block(visit, "Mine")).to_have_attribute("title", re.compile(r"Mine, 0?9:00 – 10:00"))
    assert (await stands(ada, id_))[0] == "09:00"
    await visit.page.get_by_role("dialog").get_by_role("button", name=harbour.names[0]).first.click()
    await visit.page.get_by_text("Moved to").first.wait_for()
    assert (await stands(ada, id_))[0] != "09:00"
    visit.forgive("409")


async def test_the_keyboard_does_all_of_it(open_browser: Open, ada: Caller, harbour: Harbour) -> None:
    visit = await open_browser()
    page = visit.page
    await visit.enter(ada, harbour.find())
    await page.get_by_role("grid").focus()
    await page.keyboard.press("ArrowDown")
    await page.get_by_text(re.compile(rf"{harbour.names[1]}, 0?9:00 – 10:00. Press Enter to reserve.")).wait_for(
        state="attached"
    )
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Title").fill("Typed")
    await page.keyboard.press("Enter")
    await dialog.wait_for(state="hidden")
    await expect(block(visit, "Typed")).to_have_attribute("data-grip", "true")
    await page.get_by_role("grid").focus()
    await page.keyboard.down("Alt")
    for _ in range(4):
        await page.keyboard.press("ArrowRight")
    await page.keyboard.up("Alt")
    await expect(block(visit, "Typed")).to_have_attribute("title", "Typed, 10:00 – 11:00")
    await expect(block(visit, "Typed")).to_have_attribute("data-grip", "true")
    await page.keyboard.press("Shift+ArrowRight")
    await expect(block(visit, "Typed")).to_have_attribute("title", "Typed, 10:00 – 11:15")
    await expect(block(visit, "Typed")).to_have_attribute("data-grip", "true")
    [made] = (await ada.get("reservations/my", resource_id=harbour.rooms[1])).json()["items"]
    assert (await stands(ada, made["id"]))[:2] == ("10:00", "11:15")


async def test_a_finger_scrolls_with_a_swipe_and_drags_after_a_rest(
    open_browser: Open, ada: Caller, harbour: Harbour
) -> None:
    visit = await open_browser("phone")
    await visit.enter(ada, harbour.find())
    await visit.page.get_by_role("row", name=harbour.names[1]).wait_for()
    x, y = await point(visit, harbour.names[1], 10)
    touch = await finger(visit)
    scrolled = "document.querySelector('.timeline').scrollLeft"
    before = await visit.page.evaluate(scrolled)
    await touch("touchStart", x + 60, y)
    for step in range(1, 7):
        await touch("touchMove", x + 60 - 15 * step, y)
    await touch("touchEnd")
    await visit.until(f"{scrolled} > {before}")
    assert await visit.page.get_by_role("dialog").count() == 0, "and reserves nothing"
    await visit.page.evaluate(GLIDED)

    await drag(visit, harbour.names[1], 10, 11)
    await expect(visit.page.get_by_role("dialog").get_by_label("From")).to_have_value("10:00")
    await expect(visit.page.get_by_role("dialog").get_by_label("Until")).to_have_value("11:00")


async def test_two_browsers_see_each_others_change_within_a_second(
    open_browser: Open, ada: Caller, harbour: Harbour, admin: Caller
) -> None:
    bo = await register(admin.client, "bo")
    mine, theirs = await open_browser(), await open_browser()
    for visit, caller in ((mine, ada), (theirs, bo)):
        async with visit.told_of("resources"):
            await visit.enter(caller, harbour.find())
        await visit.page.get_by_role("row", name=harbour.names[0]).wait_for()
    for seen, caller, hours in ((theirs, ada, range(8, 12)), (mine, bo, range(13, 17))):
        lasted = [await seconds_until_seen(seen, caller, harbour, hour) for hour in hours]
        assert min(lasted) < 1.0, "other programs may have the cores for a while, but not each time"


async def seconds_until_seen(visit: Visit, caller: Caller, harbour: Harbour, hour: int) -> float:
    """Let somebody reserve an hour, and answer how long it took until somebody else sees it taken."""
    taken = visit.page.locator('.timeline .timeline-block[data-kind="taken"]')
    count = await taken.count()
    began = monotonic()
    await reserve(caller, harbour.rooms[0], harbour.at(hour), harbour.at(hour + 1), "Now")
    await expect(taken).to_have_count(count + 1)
    return monotonic() - began


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("device", DEVICES)
async def test_the_timeline_is_for_everybody(
    device: str, scheme: str, open_browser: Open, ada: Caller, admin: Caller, harbour: Harbour
) -> None:
    await reserve(ada, harbour.rooms[0], harbour.at(9), harbour.at(10.5), "Mine")
    await reserve(admin, harbour.rooms[1], harbour.at(9.5), harbour.at(11), "Theirs")
    times = {"start": harbour.at(8), "end": harbour.at(10), "reason": "Painting"}
    assert (await admin.post("blackouts", {"resource_ids": [harbour.rooms[2]], **times})).status_code == 201
    visit = await open_browser(device, scheme)
    await visit.enter(ada, harbour.find())
    for span in ("day", "week"):
        await visit.page.get_by_role("radiogroup", name="How much is shown").get_by_text(span.title()).click()
        await visit.page.locator(f'.timeline[data-span="{span}"][aria-busy="false"]').wait_for()
        await block(visit, "Mine").wait_for()
        await visit.page.get_by_title("Closed").first.wait_for()
        assert await visit.violations() == []
