"""A real Berth with the built app, and the system's Chromium in front of it, on a desk and on a phone."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Request, WebSocket, async_playwright

from deploy.local.programs import find_program
from tests.acceptance.conftest import Caller, register, sign_in
from tests.acceptance.under_load.program import Program, running
from tests.conftest import ADMIN_EMAIL, ADMIN_PASSWORD, temporary_database
from tests.needs import needs, needs_web_app

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
DEVICES = {"desk": {"width": 1400, "height": 900}, "phone": {"width": 390, "height": 844}}
LEAST = {"desk": {"width": 1280, "height": 800}, "phone": {"width": 360, "height": 780}}
"""The smallest of each that the app is made for."""
WAIT_MS = 8_000
MOVES = "document.getAnimations().some((one) => one.playState === 'running')"
SCHEMES = ("light", "dark")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]


@dataclass
class Visit:
    """A browser of its own at Berth. ``faults`` are what its console complained of, and what it asked of others."""

    page: Page
    context: BrowserContext
    url: str
    has_touch: bool = False
    faults: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note every error of the console and every request to another host."""

        def console(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                self.faults.append(f"console: {message.text} ({message.location.get('url', '')})")

        def request(one: Request) -> None:
            if urlsplit(one.url).scheme in ("http", "https", "ws") and not one.url.startswith(self.url):
                self.faults.append(f"request: {one.url}")

        self.context.on("console", console)
        self.context.on("request", request)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))

    def forgive(self, expected: str) -> None:
        """Take a complaint that was provoked for none, such as the browser's own of an answer with 401."""
        assert any(expected in one for one in self.faults), self.faults
        self.faults = [one for one in self.faults if expected not in one]

    async def go(self, path: str) -> None:
        """Open a path, and wait until it shows its heading."""
        await self.page.goto(f"{self.url}{path}")
        await self.page.get_by_role("heading").first.wait_for()

    async def sign_in(self, caller: Caller) -> None:
        """Sign in by the form, and go to one's own reservations."""
        await self.go("/sign-in?next=/reservations")
        await self.page.get_by_label("Username or e-mail address").fill(caller.username)
        await self.page.get_by_label("Password", exact=True).fill(caller.password)
        await self.page.get_by_role("button", name="Sign in").click()
        await self.page.get_by_role("heading", name="My reservations").wait_for()

    async def enter(self, caller: Caller, path: str) -> None:
        """Open a path as somebody who has signed in before, without the form and its pages."""
        account = {"username": caller.username, "password": caller.password}
        session = f"{self.url}/api/v1/session"
        answer = await self.context.request.post(session, headers={"X-Berth-Web": "1"}, data=account)
        assert answer.ok, await answer.text()
        mark = {"origin": self.url, "localStorage": [{"name": "berth.session", "value": "1"}]}
        await self.context.set_storage_state({**await self.context.storage_state(), "origins": [mark]})
        await self.go(path)

    @contextlib.asynccontextmanager
    async def told_of(self, topic: str) -> AsyncIterator[None]:
        """Go on once what is done inside has led to the page being told of a topic over its WebSocket."""
        begun = asyncio.Event()

        def heard(said: str | bytes) -> None:
            if f'"topic":"{topic}"' in str(said):
                begun.set()

        def opened(socket: WebSocket) -> None:
            socket.on("framereceived", heard)

        self.page.on("websocket", opened)
        yield
        async with asyncio.timeout(WAIT_MS / 1000):
            await begun.wait()

    async def until(self, expression: str) -> None:
        """Wait until JavaScript answers something true. The page's policy forbids a page to ask itself."""
        async with asyncio.timeout(WAIT_MS / 1000):
            while not await self.page.evaluate(expression):
                await self.page.wait_for_timeout(20)

    async def light(self, scheme: str) -> None:
        """Have the room light or dark, and wait until the page has seen it."""
        await self.page.emulate_media(color_scheme=scheme)
        await self.page.locator(f"html[data-mantine-color-scheme={scheme}]").wait_for(state="attached")

    async def picture(self, name: str) -> None:
        """Keep what is seen as ``name.png``, in the folder that ``BERTH_TEST_PICTURES`` names, if it names one."""
        if folder := os.environ.get("BERTH_TEST_PICTURES"):
            await self.page.wait_for_timeout(400)
            await self.page.screenshot(path=Path(folder) / f"{name}.png")

    async def violations(self, *, of_colours: bool = False) -> list[str]:
        """Answer what axe finds against WCAG 2.2 A and AA, once nothing moves any more; or what of it is of colours."""
        while await self.page.evaluate(MOVES):
            await self.page.wait_for_timeout(50)
        if not await self.page.evaluate("'axe' in window"):
            # As an expression of the debugger, which the page's policy does not concern.
            await self.page.evaluate(AXE.read_text())
        rules = OF_COLOURS if of_colours else WCAG
        found = await self.page.evaluate("(rules) => axe.run({runOnly: rules, resultTypes: ['violations']})", rules)
        return [
            f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
            for one in found["violations"]
            for node in one["nodes"]
        ]

    async def faults_of(self, name: str) -> list[str]:
        """Answer what is wrong with what is seen, in a light and in a dark room; keep a picture of each."""
        found = []
        for scheme in SCHEMES:
            await self.light(scheme)
            await self.picture(f"{name}-{scheme}")
            found += await self.violations()
        if await self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append("it is wider than the device")
        return found


