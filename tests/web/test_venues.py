"""Venues and their seat maps in the browser: drawn, changed by mouse and keyboard, saved, exchanged and refused."""

import json
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.acceptance.conftest import Caller
from tests.web.conftest import DEVICES, Open, Visit
from tests.web.world import made

_halls = count(1)
SVG = """<svg xmlns="http://www.w3.org/2000/svg">
<circle id="loft/A/1" cx="0" cy="0" r="5"/><circle id="loft/A/2" cx="60" cy="0" r="5"/></svg>"""


async def hall(admin: Caller) -> tuple[int, str]:
    """A resource to be a venue of, and its name."""
    name = f"Auditorium {next(_halls)}"
    id_: int = made(await admin.post("resources", {"name": name, "kind": "hall", "timezone": "Europe/Rome"}))["id"]
    return id_, name


async def venue(admin: Caller, content: dict[str, Any] | None = None) -> int:
    """A venue, with a map if one is given."""
    resource, name = await hall(admin)
    id_: int = made(await admin.post("venues", {"name": f"Venue of {name}", "resource_id": resource}))["id"]
    if content:
        made(await admin.put(f"venues/{id_}/map", content))
    return id_


async def rows(admin: Caller, count: int = 3, seats: int = 6) -> dict[str, Any]:
    """A map of one section."""
    pattern = {"key": "S", "name": "Stalls", "category": "a", "rows": count, "seats": seats}
    section = made(await admin.post("seat-maps/sections", pattern))
    return {"categories": [{"key": "a", "name": "First"}], "sections": [section], "areas": []}


async def content_of(admin: Caller, id_: int) -> dict[str, Any]:
    found: dict[str, Any] = (await admin.get(f"venues/{id_}/map")).json()["content"]
    return found


async def saved(page: Page, version: int) -> None:
    await page.get_by_role("button", name="Save the map").click()
    await page.get_by_text(f"Version {version} is saved.").wait_for()


async def chosen(visit: Visit, seats: int) -> None:
    await expect(visit.page.get_by_text(f"{seats} seats chosen" if seats > 1 else "1 seat chosen")).to_be_visible()


@pytest.mark.parametrize("device", DEVICES)
async def test_a_venue_is_added_and_its_map_is_drawn(device: str, open_browser: Open, admin: Caller) -> None:
    _, resource = await hall(admin)
    name = f"Teatro {device}"
    visit = await open_browser(device)
    page = visit.page
    await visit.enter(admin, "/administration/venues")
    await page.get_by_role("button", name="New venue").first.click()
    await page.get_by_label("Name").fill(name)
    await page.get_by_role("combobox", name="Resource").fill(resource)
    await page.get_by_role("option", name=resource, exact=True).click()
    await page.keyboard.press("Tab")
    await page.get_by_role("button", name="Save").click()
    await page.get_by_role("heading", name=name).wait_for()
    await page.get_by_role("button", name="Add a section").click()
    await page.get_by_role("textbox", name="Rows").fill("4")
    await page.get_by_label("Seats of the first row").fill("10")
    await page.get_by_label("Aisles after seats").fill("5")
    await page.get_by_role("button", name="Add it").click()
    await page.get_by_text("Seats: 40, room for 40").wait_for()
    assert await visit.faults_of(f"venue-{device}") == []
    await visit.light("light")
    await page.get_by_role("tab", name="Areas").click()
    await page.get_by_role("button", name="Add an area").click()
    await page.get_by_label("Name").fill("Floor")
    await page.get_by_label("Key").fill("floor")
    await page.get_by_role("button", name="Add it").click()
    await page.get_by_text("Seats: 40, room for 140").wait_for()
    await saved(page, 1)
    await page.get_by_role("tab", name="Versions").click()
    await page.get_by_role("row").filter(has_text="140").wait_for()
    assert await visit.faults_of(f"venue-versions-{device}") == []
    await visit.go("/administration/venues")
    row = page.get_by_role("row").filter(has_text=name)
    await row.get_by_role("button", name="Rename").click()
    await page.get_by_role("textbox", name="Name").fill(f"{name} anew")
    await page.get_by_role("button", name="Save").click()
    await page.get_by_role("link", name=f"{name} anew").wait_for()
    assert await visit.faults_of(f"venues-{device}") == []
    await row.get_by_role("button", name="Remove").click()
    await page.get_by_role("dialog").get_by_role("button", name="Remove the venue").click()
    await row.wait_for(state="detached")


