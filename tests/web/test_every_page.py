"""Every page there is, as the router itself lists them: for everybody, on every device, in a light and a dark room."""

import re
from itertools import product

import pytest_asyncio

from tests.acceptance.conftest import Caller
from tests.web.conftest import DEVICES, SCHEMES, Open, Visit
from tests.web.world import World, seeded

PATHS = "Object.keys(window.__TSR_ROUTER__.routesByPath)"
OPEN = {"/sign-in", "/register", "/setup"}
"""Pages of whoever is not signed in."""
ADMINISTRATION = "/administration"
EMPTY = [
    "/",
    "/reservations",
    "/reservations?view=series",
    "/approvals",
    "/waitlist",
    "/waitlist?view=over",
    "/quotas",
    "/payments",
    "/orders",
    "/notifications",
    "/searches",
    "/profile/calendars",
    "/profile/calendars?part=programs",
    "/profile/calendars?part=outside",
]
"""Pages that have to say what to do where there is nothing."""
OWN_PARTS = [
    "/reservations?view=series",
    "/waitlist?view=over",
    "/profile/calendars?part=programs",
    "/profile/calendars?part=outside",
]
PARTS = [
    "/administration/resources/$resourceId?part=rules",
    "/administration/resources/$resourceId?part=hours",
    "/administration/resources/$resourceId?part=waitlist",
    "/administration/resources/$resourceId?part=calendars",
    "/administration/sites/$siteId?part=holidays",
    "/administration/venues/$venueId?part=versions",
]
"""Parts of pages that are not seen at first."""
BUSY = "document.querySelector('[role=status][aria-label=Loading]') !== null"
GO = """(path) => new Promise((there) => {
    const stop = __TSR_ROUTER__.subscribe("onRendered", () => { stop(); there(); });
    void __TSR_ROUTER__.navigate({href: path});
})"""
TABS_MAX = 60
FOCUS = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    // A button of a radio group or a switch is drawn by its label.
    const shown = [one, ...(one.labels ?? [])].some((part) => part.offsetWidth > 0 && part.offsetHeight > 0);
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


async def faults_of(visit: Visit, path: str, who: str) -> list[str]:
    """Answer what is wrong with a page on either device and in either scheme, each fault with where it is.

    One goes there as by a link, and then the window is made narrow and the room dark: what is shown has to follow. In
    the dark nothing but colours differs, and keys are for desks.
    """
    page = visit.page
    await page.set_viewport_size(DEVICES["desk"])
    await page.evaluate(GO, path)
    found = []
    for device, scheme in product(DEVICES, SCHEMES):
        await page.set_viewport_size(DEVICES[device])
        await visit.light(scheme)
        while await page.evaluate(BUSY):
            await page.wait_for_timeout(50)
        await visit.picture(f"{who}{re.sub('[/?=]', '-', path)}-{device}-{scheme}")
        here = await visit.violations(of_colours=scheme == "dark")
        if await page.evaluate("document.documentElement.scrollWidth") > DEVICES[device]["width"]:
            here.append("it is wider than the device")
        if (device, scheme) == ("desk", "light"):
            here += await lost_focus(visit)
        found += [f"{path} ({device}, {scheme}): {one}" for one in here]
    if await page.get_by_role("heading", level=1).count() != 1:
        found.append(f"{path}: it has not one heading of the first level")
    if not re.fullmatch(r".+ · Berth", await page.title()):
        found.append(f"{path}: its title is {await page.title()!r}")
    return found


async def lost_focus(visit: Visit) -> list[str]:
    """Answer where the tab key leads that nobody can see, or out of the order of the page."""
    found = []
    await visit.page.evaluate("document.querySelector('a, button, input')?.focus()")
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


async def test_the_pages_of_everybody_are_for_everybody(open_browser: Open, world: World) -> None:
    visit = await open_browser()
    await visit.go("/nowhere")
    paths = {*await visit.page.evaluate(PATHS)}
    assert len(paths) >= 30, paths
    faults = [one for path in sorted(OPEN & paths) for one in await faults_of(visit, path, "anybody")]
    await visit.sign_in(world.user)
    for path in [*sorted(paths - OPEN), *OWN_PARTS]:
        if not path.startswith(f"{ADMINISTRATION}/"):
            faults += await faults_of(visit, filled(path, world), "user")
    assert faults == []


async def test_the_pages_of_administrators_are_for_everybody(open_browser: Open, world: World) -> None:
    visit = await open_browser()
    await visit.sign_in(world.admin)
    paths = {one for one in await visit.page.evaluate(PATHS) if one.startswith(ADMINISTRATION)}
    assert len(paths) >= 10, paths
    faults = []
    for path in [*sorted(paths), *PARTS]:
        faults += await faults_of(visit, filled(path, world), "admin")
    assert faults == []


async def test_the_pages_of_somebody_who_has_nothing_yet_are_for_everybody(open_browser: Open, ada: Caller) -> None:
    visit = await open_browser()
    await visit.sign_in(ada)
    assert [one for path in EMPTY for one in await faults_of(visit, path, "newcomer")] == []