QUICK = {
    "test_build.py",
    "test_first_reservation.py",
    "test_home.py",
    "test_reservations.py",
    "test_seats_by_card.py",
    "test_seats_live.py",
}
"""The stories that the quick half tells, too: a browser takes seconds for each page."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for one in items:
        if one.path.is_relative_to(here) and one.path.name not in QUICK:
            one.add_marker(pytest.mark.slow)


Open = Callable[..., Awaitable[Visit]]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def site(server_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Program]:
    needs_web_app()
    data_dir = tmp_path_factory.mktemp("web") / "data"
    more = {"BERTH_CALENDAR_NETWORKS": "127.0.0.0/8"}  # where the tests' own servers are
    async with temporary_database(server_url) as url, running(data_dir, url, more=more) as program:
        yield program


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def client(site: Program) -> AsyncIterator[httpx.AsyncClient]:
    async with site.client() as made:
        yield made


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def admin(client: httpx.AsyncClient) -> Caller:
    return await sign_in(client, ADMIN_EMAIL, ADMIN_PASSWORD)


@pytest_asyncio.fixture(loop_scope="session")
async def ada(client: httpx.AsyncClient) -> Caller:
    return await register(client, "ada")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    needs("chromium")
    async with async_playwright() as playwright:
        made = await playwright.chromium.launch(executable_path=find_program("chromium"), args=["--no-sandbox"])
        yield made
        await made.close()


@pytest_asyncio.fixture(loop_scope="session")
async def open_browser(browser: Browser, site: Program) -> AsyncIterator[Open]:
    """Opens browsers that share nothing; at the end, none of them may have complained."""
    visits: list[Visit] = []

    async def open_one(device: str = "desk", scheme: str = "light", **more: object) -> Visit:
        settings = {"locale": "en-GB", "timezone_id": "Europe/Rome", "viewport": DEVICES.get(device), **more}
        context = await browser.new_context(color_scheme=scheme, has_touch=device == "phone", **settings)
        context.set_default_timeout(WAIT_MS)
        visit = Visit(await context.new_page(), context, site.url, has_touch=device == "phone")
        visit.watch()
        visits.append(visit)
        return visit

    yield open_one
    faults = [one for visit in visits for one in visit.faults]
    for visit in visits:
        await visit.context.close()
    assert faults == []


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def room(admin: Caller) -> int:
    """A room in Rome."""
    made = await admin.post("resources", {"name": "Room 12", "kind": "room", "timezone": "Europe/Rome", "capacity": 8})
    assert made.status_code == 201, made.text
    return made.json()["id"]
