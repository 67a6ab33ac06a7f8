"""Seats paid by card: from What's on to the ticket, and what becomes of them when the card is declined."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import asyncpg
import httpx
import pypdf
import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.acceptance.conftest import Caller, register, sign_in
from tests.acceptance.payments.test_paying import payment_of
from tests.acceptance.under_load.program import Program, running
from tests.conftest import ADMIN_EMAIL, ADMIN_PASSWORD, temporary_database
from tests.needs import needs_web_app
from tests.payment_server.running import SECRET_KEY, WEBHOOK_SECRET, Remote, payment_server
from tests.web.conftest import DEVICES, Open, Visit
from tests.web.seats.codes import photographed, read_off
from tests.web.seats.hall import Hall, choose, hall, plan_of

PRICE_MINOR = 2550


@dataclass(frozen=True)
class Till:
    """A Berth that takes cards, and the payment server behind it."""

    program: Program
    server: Remote


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def till(server_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Till]:
    needs_web_app()
    data_dir = tmp_path_factory.mktemp("till") / "data"
    with payment_server() as server:
        more = {
            "BERTH_PAYMENT_PROVIDER": "stripe",
            "BERTH_STRIPE_SECRET_KEY": SECRET_KEY,
            "BERTH_STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET,
            "BERTH_STRIPE_API_BASE": server.url,
        }
        async with temporary_database(server_url) as url, running(data_dir, url, more=more) as program:
            webhook = f"{program.url}/api/v1/payments/stripe/webhook"
            server.faults(webhook_url=webhook, webhook_secret=WEBHOOK_SECRET, webhooks=1)
            yield Till(program, server)


@pytest.fixture(scope="module")
def site(till: Till) -> Program:
    return till.program


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def client(site: Program) -> AsyncIterator[httpx.AsyncClient]:
    async with site.client() as made_client:
        yield made_client


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def admin(client: httpx.AsyncClient) -> Caller:
    return await sign_in(client, ADMIN_EMAIL, ADMIN_PASSWORD)


async def ordered(visit: Visit, on: Hall, *seats: int) -> int:
    """Go from What's on to an order of seats of the first row, and answer its id."""
    page = visit.page
    await page.get_by_role("link", name=on.name).click()
    for seat in seats:
        await plan_of(visit).wait_for()
        await choose(visit, on, 1, seat)
    await page.get_by_text("Together €").wait_for()
    await page.get_by_role("button", name="Hold these seats").click()
    await page.get_by_role("button", name="Buy", exact=True).click()
    await page.wait_for_url("**/orders/*")
    await page.get_by_text("to be paid", exact=False).first.wait_for()
    return int(page.url.rpartition("/")[2])


@pytest.mark.parametrize("device", ["desk", pytest.param("phone", marks=pytest.mark.slow)])
async def test_seats_are_chosen_held_bought_paid_by_card_and_their_tickets_printed(
    device: str, open_browser: Open, client: httpx.AsyncClient, admin: Caller, till: Till
) -> None:
    on = await hall(admin, price=PRICE_MINOR)
    buyer = await register(client, f"card-{device}")
    visit = await open_browser(device)
    page = visit.page
    await visit.enter(buyer, "/whats-on")
    order = await ordered(visit, on, 3, 4)
    await page.get_by_text("€51.00 to be paid").wait_for()
    assert await visit.faults_of(f"order-to-be-paid-{device}") == []
    await visit.light("light")
    await page.get_by_role("link", name="My payments").last.click()
    await page.get_by_role("link", name="€51.00").click()
    await page.get_by_text("€51.00 to be paid").wait_for()
    assert await visit.faults_of(f"payment-of-order-{device}") == []
    await visit.light("light")

    await visit.go(f"/orders/{order}")
    reference = (await payment_of(buyer, order, "awaiting"))["reference"]
    till.server.pay(reference)
    await page.get_by_role("heading", name="Tickets", exact=True).wait_for()
    tickets = (await buyer.get(f"orders/{order}")).json()["tickets"]
    assert [one["seat"] for one in tickets] == ["Stalls, row A, seat 3", "Stalls, row A, seat 4"]
    for one in tickets:
        shown = page.get_by_role("img", name=f"Code for {one['seat']}")
        assert read_off(await photographed(shown)) == one["code"], "it can be read off the screen"
    assert await visit.faults_of(f"order-paid-{device}") == []
    async with page.expect_download() as download:
        await page.get_by_role("button", name="Tickets (PDF)").click()
    printed = pypdf.PdfReader(await (await download.value).path()).pages
    assert [on.name in one.extract_text() for one in printed] == [True, True]
    paid = till.server.books()[reference]
    assert (paid["status"], paid["amount_received"]) == ("succeeded", 2 * PRICE_MINOR)


@pytest.mark.slow
@pytest.mark.parametrize("device", DEVICES)
async def test_a_card_that_is_declined_says_so_and_in_the_end_the_seats_are_free_again(
    device: str, open_browser: Open, client: httpx.AsyncClient, admin: Caller, till: Till
) -> None:
    on = await hall(admin, price=PRICE_MINOR)
    buyer = await register(client, f"declined-{device}")
    visit = await open_browser(device)
    page = visit.page
    await visit.enter(buyer, "/whats-on")
    order = await ordered(visit, on, 5)
    payment = await payment_of(buyer, order, "awaiting")
    await visit.go(f"/payments/{payment['id']}")
    till.server.pay(payment["reference"], declined=True)
    await page.get_by_text("Your card was declined.").wait_for()
    assert await visit.faults_of(f"payment-declined-{device}") == []
    await visit.light("light")
    await visit.go(f"/orders/{order}")
    await page.get_by_text("to be paid").first.wait_for()
    await time_is_over(till, order)
    alert = page.get_by_role("alert").filter(has_text="This order is cancelled")
    await expect(alert).to_contain_text("Your card was declined.")
    assert await visit.faults_of(f"order-declined-{device}") == []
    assert set((await buyer.get(f"performances/{on.id}/seats")).json()["states"]) == {"f"}


async def time_is_over(till: Till, order: int) -> None:
    """Let half an hour go by for an order that is not paid."""
    connection = await asyncpg.connect(till.program.database_url)
    try:
        async with connection.transaction():
            await connection.execute("update payments.request set due_at = now() where reservation_id = $1", order)
            await connection.execute("update payments.timer set due_at = now() where key like $1", f"due/{order}/%")
    finally:
        await connection.close()
