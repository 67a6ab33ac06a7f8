"""Tried as a new user would: from the link of the set-up to a reservation that is ready, without reading anything.

Clicks are counted by the browser. Set ``BERTH_SCREENSHOTS`` to a folder to have the pictures that the README shows
made anew.
"""

import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.acceptance.under_load.program import Program
from tests.conftest import temporary_database
from tests.needs import needs_web_app
from tests.web.conftest import Open

CLICKS_MAX = 6
COUNT = "window.clicks = 0; addEventListener('click', (event) => { if (event.isTrusted) window.clicks += 1 }, true)"


@pytest_asyncio.fixture(loop_scope="session")
async def fresh(server_url: str, tmp_path: Path) -> AsyncIterator[Program]:
    """A Berth that nobody has used, with the link to make its administrator in its log."""
    needs_web_app()
    async with temporary_database(server_url) as url:
        program = Program(tmp_path / "data", url, administrator=False)
        await program.start()
        yield program
        await program.stop()


async def test_a_new_administrator_has_a_reservation_after_at_most_six_clicks(
    fresh: Program, open_browser: Open, tmp_path: Path
) -> None:
    folder = Path(os.environ.get("BERTH_SCREENSHOTS", tmp_path))
    visit = await open_browser()
    visit.url = fresh.url
    page = visit.page
    await page.add_init_script(COUNT)
    [token] = re.findall(r"/setup\?token=(\S+)", fresh.log.read_text())
    await visit.go(f"/setup?token={token}")
    await page.get_by_label("Your name").fill("Ada Rossi")
    await page.get_by_label("E-mail address").fill("ada@example.org")
    await page.get_by_label("Password", exact=True).fill("brass-kettle-94-moor")
    await page.keyboard.press("Enter")

    await page.get_by_role("heading", name="Make the first thing that people can reserve").wait_for()
    before = await page.evaluate("window.clicks")
    await page.screenshot(path=folder / "first-resource.png")
    await page.get_by_role("button", name="Make it").click()
    await page.get_by_role("button", name="1 hour now").click()
    await page.get_by_role("button", name="Reserve Meeting room").wait_for()
    await page.get_by_label("Close").or_(page.get_by_label("×")).first.wait_for()
    await page.get_by_text("can be reserved now").wait_for(state="hidden", timeout=10_000)
    await page.screenshot(path=folder / "quick-reserve.png")
    await page.get_by_role("button", name="Reserve Meeting room").click()
    made = page.get_by_role("status").filter(has_text="Reserved for you")
    await made.get_by_text("Ready").wait_for()
    await made.get_by_role("link", name="See the reservation").click()
    await page.get_by_role("heading", name="Meeting room").wait_for()
    await page.get_by_text("Reserved", exact=True).wait_for()
    await page.screenshot(path=folder / "reservation.png")
    clicks = await page.evaluate("window.clicks") - before
    assert 0 < clicks <= CLICKS_MAX, clicks
