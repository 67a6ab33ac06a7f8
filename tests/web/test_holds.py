"""Keeping a slot while one decides: in the form, on the start page and beside one's reservations, until it runs out."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.acceptance.conftest import Caller
from tests.web.conftest import DEVICES, LEAST, Open, Visit
from tests.web.world import made

KEEP = "Keep it for 10 minutes while I decide"
RAN_OUT = "It is not kept for you any more."
_numbers = count(1)


async def new_room(admin: Caller) -> dict[str, Any]:
    """Make a room in UTC of a kind of its own."""
    name = f"Booth {next(_numbers)}"
    return made(await admin.post("resources", {"name": name, "kind": name, "timezone": "UTC"}))


def times(room: dict[str, Any]) -> dict[str, Any]:
    """Answer an hour of that room next week."""
    day = datetime.now(UTC).replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=7)
    return {"resource_id": room["id"], "start": day.isoformat(), "end": (day + timedelta(hours=1)).isoformat()}


async def opened(open_browser: Open, device: str, caller: Caller, path: str) -> Visit:
    visit = await open_browser(device, timezone_id="UTC", viewport=LEAST[device])
    await visit.enter(caller, path)
    return visit


async def form(visit: Visit, room: dict[str, Any]) -> Locator:
    """Open the form on the page of the room, with the hour of next week in it."""
    await visit.page.get_by_role("button", name="Reserve", exact=True).click()
    dialog = visit.page.get_by_role("dialog")
    await dialog.get_by_label("First day").fill(times(room)["start"][:10])
    await dialog.get_by_label("From").fill("10:00")
    await dialog.get_by_label("Until").fill("11:00")
    return dialog


async def held(caller: Caller) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = made(await caller.get("holds"))["items"]
    return found


@pytest.mark.parametrize("device", DEVICES)
async def test_a_slot_is_kept_in_the_form_and_reserved_there(
    device: str, open_browser: Open, ada: Caller, admin: Caller
) -> None:
    room = await new_room(admin)
    visit = await opened(open_browser, device, ada, f"/resources/{room['id']}")
    dialog = await form(visit, room)
    await dialog.get_by_role("button", name=KEEP).scroll_into_view_if_needed()
    assert await visit.faults_of(f"holds-offered-{device}") == []
    await dialog.get_by_role("button", name=KEEP).click()
    await dialog.get_by_role("status").get_by_text("Kept for you").wait_for()
    await dialog.get_by_role("timer").wait_for()
    await expect(dialog.get_by_label("Title")).to_be_focused()
    assert await dialog.get_by_label("First day").count() == 0
    assert await visit.faults_of(f"holds-kept-{device}") == []
    [hold] = await held(ada)
    assert 500 < hold["seconds_left"] <= 600
    await dialog.get_by_label("Title").fill("Interview")
    await dialog.get_by_role("button", name="Reserve", exact=True).click()
    await visit.page.get_by_text("Reserved.").wait_for()
    assert await held(ada) == []
    reserved = made(await ada.get(f"reservations/{hold['id']}"))
    assert (reserved["title"], reserved["state"]) == ("Interview", "ready")


@pytest.mark.parametrize("device", DEVICES)
async def test_what_is_kept_waits_on_the_start_page_and_is_reserved_from_there(
    device: str, open_browser: Open, ada: Caller, admin: Caller
) -> None:
    room = await new_room(admin)
    visit = await opened(open_browser, device, ada, f"/resources/{room['id']}")
    dialog = await form(visit, room)
    await dialog.get_by_role("button", name=KEEP).click()
    await dialog.get_by_role("timer").wait_for()
    await dialog.get_by_role("button", name="Back", exact=True).click()
    await dialog.wait_for(state="hidden")
    await visit.go("/")
    kept = visit.page.get_by_role("region", name="Kept for you").get_by_role("article", name=room["name"])
    await kept.get_by_role("timer").wait_for()
    assert await visit.faults_of(f"holds-home-{device}") == []
    await kept.get_by_role("button", name="Reserve").click()
    await dialog.get_by_role("timer").wait_for()
    await dialog.get_by_label("Title").fill("Interview")
    await dialog.get_by_role("button", name="Reserve", exact=True).click()
    await dialog.wait_for(state="hidden")
    await kept.wait_for(state="hidden")
    await visit.page.get_by_role("link", name="Interview").wait_for()


@pytest.mark.parametrize("device", DEVICES)
async def test_what_is_kept_is_given_back_beside_ones_reservations(
    device: str, open_browser: Open, ada: Caller, admin: Caller
) -> None:
    room = await new_room(admin)
    visit = await opened(open_browser, device, ada, "/reservations")
    made(await ada.post("holds", times(room)))
    kept = visit.page.get_by_role("article", name=room["name"])
    await kept.get_by_role("timer").wait_for()
    assert await visit.faults_of(f"holds-reservations-{device}") == []
    await kept.get_by_role("button", name="Give back").click()
    await visit.page.get_by_text("It is given back.").wait_for()
    await kept.wait_for(state="hidden")
    assert await held(ada) == []


async def test_one_who_changes_ones_mind_gives_it_back_and_has_the_form_again(
    open_browser: Open, ada: Caller, admin: Caller
) -> None:
    room = await new_room(admin)
    visit = await opened(open_browser, "desk", ada, f"/resources/{room['id']}")
    dialog = await form(visit, room)
    await dialog.get_by_role("button", name=KEEP).click()
    await dialog.get_by_role("button", name="Give it back and change it").click()
    await dialog.get_by_label("From").fill("10:30")
    await dialog.get_by_role("button", name=KEEP).wait_for()
    await dialog.get_by_role("button", name="Reserve", exact=True).click()
    await visit.page.get_by_text("Reserved.").wait_for()
    assert await held(ada) == []


@pytest.mark.parametrize("device", DEVICES)
async def test_what_ran_out_says_so_and_is_kept_once_more(
    device: str, open_browser: Open, ada: Caller, admin: Caller
) -> None:
    room = await new_room(admin)
    visit = await opened(open_browser, device, ada, f"/resources/{room['id']}")
    await visit.page.clock.install()
    await visit.go(f"/resources/{room['id']}")
    dialog = await form(visit, room)
    await dialog.get_by_role("button", name=KEEP).click()
    await dialog.get_by_role("timer").wait_for()
    [first] = await held(ada)
    await ada.delete(f"holds/{first['id']}")
    await visit.page.clock.fast_forward("10:01")
    await dialog.get_by_text(RAN_OUT).wait_for()
    assert await visit.faults_of(f"holds-over-{device}") == []
    await dialog.get_by_role("button", name="Try again").click()
    await dialog.get_by_role("timer").wait_for()
    [second] = await held(ada)
    assert second["id"] != first["id"]


async def test_what_is_over_for_berth_is_told_when_it_is_to_be_reserved(
    open_browser: Open, ada: Caller, admin: Caller
) -> None:
    room = await new_room(admin)
    visit = await opened(open_browser, "phone", ada, f"/resources/{room['id']}")
    dialog = await form(visit, room)
    await dialog.get_by_role("button", name=KEEP).click()
    await dialog.get_by_role("timer").wait_for()
    [hold] = await held(ada)
    await ada.delete(f"holds/{hold['id']}")
    await dialog.get_by_role("button", name="Reserve", exact=True).click()
    await dialog.get_by_text(RAN_OUT).wait_for()
    visit.forgive("410")
    await dialog.get_by_role("button", name="Reserve", exact=True).click()
    await visit.page.get_by_text("Reserved.").wait_for()


async def test_what_ran_out_in_the_list_stays_until_it_is_put_away(
    open_browser: Open, ada: Caller, admin: Caller
) -> None:
    room = await new_room(admin)
    hold = made(await ada.post("holds", times(room)))
    visit = await opened(open_browser, "phone", ada, "/")
    await visit.page.clock.install()
    await visit.go("/")
    card = visit.page.get_by_role("article", name=room["name"])
    await card.get_by_role("timer").wait_for()
    await visit.page.clock.fast_forward("10:01")
    await card.get_by_text("The time ran out").wait_for()
    await ada.delete(f"holds/{hold['id']}")
    assert await visit.faults_of("holds-list-over") == []
    await card.get_by_role("button", name="Try again").click()
    dialog = visit.page.get_by_role("dialog")
    await expect(dialog.get_by_label("From")).to_have_value("10:00")
    await dialog.get_by_role("button", name="Reserve", exact=True).click()
    await visit.page.get_by_text("Reserved.").wait_for()
    await card.wait_for(state="hidden")


async def test_what_somebody_else_has_is_not_kept_and_may_be_waited_for(
    open_browser: Open, ada: Caller, admin: Caller
) -> None:
    room = await new_room(admin)
    made(await admin.post("reservations", {**times(room), "title": "Theirs"}))
    visit = await opened(open_browser, "desk", ada, f"/resources/{room['id']}")
    dialog = await form(visit, room)
    await dialog.get_by_role("button", name=KEEP).click()
    await dialog.get_by_text("Not kept").wait_for()
    visit.forgive("409")
    await dialog.get_by_role("button", name="Join the waitlist").wait_for()
    assert await visit.faults_of("holds-taken") == []
    await dialog.get_by_role("button", name=room["name"]).first.click()
    await dialog.get_by_role("timer").wait_for()
    assert len(await held(ada)) == 1
