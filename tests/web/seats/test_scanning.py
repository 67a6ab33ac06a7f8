"""The door of a performance by camera: tickets come off one screen before the camera of another device."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from deploy.local.programs import find_program
from tests.acceptance.conftest import Caller, register
from tests.needs import needs
from tests.web.conftest import DEVICES, Open, Visit
from tests.web.seats.codes import film, photographed
from tests.web.seats.hall import hall
from tests.web.world import made

NEVER_LOOKING = "window.setInterval = () => 0"
"""What keeps a page from looking by the clock: it learns only what it is told."""

KEPT = "Object.keys(localStorage).filter((key) => key.includes('admissions.list')).length"


@pytest.fixture(scope="module")
def before_the_camera(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The film that the camera of the browser shows."""
    return tmp_path_factory.mktemp("camera") / "seen.y4m"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def browser(before_the_camera: Path) -> AsyncIterator[Browser]:
    """A browser whose camera may be used, and sees a film."""
    needs("chromium")
    camera = [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={before_the_camera}",
    ]
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(
            executable_path=find_program("chromium"), args=["--no-sandbox", *camera]
        )
        yield launched
        await launched.close()


async def bought(admin: Caller, buyer: Caller) -> tuple[int, int]:
    """Buy two seats that cost nothing, and answer the ids of the performance and the order."""
    on = await hall(admin)
    held = made(await buyer.post("seat-holds", {"performance_id": on.id, "seats": [on.key(1, 1), on.key(1, 2)]}))
    return on.id, made(await buyer.post("orders", {"hold_id": held["id"]}))["id"]


async def show(visit: Visit, seat: int, before_the_camera: Path) -> None:
    """Hold the ticket of a seat, as the buyer's screen shows it, before the camera."""
    code = visit.page.get_by_role("img", name=f"Code for Stalls, row A, seat {seat}")
    film(await photographed(code), before_the_camera)


async def look(page: Page) -> None:
    await page.get_by_role("button", name="Read by camera").click()


@pytest.mark.parametrize("device", DEVICES)
async def test_a_ticket_held_before_the_camera_lets_in_once_and_is_counted_everywhere(
    device: str, open_browser: Open, client: httpx.AsyncClient, admin: Caller, before_the_camera: Path
) -> None:
    buyer = await register(client, f"of-the-film-{device}")
    performance, order = await bought(admin, buyer)
    phone, door, other = await open_browser("phone"), await open_browser(device), await open_browser()
    await phone.enter(buyer, f"/orders/{order}")
    await show(phone, 1, before_the_camera)
    page = door.page
    await other.page.add_init_script(NEVER_LOOKING)
    for visit in (door, other):
        await visit.enter(admin, f"/administration/performances/{performance}/door")
        await visit.page.get_by_text("0 of 2 have come in").wait_for()
    await look(page)
    await page.get_by_text("Come in", exact=True).wait_for()
    await page.get_by_text("Stalls, row A, seat 1").wait_for()
    await page.get_by_text("1 of 2 have come in").wait_for()
    assert await door.faults_of(f"camera-admitted-{device}") == []
    await door.light("light")
    await other.page.get_by_text("1 of 2 have come in").wait_for()

    await page.get_by_role("button", name="Stop the camera").click()
    await look(page)
    await page.get_by_text("Somebody came in by this ticket at").wait_for()
    verdict = page.get_by_role("status").filter(has_text="Not let in")
    await expect(verdict).to_contain_text("Stalls, row A, seat 1")
    door.forgive("409")
    assert await door.faults_of(f"camera-refused-{device}") == []
    await door.light("light")

    await page.get_by_role("button", name="Stop the camera").click()
    await show(phone, 2, before_the_camera)
    await look(page)
    await page.get_by_text("Stalls, row A, seat 2").wait_for()
    await page.get_by_text("2 of 2 have come in").wait_for()
    counts = (await admin.get(f"performances/{performance}/admissions")).json()
    assert counts == {"admitted": 2, "tickets": 2}


async def test_who_signs_out_leaves_no_list_of_tickets_on_the_device(
    open_browser: Open, client: httpx.AsyncClient, admin: Caller
) -> None:
    performance, _ = await bought(admin, await register(client, "of-the-list"))
    visit = await open_browser()
    await visit.enter(admin, f"/administration/performances/{performance}/door")
    await visit.page.get_by_text("0 of 2 have come in").wait_for()
    await visit.until(KEPT)
    await visit.page.get_by_role("link", name="Leave the door").click()
    async with visit.page.expect_response("**/api/v1/users/me") as answered:
        await visit.page.reload()
    await (await answered.value).finished()
    await visit.page.get_by_role("link", name="Administration").first.wait_for()
    await visit.page.get_by_role("button", name="Sign out", exact=True).click()
    await visit.page.get_by_role("heading", name="Sign in").wait_for()
    assert await visit.page.evaluate(KEPT) == 0
