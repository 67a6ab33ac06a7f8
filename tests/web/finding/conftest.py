"""A harbour of its own for the page Find: rooms in Rome, a day far ahead, and hands on its timeline."""

from dataclasses import dataclass
from itertools import count

import pytest_asyncio
from playwright.async_api import Locator

from tests.acceptance.conftest import Caller
from tests.web.conftest import Visit

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_numbers = count(1)


@dataclass(frozen=True)
class Harbour:
    """Rooms of a site of their own, and a winter day of which nothing is taken yet: 9:00 in Rome is 8:00 UTC."""

    name: str
    site_id: int
    rooms: list[int]
    names: list[str]
    day: str

    def find(self, **more: str) -> str:
        """Answer the address of its timeline."""
        asked = {"site": str(self.site_id), "day": f'"{self.day}"', "view": "timeline", **more}
        return "/find?" + "&".join(f"{name}={value}" for name, value in asked.items())

    def at(self, hour: float) -> str:
        """Answer an instant of the day by the clocks of Rome."""
        minutes = round((hour - 1) * 60)
        return f"{self.day}T{minutes // 60:02}:{minutes % 60:02}:00Z"


@pytest_asyncio.fixture(loop_scope="session")
async def harbour(admin: Caller) -> Harbour:
    number = next(_numbers)
    site = await admin.post("sites", {"name": f"Pier {number}", "kind": "building", "timezone": "Europe/Rome"})
    assert site.status_code == 201, site.text
    rooms, names = [], [f"Berth {number}-{letter}" for letter in "ABC"]
    for name, capacity in zip(names, (4, 8, 20), strict=True):
        body = {"name": name, "kind": "room", "site_id": site.json()["id"], "capacity": capacity, "tags": ["projector"]}
        made = await admin.post("resources", body)
        assert made.status_code == 201, made.text
        rooms.append(made.json()["id"])
    weekly = {day: [["07:00", "20:00"]] for day in DAYS}
    hours = await admin.put(f"sites/{site.json()['id']}/opening-hours", {"weekly": weekly, "exceptions": {}})
    assert hours.status_code == 200, hours.text
    return Harbour(f"Pier {number}", site.json()["id"], rooms, names, f"2031-02-{number:02}")


async def reserve(caller: Caller, room: int, start: str, end: str, title: str) -> dict:
    """Reserve over HTTP."""
    body = {"resource_id": room, "start": start, "end": end, "title": title}
    made = await caller.post("reservations", body)
    assert made.status_code == 201, made.text
    return made.json()


def block(visit: Visit, title: str) -> Locator:
    """Answer a block of the timeline by its title."""
    return visit.page.locator(".timeline-block", has_text=title)


async def point(visit: Visit, row: str, hour: float) -> tuple[float, float]:
    """Answer where an hour lies on a row of a day, in sight."""
    track = visit.page.get_by_role("row", name=row).get_by_role("gridcell")
    scroller = visit.page.locator(".timeline")
    await visit.page.get_by_role("row", name=row).get_by_role("rowheader").scroll_into_view_if_needed()
    await scroller.evaluate(
        "(one, hour) => { one.scrollLeft = (hour - 2) * one.querySelector('.timeline-track').offsetWidth / 24 }", hour
    )
    box = await track.bounding_box()
    assert box is not None
    return box["x"] + hour / 24 * box["width"], box["y"] + box["height"] / 2
