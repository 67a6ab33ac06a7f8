"""Calendars of other programs: addresses and passwords with which they read, and those that Berth reads."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.acceptance.conftest import Caller
from tests.calendar_server import CalendarServer, calendar, calendar_server, sent
from tests.web.conftest import DEVICES, LEAST, Open, Visit
from tests.web.world import eventually, made

HERE = "/profile/calendars"
TOMORROW = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=1)
_numbers = count(1)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def server() -> AsyncIterator[CalendarServer]:
    async with calendar_server() as running:
        yield running


def event(title: str, start: datetime = TOMORROW) -> bytes:
    """Answer a calendar with one event, of an hour."""
    times = [f"{name}:{at:%Y%m%dT%H%M%SZ}" for name, at in (("DTSTART", start), ("DTEND", start + timedelta(hours=1)))]
    return calendar("\r\n".join(["UID:1", *times, f"SUMMARY:{title}"]))


async def new_room(admin: Caller, site: int | None = None) -> dict[str, Any]:
    name = f"Reading room {next(_numbers)}"
    return made(await admin.post("resources", {"name": name, "kind": name, "timezone": "UTC", "site_id": site}))


async def reserved(caller: Caller, room: dict[str, Any], title: str) -> int:
    """Reserve an hour from nine o'clock tomorrow."""
    times = {"start": TOMORROW.isoformat(), "end": (TOMORROW + timedelta(hours=1)).isoformat()}
    id_: int = made(await caller.post("reservations", {"resource_id": room["id"], "title": title, **times}))["id"]
    return id_


async def opened(open_browser: Open, device: str, caller: Caller, path: str) -> Visit:
    visit = await open_browser(device, timezone_id="UTC", viewport=LEAST[device])
    await visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await visit.enter(caller, path)
    return visit


async def address(page: Page) -> str:
    """Answer the path of the address that is shown this once, as it is copied."""
    dialog = page.get_by_role("dialog").filter(has_text="The address of the calendar")
    await dialog.get_by_text("It is not shown again.").wait_for()
    await dialog.get_by_role("button", name="Copy: Address").click()
    await dialog.get_by_role("button", name="Copied: Address").wait_for()
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert copied == await dialog.get_by_role("textbox", name="Address").input_value()
    return urlsplit(copied).path


@pytest.mark.parametrize("device", DEVICES)
async def test_an_address_of_ones_own_is_made_read_and_revoked(
    device: str, open_browser: Open, client: httpx.AsyncClient, ada: Caller, admin: Caller
) -> None:
    await reserved(ada, await new_room(admin), "Seminar")
    visit = await opened(open_browser, device, ada, "/profile")
    page = visit.page
    await page.get_by_role("link", name="Set up calendars").click()
    await page.get_by_text("You have no address yet").wait_for()
    assert await visit.faults_of(f"calendars-empty-{device}") == []
    await page.get_by_role("button", name="New address").click()
    await page.get_by_role("switch", name="With titles").wait_for()
    assert await visit.faults_of(f"calendars-new-{device}") == []
    await page.get_by_role("button", name="Make an address").click()
    path = await address(page)
    assert await visit.faults_of(f"calendars-address-{device}") == []
    assert "SUMMARY:Seminar" in (await client.get(path)).text
    await page.get_by_role("button", name="Done").click()
    await page.reload()
    row = page.get_by_role("row").filter(has_text="My reservations")
    await row.get_by_text("with titles").wait_for()
    assert await row.get_by_text("Never").count() == 0
    assert await visit.faults_of(f"calendars-list-{device}") == []
    await row.get_by_role("button", name="Revoke").click()
    await page.get_by_role("button", name="Revoke the address").click()
    await page.get_by_text("You have no address yet").wait_for()
    assert (await client.get(path)).status_code == 404


@pytest.mark.parametrize("device", DEVICES)
async def test_anybody_subscribes_to_a_resource_without_its_titles(
    device: str, open_browser: Open, client: httpx.AsyncClient, ada: Caller, admin: Caller
) -> None:
    room = await new_room(admin)
    await reserved(admin, room, "Secret meeting")
    visit = await opened(open_browser, device, ada, f"/resources/{room['id']}")
    page = visit.page
    await page.get_by_role("button", name="Subscribe to this calendar").click()
    await page.get_by_text("only administrators may show them").wait_for()
    assert await visit.faults_of(f"calendars-subscribe-{device}") == []
    await page.get_by_role("button", name="Make an address").click()
    text = (await client.get(await address(page))).text
    assert "BEGIN:VEVENT" in text
    assert "Secret meeting" not in text
    await page.get_by_role("button", name="Done").click()
    await visit.go(HERE)
    await page.get_by_role("link", name=room["name"]).wait_for()
    await page.get_by_text("only that it is taken").wait_for()


