"""Every page there is, as the router itself lists them: for everybody, on every device, in a light and a dark room."""

import re

import pytest
import pytest_asyncio

from tests.web.conftest import DEVICES, SCHEMES, Open, Visit
from tests.web.world import World, seeded

PATHS = "Object.keys(window.__TSR_ROUTER__.routesByPath)"
OPEN = {"/sign-in", "/register", "/setup"}
"""Pages of whoever is not signed in."""
BUSY = "document.querySelector('[role=status][aria-label=Loading]') !== null"
TABS_MAX = 60
FOCUS = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const box = one.getBoundingClientRect();
    const shown = box.width > 0 && box.height > 0;
    const style = getComputedStyle(one);
    return {what: one.outerHTML.slice(0, 120), shown, tabindex: one.tabIndex, hidden: style.visibility === "hidden"};
}"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def world(client, admin) -> World:
    """One world for all the walks; nobody changes it."""
    return await seeded(client, admin)


def filled(path: str, world: World) -> str:
    """Answer the path with the ids of the world in the places of its parameters."""

    def value(match: re.Match[str]) -> str:
        name = match[1]
        assert name in world.ids, f"{path}: tests/web/world.py has no {name}"
        return str(world.ids[name])

    return re.sub(r"\$([A-Za-z_]+)", value, path)


async def faults_of(visit: Visit, path: str) -> list[str]:
    """Answer what is wrong with a page, each fault with the path before it."""
    page = visit.page
    await visit.go(path)
    while await page.evaluate(BUSY):
        await page.wait_for_timeout(50)
    found = await visit.violations()
    if await page.get_by_role("heading", level=1).count() != 1:
        found.append("it has not one heading of the first level")
    if not re.fullmatch(r".+ · Berth", await page.title()):
        found.append(f"its title is {await page.title()!r}")
    if await page.evaluate("document.documentElement.scrollWidth") > page.viewport_size["width"]:
        found.append("it is wider than the device")
    return [f"{path}: {one}" for one in [*found, *await lost_focus(visit)]]


async def lost_focus(visit: Visit) -> list[str]:
    """Answer where the tab key leads that nobody can see, or out of the order of the page."""
    found = []
    for _ in range(TABS_MAX):
        await visit.page.keyboard.press("Tab")
        focus = await visit.page.evaluate(FOCUS)
        if focus is None:
            break
        if not focus["shown"] or focus["hidden"]:
            found.append(f"the focus is on what cannot be seen: {focus['what']}")
        if focus["tabindex"] > 0:
            found.append(f"the order of the page is overruled: {focus['what']}")
    return found


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("who", ["admin", "user"])
async def test_every_page_is_for_everybody(
    who: str, device: str, scheme: str, open_browser: Open, world: World
) -> None:
    visit = await open_browser(device, scheme)
    await visit.go("/sign-in")
    paths = await visit.page.evaluate(PATHS)
    assert len(paths) >= 10, paths
    faults = []
    for path in sorted(OPEN & {*paths}):
        faults += await faults_of(visit, path)
    await visit.sign_in(world.admin if who == "admin" else world.user)
    for path in sorted({*paths} - OPEN):
        faults += await faults_of(visit, filled(path, world))
    assert faults == []
