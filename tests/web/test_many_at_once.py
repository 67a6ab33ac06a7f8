"""What administrators do to many reservations at once: closing a room for a day, and a file of rows."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
import pytest_asyncio

from tests.acceptance.conftest import Caller
from tests.web.conftest import DEVICES, SCHEMES, Open, Visit

_number = count(1)
Office = Callable[[str, str], Awaitable[Visit]]


@pytest_asyncio.fixture(loop_scope="session")
async def office(open_browser: Open, admin: Caller) -> Office:
    """Opens the administration on a device."""

    async def open_one(device: str, path: str) -> Visit:
        visit = await open_browser(device)
        await visit.enter(admin, f"/administration{path}")
        return visit

    return open_one


async def new_rooms(admin: Caller, many: int) -> list[dict[str, Any]]:
    """Rooms in Rome that are like each other and like no others."""
    kind, found = f"kind {next(_number)}", []
    for _ in range(many):
        body = {"name": f"Cabin {next(_number)}", "kind": kind, "timezone": "Europe/Rome", "capacity": 8}
        made = await admin.post("resources", body)
        assert made.status_code == 201, made.text
        found.append(made.json())
    return found


async def reserve(who: Caller, room: dict[str, Any], day: str, hour: int, title: str) -> int:
    times = {"start": f"{day}T{hour:02}:00:00Z", "end": f"{day}T{hour + 1:02}:00:00Z"}
    made = await who.post("reservations", {"resource_id": room["id"], "title": title, **times})
    assert made.status_code == 201, made.text
    id_: int = made.json()["id"]
    return id_


async def is_clean(visit: Visit) -> None:
    """Have axe look at what is seen, light and dark."""
    for scheme in SCHEMES:
        await visit.light(scheme)
        assert await visit.violations(of_colours=scheme == "dark") == []
    await visit.light("light")


@pytest.mark.parametrize("device", DEVICES)
async def test_a_room_is_closed_for_a_day_once_it_is_seen_what_becomes_of_all_in_it(
    device: str, office: Office, admin: Caller, ada: Caller
) -> None:
    closed, like = await new_rooms(admin, 2)
    day = (datetime.now(UTC) + timedelta(days=40)).date().isoformat()
    moved, lost = await reserve(ada, closed, day, 9, "Standup"), await reserve(ada, closed, day, 11, "Review")
    await reserve(admin, like, day, 11, "Taken")
    visit = await office(device, f"/resources/{closed['id']}")
    page = visit.page
    await page.get_by_role("button", name="Close for a day").click()
    drawer = page.get_by_role("dialog", name=f"Close {closed['name']}")
    await drawer.get_by_label("Day", exact=True).fill(day)
    await drawer.get_by_role("button", name="Show what happens").click()
    await drawer.get_by_text("This is needed.").wait_for()
    await drawer.get_by_label("Reason").fill("Painting")
    await drawer.get_by_role("button", name="Show what happens").click()
    table = drawer.get_by_role("table", name="What is in the way")
    await table.wait_for()
    for words in ("Standup", f"To {like['name']}", "Review", "What is like it is taken then."):
        await table.get_by_text(words).wait_for()
    await is_clean(visit)
    await visit.picture(f"closing-{device}")

    # Somebody reserves in between: nothing is done, and it is shown anew.
    late = await reserve(ada, closed, day, 14, "Late")
    await drawer.get_by_role("button", name="Close it, move 1 and cancel 1").click()
    await drawer.get_by_text("The calendar has changed meanwhile").wait_for()
    visit.forgive("409")
    await table.get_by_text("Late").wait_for()
    await is_clean(visit)
    await visit.picture(f"closing-changed-{device}")
    await drawer.get_by_role("button", name="Close it, move 2 and cancel 1").click()
    await page.get_by_text(f"{closed['name']} is closed then.").wait_for()
    await drawer.wait_for(state="hidden")
    there = [(await ada.get(f"reservations/{id_}")).json()["resources"][0]["id"] for id_ in (moved, late)]
    assert there == [like["id"], like["id"]]
    assert (await ada.get(f"reservations/{lost}")).json()["state"] == "cancelled"

    await visit.go("/administration/blackouts")
    await page.get_by_role("button", name="What it did").last.click()
    await page.get_by_role("dialog", name="What the closing did").get_by_text("Standup").wait_for()
    await is_clean(visit)
    await visit.picture(f"closing-deeds-{device}")


async def test_some_hours_are_closed_and_another_time_is_another_picture(
    office: Office, admin: Caller, ada: Caller
) -> None:
    closed, _ = await new_rooms(admin, 2)
    day = (datetime.now(UTC) + timedelta(days=41)).date().isoformat()
    await reserve(ada, closed, day, 9, "Standup")
    visit = await office("desk", f"/resources/{closed['id']}")
    page = visit.page
    await page.get_by_role("button", name="Close for a day").click()
    drawer = page.get_by_role("dialog")
    await drawer.get_by_label("Day", exact=True).fill(day)
    await drawer.get_by_label("Reason").fill("Wiring")
    await drawer.get_by_label("The whole day").uncheck()
    await drawer.get_by_label("From").fill("18:00")
    await drawer.get_by_label("Until").fill("17:00")
    await drawer.get_by_role("button", name="Show what happens").click()
    await drawer.get_by_text("The end comes after the start.").wait_for()
    await drawer.get_by_label("Until").fill("20:00")
    await drawer.get_by_role("button", name="Show what happens").click()
    await drawer.get_by_text("Nothing is in the way.").wait_for()
    await drawer.get_by_label("From").fill("07:00")
    await drawer.get_by_text("Nothing is in the way.").wait_for(state="hidden")
    await drawer.get_by_role("button", name="Show what happens").click()
    await drawer.get_by_role("button", name="Close it, move 1 and cancel 0").click()
    await page.get_by_text(f"{closed['name']} is closed then.").wait_for()
    [blackout] = (await admin.get("blackouts", resource_id=closed["id"])).json()["items"]
    begins = datetime.fromisoformat(blackout["start"]).astimezone(UTC)
    assert (begins.hour, blackout["reason"], blackout["closing"]) in {(5, "Wiring", True), (6, "Wiring", True)}


@pytest.mark.parametrize("device", DEVICES)
async def test_a_file_of_reservations_is_looked_at_before_anything_is_done(
    device: str, office: Office, admin: Caller, ada: Caller
) -> None:
    [room] = await new_rooms(admin, 1)
    day = (datetime.now(UTC) + timedelta(days=42)).date().isoformat()
    gone, stays = await reserve(ada, room, day, 9, "Standup"), await reserve(ada, room, day, 15, "Retro")
    header = "action,reservation,resource,start,end,title,owner,reason"
    bad = f"{header}\ncreate,,{room['name']},{day}T16:00,{day}T17:30,Clash,,\ncancel,1000000,,,,,,\n"
    good = (
        f"{header}\ncreate,,{room['name']},{day}T10:00,{day}T11:00,Seminar,{ada.username},\n"
        f"move,{stays},,{day}T18:00,{day}T19:00,,,\ncancel,{gone},,,,,,Fog\n"
    )
    visit = await office(device, "/bulk")
    page = visit.page
    await is_clean(visit)
    field = page.locator("input[type=file]")
    nowhere = f"{header}\ncreate,,Nowhere,{day}T16:00,{day}T17:30,Clash,,\n"
    await field.set_input_files({"name": "n.csv", "mimeType": "text/csv", "buffer": nowhere.encode()})
    await page.get_by_text("There is no resource “Nowhere”").first.wait_for()
    await field.set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": bad.encode()})
    rows = page.get_by_role("table", name="Bad rows")
    await rows.get_by_text(f"{room['name']}: taken at this time.").wait_for()
    await rows.get_by_text("There is no such reservation.").wait_for()
    visit.forgive("422")
    await is_clean(visit)
    await visit.picture(f"bulk-bad-{device}")

    await field.set_input_files({"name": "b.csv", "mimeType": "text/csv", "buffer": good.encode()})
    await page.get_by_role("heading", name="What would come of it").wait_for()
    assert (await ada.get(f"reservations/{gone}")).json()["state"] == "ready"
    await is_clean(visit)
    await visit.picture(f"bulk-checked-{device}")
    await page.get_by_role("button", name="Do all of it").click()
    await page.get_by_role("alert").get_by_text("Done").wait_for()
    await visit.picture(f"bulk-done-{device}")
    assert (await ada.get(f"reservations/{gone}")).json()["cancel_reason"] == "Fog"
    moved = (await ada.get(f"reservations/{stays}", tz="Europe/Rome")).json()
    assert moved["start"].startswith(f"{day}T18:00")
    made = (await ada.get("reservations/my", resource_id=room["id"], state="ready", tz="Europe/Rome")).json()["items"]
    assert f"{day}T10:00" in [one["start"][:16] for one in made if one["title"] == "Seminar"]