async def test_an_administrator_subscribes_to_a_site_with_its_titles(
    open_browser: Open, client: httpx.AsyncClient, admin: Caller
) -> None:
    site = made(await admin.post("sites", {"name": f"Reading hall {next(_numbers)}", "timezone": "UTC"}))
    await reserved(admin, await new_room(admin, site["id"]), "Secret meeting")
    visit = await opened(open_browser, "desk", admin, f"/administration/sites/{site['id']}")
    page = visit.page
    await page.get_by_role("button", name="Subscribe to this calendar").click()
    await page.get_by_role("switch", name="With titles and names").click(force=True)
    assert await visit.faults_of("calendars-site") == []
    await page.get_by_role("button", name="Make an address").click()
    assert "Secret meeting" in (await client.get(await address(page))).text


async def test_any_resource_and_place_is_chosen_among_ones_addresses(
    open_browser: Open, client: httpx.AsyncClient, ada: Caller, admin: Caller
) -> None:
    site = made(await admin.post("sites", {"name": f"Reading hall {next(_numbers)}", "timezone": "UTC"}))
    room = await new_room(admin, site["id"])
    visit = await opened(open_browser, "phone", ada, HERE)
    page = visit.page
    for what, label, name in (("A resource", "Resource", room["name"]), ("A place", "Place", site["name"])):
        await page.get_by_role("button", name="New address").click()
        await page.get_by_text(what, exact=True).click()
        await page.get_by_role("button", name="Make an address").click()
        await page.get_by_text("Choose one.").wait_for()
        await page.get_by_role("combobox", name=label).fill(name)
        await page.get_by_role("option", name=name).click()
        assert await visit.faults_of(f"calendars-of-{label.lower()}") == []
        await page.get_by_role("button", name="Make an address").click()
        assert (await client.get(await address(page))).status_code == 200
        await page.get_by_role("button", name="Done").click()
        await page.get_by_role("row").filter(has_text=name).wait_for()


@pytest.mark.parametrize("device", DEVICES)
async def test_a_program_signs_in_with_an_app_password_until_it_is_revoked(
    device: str, open_browser: Open, client: httpx.AsyncClient, ada: Caller
) -> None:
    visit = await opened(open_browser, device, ada, f"{HERE}?part=programs")
    page = visit.page
    await page.get_by_text("You have no app password yet").wait_for()
    await page.get_by_role("button", name="Thunderbird").click()
    await page.get_by_text("Tick the calendar that is found, and subscribe.").wait_for()
    assert await visit.faults_of(f"calendars-programs-{device}") == []
    await page.get_by_role("button", name="New app password").click()
    await page.get_by_label("For which device or program").fill("My telephone")
    await page.get_by_role("button", name="Make the password").click()
    dialog = page.get_by_role("dialog").filter(has_text="App password for My telephone")
    password = await dialog.get_by_role("textbox", name="Password").input_value()
    await expect(dialog.get_by_role("textbox", name="User name")).to_have_value(ada.username)
    assert (await dialog.get_by_role("textbox", name="Server").input_value()).endswith("/caldav/")
    assert await visit.faults_of(f"calendars-password-{device}") == []
    await dialog.get_by_role("button", name="Done").click()
    row = page.get_by_role("row").filter(has_text="My telephone")
    await row.get_by_text("Never").wait_for()

    async def asked() -> int:
        return (await client.request("PROPFIND", "/caldav/", auth=(ada.username, password))).status_code

    assert await asked() == 207
    await page.reload()
    await row.wait_for()
    assert await row.get_by_text("Never").count() == 0
    await row.get_by_role("button", name="Revoke").click()
    await page.get_by_role("button", name="Revoke the app password").click()
    await page.get_by_text("You have no app password yet").wait_for()
    assert await asked() == 401