async def test_the_keyboard_chooses_moves_deletes_and_takes_back(open_browser: Open, admin: Caller) -> None:
    before = await rows(admin)
    id_ = await venue(admin, before)
    visit = await open_browser()
    page = visit.page
    await visit.enter(admin, f"/administration/venues/{id_}")
    plan = page.get_by_role("listbox", name="Seats of the map")
    await plan.focus()
    await expect(plan.get_by_role("option")).to_have_text("Stalls, row A, seat 1, First")
    for key in ("ArrowRight", "Space", "Shift+ArrowDown"):
        await page.keyboard.press(key)
    await expect(plan.get_by_role("option")).to_have_text("Stalls, row B, seat 2, First")
    await chosen(visit, 2)
    await page.keyboard.press("Alt+ArrowRight")
    await page.get_by_label("Wheelchair place").check()
    await page.get_by_role("button", name="Whole rows").click()
    await chosen(visit, 12)
    await page.get_by_role("button", name="Copy rows").click()
    await page.get_by_text("Seats: 30, room for 30").wait_for()
    await page.get_by_label("First number").fill("11")
    await page.get_by_role("button", name="Renumber rows").click()
    await plan.focus()
    await page.keyboard.press("Control+a")
    await chosen(visit, 30)
    await page.keyboard.press("Delete")
    await page.get_by_text("Seats: 0, room for 0").wait_for()
    await page.get_by_role("button", name="Undo").click()
    await page.get_by_text("Seats: 30, room for 30").wait_for()
    assert await visit.violations() == []
    await saved(page, 2)
    [section] = (await content_of(admin, id_))["sections"]
    assert [one["key"] for one in section["rows"]] == ["A", "B", "C", "D", "E"]
    assert [one["key"] for one in section["rows"][3]["seats"]] == ["11", "12", "13", "14", "15", "16"]
    was, now = (one["sections"][0]["rows"][0]["seats"][1] for one in (before, {"sections": [section]}))
    assert (now["x"] - was["x"], now["accessible"]) == (10, True)


async def test_the_mouse_chooses_in_a_box_and_drags(open_browser: Open, admin: Caller) -> None:
    before = await rows(admin)
    id_ = await venue(admin, before)
    visit = await open_browser()
    page = visit.page
    await visit.enter(admin, f"/administration/venues/{id_}")
    plan = page.get_by_role("listbox", name="Seats of the map")
    await plan.scroll_into_view_if_needed()
    box = await plan.bounding_box()
    assert box
    await page.mouse.move(box["x"] + 5, box["y"] + 5)
    await page.mouse.down()
    await page.mouse.move(box["x"] + 60, box["y"] + 60)
    await page.mouse.move(box["x"] + box["width"] - 5, box["y"] + box["height"] - 60)
    await page.mouse.up()
    await chosen(visit, 18)
    await plan.focus()
    for key in ("Escape", "Shift+ArrowRight", "0"):
        await page.keyboard.press(key)
    await page.get_by_text("Sections", exact=True).click()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    # The middle of what is seen is 20 cm before the first row, and 0.8 pixels are a centimetre.
    at = (middle[0] + 0.8 * 27.5, middle[1] + 0.8 * 20)
    await page.mouse.click(*at)
    await chosen(visit, 18)
    await page.mouse.move(*at)
    await page.mouse.down()
    await page.mouse.move(at[0] + 20, at[1] + 20)
    await page.mouse.move(at[0] + 80, at[1] + 40)
    await page.mouse.up()
    await saved(page, 2)
    was, now = (one["sections"][0]["rows"][0]["seats"][0] for one in (before, await content_of(admin, id_)))
    assert (now["x"] - was["x"], now["y"] - was["y"]) == (100, 50)


