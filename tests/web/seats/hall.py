"""A hall with something on in it, made over the API, and where its seats are on a screen."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from playwright.async_api import Locator

from tests.acceptance.conftest import Caller
from tests.web.conftest import Visit
from tests.web.world import eventually, made

MARGIN, SCALE_MAX, STAGE = 36, 0.8, 4
"""How the plan is fitted into what is seen of it: pixels around it, the nearest look, and room for the stage."""
_numbers = count(1)


@dataclass(frozen=True)
class Hall:
    """One section of rows A, B, C … and their seats 1, 2, 3 …, and the performance for which they are sold."""

    id: int
    name: str
    section: dict[str, Any]

    @property
    def path(self) -> str:
        return f"/performances/{self.id}"

    def words(self, row: int, seat: int, state: str) -> str:
        """How a seat is told in the list, rows and seats from 1."""
        line = self.section["rows"][row - 1]
        return f"Stalls, row {line['key']}, seat {line['seats'][seat - 1]['key']}, {state}"

    def key(self, row: int, seat: int) -> str:
        line = self.section["rows"][row - 1]
        return f"S/{line['key']}/{line['seats'][seat - 1]['key']}"


async def hall(admin: Caller, rows: int = 4, seats: int = 10, *, price: int = 0, **plan: Any) -> Hall:
    """Build a hall, and put something on that is on sale."""
    number = next(_numbers)
    resource = {"name": f"Playhouse {number}", "kind": "hall", "timezone": "Europe/Rome"}
    resource_id = made(await admin.post("resources", resource))["id"]
    venue = made(await admin.post("venues", {"name": f"Playhouse {number}", "resource_id": resource_id}))["id"]
    pattern = {"key": "S", "name": "Stalls", "category": "a", "rows": rows, "seats": seats}
    section = made(await admin.post("seat-maps/sections", pattern))
    content = {"categories": [{"key": "a", "name": "Stalls"}], "sections": [section], "areas": []}
    made(await admin.put(f"venues/{venue}/map", content))
    now = datetime.now(UTC).replace(microsecond=0)
    times = {"start": now + timedelta(days=9), "end": now + timedelta(days=9, hours=3)}
    times |= {"sales_start": now - timedelta(hours=1), "sales_end": now + timedelta(days=9)}
    wish = {"venue_id": venue, "name": f"Evening {number}", "currency": "EUR", "prices": {"a": price}, **plan}
    on = made(await admin.post("performances", {**wish, **{name: at.isoformat() for name, at in times.items()}}))

    async def on_sale() -> Any:
        return (await admin.get(f"performances/{on['id']}")).json()["on_sale"]

    await eventually(on_sale)
    return Hall(on["id"], on["name"], section)


def plan_of(visit: Visit) -> Locator:
    """The plan in which seats are chosen, in English or French."""
    return visit.page.get_by_role("listbox", name=re.compile("^(Seats|Places)$"))


async def point(visit: Visit, hall: Hall, row: int, seat: int) -> tuple[float, float]:
    """Answer where a seat is within the plan, in pixels, while all of the plan is shown."""
    size = await plan_of(visit).evaluate("(one) => [one.clientWidth, one.clientHeight]")
    rows = hall.section["rows"]
    xs = [one["x"] for line in rows for one in line["seats"]]
    ys = [one["y"] for line in rows for one in line["seats"]]
    pitch = xs[1] - xs[0]
    left, right, top, bottom = min(xs), max(xs), min(ys) - STAGE * pitch, max(ys)
    sides = zip(size, (right - left, bottom - top), strict=True)
    scale = min(SCALE_MAX, *((room - 2 * MARGIN) / max(length, 100) for room, length in sides))
    here = rows[row - 1]["seats"][seat - 1]
    return (
        size[0] / 2 + (here["x"] - (left + right) / 2) * scale,
        size[1] / 2 + (here["y"] - (top + bottom) / 2) * scale,
    )


async def choose(visit: Visit, hall: Hall, row: int, seat: int) -> None:
    """Click a seat in the plan, or tap it with a finger."""
    x, y = await point(visit, hall, row, seat)
    position = {"x": x, "y": y}
    await (plan_of(visit).tap(position=position) if visit.has_touch else plan_of(visit).click(position=position))


async def listed(visit: Visit, row: str) -> None:
    """Show the seats of a row as a list."""
    await visit.page.get_by_role("radiogroup", name="Show seats as").get_by_text("List").click()
    await visit.page.get_by_role("button", name=f"Row {row}").first.click()
