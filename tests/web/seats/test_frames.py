"""A hall of 10,000 seats under hands, while others hold seats in it: moved and zoomed without a slow frame."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import count

import httpx
import pytest
import pytest_asyncio

from tests.acceptance.conftest import Caller, register
from tests.web.conftest import DEVICES, Open, Visit
from tests.web.seats.hall import Hall, hall, plan_of
from tests.web.tracing import Work, traced
from tests.web.world import made

ROWS, SEATS = 100, 100
FRAME_MS_MAX = 50
FRAMES_MIN = 10
LOADED_MS = 30_000
OTHERS_EVERY_SECONDS = 0.05
_rows = count()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def large(admin: Caller) -> Hall:
    """A hall of 10,000 seats."""
    return await hall(admin, ROWS, SEATS, seats_per_person=1000)


@contextlib.asynccontextmanager
async def others_hold(caller: Caller, on: Hall) -> AsyncIterator[list[int]]:
    """Have somebody else hold two seats and give two back, many times a second; answers the ids of their holds."""
    holds: list[int] = []

    async def hold() -> None:
        while True:
            row = next(_rows)
            seats = [on.key(row % ROWS + 1, row // ROWS * 2 + at) for at in (1, 2)]
            wish = {"performance_id": on.id, "seats": seats}
            holds.append(made(await caller.post("seat-holds", wish))["id"])
            if len(holds) > 50:
                assert (await caller.delete(f"seat-holds/{holds[-51]}")).status_code == 204
            await asyncio.sleep(OTHERS_EVERY_SECONDS)

    async with asyncio.TaskGroup() as others:
        task = others.create_task(hold())
        yield holds
        task.cancel()


async def by_mouse(visit: Visit) -> None:
    """Come nearer and go farther by the wheel, and draw the plan about, from near and from afar."""
    mouse = visit.page.mouse
    box = await plan_of(visit).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    await mouse.move(x, y)
    for turns in (12, 8, -30, 14):
        for _ in range(abs(turns)):
            await mouse.wheel(0, -120 if turns > 0 else 120)
        await mouse.down()
        for step in range(24):
            await mouse.move(x + 8 * step, y - 5 * step)
        for step in range(24):
            await mouse.move(x + 192 - 16 * step, y - 120 + 10 * step)
        await mouse.up()
        await mouse.move(x, y)


async def by_keyboard(visit: Visit) -> None:
    """Go from seat to seat, nearer, farther, and back to all of it."""
    await plan_of(visit).focus()
    for key, times in (("+", 6), ("ArrowRight", 25), ("ArrowDown", 25), ("-", 3), ("ArrowUp", 12), ("0", 1), ("+", 8)):
        for _ in range(times):
            await visit.page.keyboard.press(key)


async def by_fingers(visit: Visit) -> None:
    """Pull the plan apart with two fingers, push it together, and draw it about with one."""
    box = await plan_of(visit).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = await visit.context.new_cdp_session(visit.page)

    async def touch(kind: str, *points: tuple[float, float]) -> None:
        found = [{"x": at_x, "y": at_y, "id": id_} for id_, (at_x, at_y) in enumerate(points)]
        await session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": found})

    for reach in (range(20, 150, 8), range(20, 150, 8), range(150, 20, -8), range(150, 20, -8)):
        await touch("touchStart", (x - reach[0], y), (x + reach[0], y))
        for apart in reach:
            await touch("touchMove", (x - apart, y - apart / 4), (x + apart, y + apart / 4))
        await touch("touchEnd")
        await touch("touchStart", (x, y))
        for step in range(12):
            await touch("touchMove", (x - 10 * step, y + 10 * step))
        await touch("touchEnd")


async def worked(visit: Visit, hands: Callable[[Visit], Awaitable[None]], others: list[int]) -> Work:
    """Answer what the page was busy with while hands were on it and others held seats."""
    before = len(others)
    async with traced(visit) as work:
        await hands(visit)
    assert len(others) > before, "others hold seats meanwhile"
    return work


@pytest.mark.parametrize("device", DEVICES)
async def test_a_large_hall_is_moved_and_zoomed_without_a_slow_frame(
    device: str,
    open_browser: Open,
    client: httpx.AsyncClient,
    large: Hall,
    capsys: pytest.CaptureFixture[str],
) -> None:
    visit = await open_browser(device, device_scale_factor=1 if device == "desk" else 3)
    await visit.enter(await register(client, f"frames-{device}"), large.path)
    await plan_of(visit).wait_for(timeout=LOADED_MS)
    await visit.page.get_by_text("Shown as it changes").wait_for(timeout=LOADED_MS)
    await plan_of(visit).scroll_into_view_if_needed()
    hands = {"mouse": by_mouse} if device == "desk" else {"fingers": by_fingers}
    async with others_hold(await register(client, f"others-{device}"), large) as others:
        found = {name: await worked(visit, by, others) for name, by in {**hands, "keyboard": by_keyboard}.items()}
    await visit.page.keyboard.press("0")
    await visit.picture(f"large-{device}")
    with capsys.disabled():
        for name, work in found.items():
            print(
                f"{device}, {name}: {work.frames} frames, longest tasks {[round(one.ms) for one in work.tasks[:5]]} ms"
            )
    for work in found.values():
        assert work.frames > FRAMES_MIN
        assert work.tasks[0].ms <= FRAME_MS_MAX, work.tasks[:3]