async def test_the_mouse_drags_an_area(open_browser: Open, admin: Caller) -> None:
    corners = [[-200, 400], [200, 400], [200, 600], [-200, 600]]
    area = {"key": "F", "name": "Floor", "category": "a", "capacity": 50, "outline": corners}
    id_ = await venue(admin, {**await rows(admin), "areas": [area]})
    visit = await open_browser()
    page = visit.page
    await visit.enter(admin, f"/administration/venues/{id_}")
    plan = page.get_by_role("listbox", name="Seats of the map")
    await plan.scroll_into_view_if_needed()
    box = await plan.bounding_box()
    assert box
    # The whole hall lies between 220 cm before the first row and the end of the area, in the middle of the plan.
    scale = min(0.8, (box["height"] - 72) / 820)
    at = (box["x"] + box["width"] / 2 + 30, box["y"] + box["height"] / 2 + scale * (500 - 190))
    await page.mouse.move(*at)
    await page.mouse.down()
    await page.mouse.move(at[0] + 20, at[1])
    await page.mouse.move(at[0] + scale * 100, at[1] - scale * 50, steps=3)
    await visit.picture("venue-area-dragged")
    await page.mouse.up()
    await saved(page, 2)
    content = await content_of(admin, id_)
    assert content["areas"][0]["outline"] == [[x + 100, y - 50] for x, y in corners]
    assert content["sections"] == (await rows(admin))["sections"], "and no seat"
    assert await visit.violations() == []


async def test_a_map_comes_from_a_file_and_goes_into_one(open_browser: Open, admin: Caller, tmp_path: Path) -> None:
    id_ = await venue(admin)
    (tmp_path / "hall.svg").write_text(SVG)
    (tmp_path / "hall.json").write_text(json.dumps(await rows(admin)))
    (tmp_path / "not.json").write_text('{"categories": 1}')
    visit = await open_browser()
    page = visit.page
    await visit.enter(admin, f"/administration/venues/{id_}")

    async def brought(name: str) -> None:
        await page.get_by_role("button", name="Files").click()
        await page.get_by_role("menuitem", name="Import a file").click()
        async with page.expect_file_chooser() as chooser:
            await page.get_by_role("dialog").get_by_role("button", name="File").click()
        await (await chooser.value).set_files(tmp_path / name)
        await page.get_by_role("button", name="Import", exact=True).click()

    await brought("hall.svg")
    await page.get_by_text("Seats: 2, room for 2").wait_for()
    await brought("hall.json")
    await page.get_by_text("Seats: 18, room for 18").wait_for()
    await page.get_by_role("button", name="Files").click()
    async with page.expect_download() as download:
        await page.get_by_role("menuitem", name="Export as JSON").click()
    await (await download.value).save_as(tmp_path / "kept.json")
    kept = json.loads((tmp_path / "kept.json").read_text())
    assert kept == json.loads((tmp_path / "hall.json").read_text())
    await brought("not.json")
    await page.get_by_text("This is no seat map").first.wait_for()
    await visit.picture("venue-import")
    assert await visit.violations() == []


@pytest.mark.parametrize("device", DEVICES)
async def test_what_cannot_be_sold_and_what_others_saved_is_told(
    device: str, open_browser: Open, admin: Caller
) -> None:
    content = await rows(admin)
    id_ = await venue(admin, content)
    visit = await open_browser(device)
    page = visit.page
    await visit.enter(admin, f"/administration/venues/{id_}")
    await page.get_by_role("button", name="Choose all seats").click()
    await page.get_by_role("button", name="Delete these seats").click()
    await page.get_by_role("button", name="Save the map").click()
    await page.get_by_text("There is no place in it").wait_for()
    visit.forgive("422")
    assert await visit.violations() == []
    await page.get_by_role("button", name="Undo").click()
    await page.get_by_role("button", name="Copy rows").click()
    made(await admin.put(f"venues/{id_}/map", await rows(admin, 4)))
    await page.get_by_role("button", name="Save the map").click()
    await page.get_by_text("Somebody else has saved this map meanwhile").wait_for()
    await visit.picture(f"venue-stale-{device}")
    visit.forgive("412")
    assert await visit.violations() == []