@pytest.mark.parametrize("device", DEVICES)
async def test_a_calendar_of_ones_own_is_followed_and_says_when_one_is_busy(
    device: str, open_browser: Open, ada: Caller, server: CalendarServer, tmp_path: Path
) -> None:
    (tmp_path / "own.ics").write_bytes(event("Dentist"))
    (tmp_path / "page.ics").write_text("<html>")
    visit = await opened(open_browser, device, ada, f"{HERE}?part=outside&week={TOMORROW:%Y-%m-%d}")
    page = visit.page
    await page.get_by_text("You follow no calendar yet").wait_for()
    await page.get_by_role("button", name="Follow a calendar").click()
    await page.get_by_label("Name").fill("Private")
    await page.get_by_text("In a file").click()
    await page.locator("input[type=file]").set_input_files(tmp_path / "page.ics")
    await page.get_by_role("button", name="Follow it").click()
    await page.get_by_role("alert").wait_for()
    visit.forgive("422")
    await page.locator("input[type=file]").set_input_files(tmp_path / "own.ics")
    await page.get_by_role("button", name="Follow it").click()
    card = page.get_by_role("article", name="Private")
    await card.get_by_text("Last read:").wait_for()
    await page.get_by_text("Dentist").locator("visible=true").wait_for()
    assert await visit.faults_of(f"calendars-outside-{device}") == []

    server.answers["/own.ics"] = sent(event("Optician", TOMORROW + timedelta(hours=2)))
    await page.get_by_role("button", name="Follow a calendar").click()
    await page.get_by_label("Name").fill("Other")
    await page.get_by_role("textbox", name="Address").fill("own.ics")
    await page.get_by_role("button", name="Follow it").click()
    await page.get_by_text("Write an address that begins with").wait_for()
    assert await visit.faults_of(f"calendars-follow-{device}") == []
    await page.get_by_role("textbox", name="Address").fill(f"{server.origin}/own.ics")
    await page.get_by_role("button", name="Follow it").click()
    other = page.get_by_role("article", name="Other")
    await other.get_by_text("Last read:").wait_for()
    await page.get_by_text("Optician").locator("visible=true").wait_for()
    server.answers["/own.ics"] = sent(b"", "503 Service Unavailable")
    await other.get_by_role("button", name="Read it now").click()
    await other.get_by_text("What was busy stays busy until it can be read again.").wait_for()
    assert await visit.faults_of(f"calendars-error-{device}") == []
    server.answers["/own.ics"] = sent(event("Oculist", TOMORROW + timedelta(hours=2)))
    await other.get_by_role("button", name="Read it now").click()
    await page.get_by_text("Oculist").locator("visible=true").wait_for()
    await other.get_by_role("button", name="Remove").click()
    await page.get_by_role("button", name="Remove the calendar").click()
    await other.wait_for(state="hidden")
    await page.get_by_text("Oculist").first.wait_for(state="detached")


@pytest.mark.parametrize("device", DEVICES)
async def test_a_resource_follows_a_calendar_and_what_stands_in_its_way_is_listed(
    device: str, open_browser: Open, ada: Caller, admin: Caller, server: CalendarServer
) -> None:
    room = await new_room(admin)
    id_ = await reserved(ada, room, "Book club")
    server.answers["/lessons.ics"] = sent(event("Algebra"))
    visit = await opened(open_browser, device, admin, f"/administration/resources/{room['id']}?part=calendars")
    page = visit.page
    await page.get_by_text("It follows no calendar").wait_for()
    assert await visit.faults_of(f"calendars-resource-empty-{device}") == []
    await page.get_by_role("button", name="Follow a calendar").click()
    await page.get_by_label("Name").fill("Lessons")
    await page.get_by_role("textbox", name="Address").fill(f"{server.origin}/lessons.ics")
    await page.get_by_role("button", name="Follow it").click()
    card = page.get_by_role("article", name="Lessons")
    await card.get_by_text("Last read:").wait_for()
    await card.get_by_text("1 reservation stands where it is busy").wait_for()
    await card.get_by_role("listitem").filter(has_text="for Ada").get_by_role("link", name="Book club").wait_for()
    assert await visit.faults_of(f"calendars-conflict-{device}") == []
    made(await ada.post(f"reservations/{id_}/cancel"))
    await card.get_by_text("1 reservation stands where it is busy").wait_for(state="detached")
    await card.get_by_role("button", name="Remove").click()
    await page.get_by_role("button", name="Remove the calendar").click()
    await page.get_by_text("It follows no calendar").wait_for()

    async def gone() -> bool:
        listed = made(await admin.get("calendars/subscriptions", resource_id=room["id"]))["items"]
        return listed == []

    assert await eventually(gone)


@pytest.mark.parametrize("device", DEVICES)
async def test_a_reservation_is_taken_along_as_a_file(
    device: str, open_browser: Open, ada: Caller, admin: Caller, tmp_path: Path
) -> None:
    id_ = await reserved(ada, await new_room(admin), "Book club")
    visit = await opened(open_browser, device, ada, f"/reservations/{id_}")
    assert await visit.faults_of(f"calendars-reservation-{device}") == []
    async with visit.page.expect_download() as downloading:
        await visit.page.get_by_role("button", name="Calendar file (.ics)").click()
    download = await downloading.value
    assert download.suggested_filename == f"reservation-{id_}.ics"
    await download.save_as(tmp_path / "one.ics")
    assert "SUMMARY:Book club" in (tmp_path / "one.ics").read_text()
