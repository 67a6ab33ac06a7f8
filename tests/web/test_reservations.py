"""One's own reservations: the list, one of them, and giving it up, on a desk and on a phone."""

import asyncio
from itertools import count

import pytest
from playwright.async_api import Page

from tests.acceptance.conftest import Caller
from tests.web.conftest import DEVICES, SCHEMES, Open

WITHIN_MS = 1_000
WHEN_SEEN = """(words) => new Promise((answer) => {
    const look = () => document.body.innerText.includes(words) ? answer(Date.now()) : requestAnimationFrame(look);
    look();
})"""
_days = count(1)


async def reserved(caller: Caller, room: int, title: str) -> int:
    day = f"2031-05-{next(_days):02}"
    times = {"start": f"{day}T08:00:00Z", "end": f"{day}T09:30:00Z"}
    answer = await caller.post("reservations", {"resource_id": room, "title": title, **times})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


@pytest.mark.parametrize("device", DEVICES)
async def test_a_reservation_is_found_looked_at_and_given_up(
    device: str, open_browser: Open, ada: Caller, room: int
) -> None:
    id_ = await reserved(ada, room, "Seminar")
    visit = await open_browser(device)
    page = visit.page
    await visit.sign_in(ada)
    await page.get_by_role("link", name="Seminar").click()
    await page.get_by_role("heading", name="Seminar").wait_for()
    assert await page.get_by_text("10:00 – 11:30").is_visible(), "in Rome's time"
    await page.get_by_role("button", name="Cancel").click()
    await page.get_by_label("Reason (optional)").fill("Rain")
    await page.get_by_role("button", name="Cancel the reservation").click()
    await page.get_by_text("The reservation is cancelled.").wait_for()
    await page.get_by_text("Rain").wait_for()
    assert (await ada.get(f"reservations/{id_}")).json()["cancel_reason"] == "Rain"
    await page.go_back()
    await page.get_by_text("You have nothing ahead.").wait_for()
    await page.get_by_role("tab", name="Cancelled").click()
    await page.get_by_role("link", name="Seminar").wait_for()
    assert page.url.endswith("/reservations?view=cancelled")


async def test_whoever_lives_elsewhere_sees_both_clocks(open_browser: Open, ada: Caller, room: int) -> None:
    await reserved(ada, room, "Far away")
    visit = await open_browser(timezone_id="Europe/London")
    await visit.sign_in(ada)
    await visit.page.get_by_text("10:00 – 11:30 (Rome time)").wait_for()
    assert await visit.page.get_by_text("For you in London: 9:00 – 10:30").is_visible()


async def test_what_one_browser_changes_another_shows_within_a_second(
    open_browser: Open, ada: Caller, room: int
) -> None:
    """Once in three changes is enough: a machine that is busy may hold up either browser."""
    id_ = await reserved(ada, room, "From a phone")
    phone, desk = await open_browser("phone"), await open_browser()
    for one in (phone, desk):
        await one.sign_in(ada)
        await one.page.get_by_role("link", name="From a phone").wait_for()
    await phone.go(f"/reservations/{id_}")
    took = [await shown_after(phone.page, desk.page, f"Title {number}") for number in range(3)]
    assert min(took) <= WITHIN_MS, took


async def shown_after(here: Page, there: Page, title: str) -> int:
    """Give the reservation a title here, and answer the milliseconds from Berth's yes until it is shown there."""
    await here.get_by_role("button", name="Edit the title").click()
    dialog = here.get_by_role("dialog")
    await dialog.get_by_label("Title").fill(title)
    seen = asyncio.create_task(there.evaluate(WHEN_SEEN, title))
    async with here.expect_response(lambda answer: answer.request.method == "PATCH" and answer.ok):
        await dialog.get_by_role("button", name="Save").click()
    changed = await here.evaluate("Date.now()")
    await dialog.wait_for(state="hidden")
    took: int = await seen - changed
    return took


@pytest.mark.parametrize("device", DEVICES)
async def test_giving_up_is_asked_about_in_a_way_that_is_for_everybody(
    device: str, open_browser: Open, ada: Caller, room: int
) -> None:
    id_ = await reserved(ada, room, "Seminar")
    visit = await open_browser(device)
    await visit.sign_in(ada)
    await visit.go(f"/reservations/{id_}")
    await visit.page.get_by_role("button", name="Cancel").click()
    await visit.page.get_by_role("dialog").wait_for()
    for scheme in SCHEMES:
        await visit.light(scheme)
        assert await visit.violations() == []
