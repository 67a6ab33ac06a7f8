"""The waiting room in the browser: waiting for one's turn, getting in, and being out again."""

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.acceptance.conftest import Caller, register
from tests.web.conftest import DEVICES, Open
from tests.web.world import World, made, seeded

LET_IN_MS = 20_000
"""The browser asks every five seconds."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def world(client, admin) -> World:
    return await seeded(client, admin)


async def admit(admin: Caller, id_: int, most: int | None) -> None:
    """Say how many people choose seats at once."""
    before = await admin.get(f"performances/{id_}")
    version = {"If-Match": before.headers["ETag"]}
    made(await admin.patch(f"performances/{id_}", {"admitted_max": most}, headers=version))


@pytest.mark.parametrize("device", DEVICES)
async def test_one_waits_and_is_let_in_when_another_leaves(
    device: str, open_browser: Open, client: httpx.AsyncClient, world: World
) -> None:
    id_ = world.ids["performanceId"]
    await admit(world.admin, id_, 1)
    first, second = await register(client, f"first-{device}"), await register(client, f"second-{device}")
    assert made_admitted(await first.post(f"performances/{id_}/queue"))
    visit = await open_browser(device)
    page = visit.page
    await visit.enter(second, f"/performances/{id_}")
    await page.get_by_role("button", name="Choose seats").click()
    room = page.get_by_role("region", name="Waiting room")
    await expect(room.get_by_role("status")).to_have_text("You are number 1. Nobody is ahead of you.")
    await expect(room.get_by_role("heading", name="You are in the queue")).to_be_focused()
    await expect(page.get_by_role("listbox", name="Seats")).to_have_count(0)
    assert await visit.faults_of(f"waiting-{device}") == []
    assert (await first.delete(f"performances/{id_}/queue")).status_code == 204
    await expect(room.get_by_role("heading", name="It is your turn")).to_be_visible(timeout=LET_IN_MS)
    await expect(room.get_by_role("timer")).to_contain_text("left")
    await page.get_by_role("listbox", name="Seats").wait_for()
    assert await visit.faults_of(f"admitted-{device}") == []
    assert (await second.delete(f"performances/{id_}/queue")).status_code == 204
    await page.get_by_label("How many").fill("2")
    await page.get_by_role("button", name="Hold the best seats").click()
    await room.get_by_role("heading", name="Your time to choose is over").wait_for()
    visit.forgive("409")
    assert await visit.faults_of(f"over-{device}") == []
    await room.get_by_role("button", name="Join again").click()
    await page.get_by_role("button", name="Let the next one in").click()
    await room.get_by_role("button", name="Choose seats").wait_for()


def made_admitted(answer: httpx.Response) -> bool:
    """Tell whether an answer of the queue lets in."""
    return made(answer)["state"] == "admitted"


async def test_an_administrator_says_how_many_choose_at_once(open_browser: Open, world: World) -> None:
    id_ = world.ids["performanceId"]
    await admit(world.admin, id_, None)
    visit = await open_browser()
    page = visit.page
    await visit.enter(world.admin, f"/administration/performances/{id_}")
    for typed, kept in (("3", 3), ("", None)):
        await page.get_by_role("button", name="Change").click()
        await page.get_by_label("People who choose seats at once").fill(typed)
        await page.get_by_role("dialog").get_by_role("button", name="Save").click()
        await page.get_by_role("dialog").wait_for(state="detached")
        assert (await world.admin.get(f"performances/{id_}")).json()["admitted_max"] == kept
