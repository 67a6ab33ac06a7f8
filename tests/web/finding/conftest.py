"""A harbour of its own for the page Find: rooms in Rome, a day far ahead, and hands on its timeline."""

from collections.abc import Awaitable, Callable
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
    site = await admin.post("sites", {"name": f"Basin {number}", "kind": "building", "timezone": "Europe/Rome"})
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
    return Harbour(f"Basin {number}", site.json()["id"], rooms, names, f"2031-02-{number:02}")


async def reserve(caller: Caller, room: int, start: str, end: str, title: str) -> dict:
    """Reserve over HTTP."""
    body = {"resource_id": room, "start": start, "end": end, "title": title}
    made = await caller.post("reservations", body)
    assert made.status_code == 201, made.text
    return made.json()


def block(visit: Visit, title: str) -> Locator:
    """Answer a block of the timeline by its title."""
    return visit.page.locator(".timeline .timeline-block", has_text=title)


async def point(visit: Visit, row: str, hour: float) -> tuple[float, float]:
    """Answer where an hour lies on a row of a day, once it is in sight: an hour's width beside the names."""
    scroller = visit.page.locator(".timeline")
    place = visit.page.get_by_role("row", name=row)
    # In the middle, as what sticks to the edges of the window may lie over it.
    await place.evaluate("(one) => one.scrollIntoView({block: 'center', behavior: 'instant'})")
    await scroller.evaluate(
        "(one, hour) => { one.scrollLeft = (hour - 1) * one.querySelector('.timeline-track').offsetWidth / 24 }", hour
    )
    box = await place.get_by_role("gridcell").bounding_box()
    assert box is not None
    return box["x"] + hour / 24 * box["width"], box["y"] + box["height"] / 2


Touch = Callable[[str, float | None, float | None], Awaitable[None]]


async def finger(visit: Visit) -> Touch:
    """Answer a finger: ``touchStart`` and ``touchMove`` at a point, ``touchEnd`` at none."""
    session = await visit.context.new_cdp_session(visit.page)

    async def touch(kind: str, x: float | None = None, y: float | None = None) -> None:
        points = [] if x is None else [{"x": x, "y": y}]
        await session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    return touch


async def drag(visit: Visit, row: str, start: float, end: float, to_row: str | None = None) -> None:
    """Drag from one hour to another: with the mouse, or on a phone with a finger that has rested."""
    x, y = await point(visit, row, start)
    hour = (await visit.page.locator(".timeline-track").first.bounding_box() or {})["width"] / 24
    x_end, y_end = x + (end - start) * hour, y
    if to_row:
        box = await visit.page.get_by_role("row", name=to_row).get_by_role("gridcell").bounding_box()
        assert box is not None
        y_end = box["y"] + box["height"] / 2
    if not visit.has_touch:
        await visit.page.mouse.move(x, y)
        await visit.page.mouse.down()
        await visit.page.mouse.move(x_end, y_end, steps=8)
        await visit.page.mouse.up()
        return
    touch = await finger(visit)
    await touch("touchStart", x, y)
    await visit.page.locator(".timeline[data-dragging]").wait_for()
    for step in range(1, 9):
        await touch("touchMove", x + (x_end - x) * step / 8, y + (y_end - y) * step / 8)
    await touch("touchEnd")
