"""A performance in whose rows no seat may be left alone, in the browser."""

import httpx
import pytest
from playwright.async_api import expect

from tests.acceptance.conftest import Caller, register
from tests.web.conftest import DEVICES, Open
from tests.web.seats.hall import choose, hall, plan_of
from tests.web.world import made


@pytest.mark.parametrize("device", DEVICES)
async def test_who_would_leave_a_seat_alone_is_told_which_and_takes_others(
    device: str, open_browser: Open, client: httpx.AsyncClient, admin: Caller
) -> None:
    on = await hall(admin, no_single_seats=True)
    visit = await open_browser(device)
    page = visit.page
    await visit.enter(await register(client, f"alone-{device}"), on.path)
    await plan_of(visit).wait_for()
    await choose(visit, on, 1, 2)
    await page.get_by_role("button", name="Hold these seats").click()
    refusal = page.get_by_role("alert")
    await expect(refusal).to_contain_text(
        "Stalls, row A, seat 1 would be left alone; take seats at the end of the free"
    )
    visit.forgive("409")
    assert await visit.faults_of(f"performance-alone-{device}") == []
    await visit.light("light")
    await choose(visit, on, 1, 1)
    await expect(refusal).to_have_count(0)
    await page.get_by_role("button", name="Hold these seats").click()
    await expect(page.get_by_role("article", name="Held for you").get_by_role("listitem")).to_have_count(2)


async def test_why_seats_are_not_held_is_said_in_the_language_of_the_reader(
    open_browser: Open, client: httpx.AsyncClient, admin: Caller
) -> None:
    on = await hall(admin, no_single_seats=True, seats_per_person=2)
    reader = await register(client, "seule")
    made(await reader.patch("users/me", {"language": "fr"}))
    visit = await open_browser("phone", locale="fr-FR")
    await visit.enter(reader, on.path)
    await plan_of(visit).wait_for()
    refusal = visit.page.get_by_role("alert")
    hold = visit.page.get_by_role("button", name="Retenir ces places assises")
    await choose(visit, on, 1, 2)
    await hold.click()
    await expect(refusal).to_contain_text("Cela isolerait Stalls, rang A, place 1")
    await visit.picture("seats-alone-french")
    await choose(visit, on, 1, 1)
    await choose(visit, on, 1, 3)
    await hold.click()
    await expect(refusal).to_contain_text("Une personne peut avoir jusqu'à 2 places")
    visit.forgive("409")
