"""Seats bought in the browser: chosen in the plan or in the list, held, bought, and lost to somebody faster."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.acceptance.conftest import Caller, register
from tests.acceptance.notifications.conftest import told
from tests.acceptance.payments.test_paying import payment_of
from tests.web.conftest import DEVICES, Open
from tests.web.world import World, made, seeded


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def world(client, admin) -> World:
    return await seeded(client, admin)


async def first_row(page: Page) -> None:
    """Show the seats of the first row as a list."""
    await page.get_by_role("radiogroup", name="Show seats as").get_by_text("List").click()
    await page.get_by_role("button", name="Row A").first.click()


@pytest.mark.parametrize("device", DEVICES)
async def test_seats_are_chosen_held_and_bought(
    device: str, open_browser: Open, client: httpx.AsyncClient, world: World
) -> None:
    buyer = await register(client, f"buyer-{device}")
    visit = await open_browser(device)
    page = visit.page
    await visit.enter(buyer, "/whats-on")
    await page.get_by_role("link", name="The Tempest").first.click()
    plan = page.get_by_role("listbox", name="Seats")
    await plan.focus()
    moves = ["ArrowDown", "ArrowRight"] if device == "desk" else ["ArrowDown", "ArrowDown"]
    for key in [*moves, "Enter"]:
        await page.keyboard.press(key)
    await expect(plan.get_by_role("option")).to_have_attribute("aria-selected", "true")
    await expect(plan.get_by_role("option")).to_contain_text("Chosen, Free, €0.00")
    assert await visit.faults_of(f"performance-{device}") == []
    await visit.light("light")
    await page.get_by_role("button", name="Hold these seats").click()
    await page.get_by_role("button", name="Hold it longer").click()
    await page.get_by_role("button", name="Hold it longer").wait_for(state="detached")
    assert await visit.violations() == []
    await page.get_by_role("button", name="Buy", exact=True).click()
    await page.get_by_role("heading", name="Tickets", exact=True).wait_for()
    await page.get_by_role("img", name="Code for").wait_for()
    assert await visit.faults_of(f"order-{device}") == []
    async with page.expect_download():
        await page.get_by_role("button", name="Tickets (PDF)").click()
    await page.get_by_role("button", name="Cancel", exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name="Cancel the order").click()
    await page.get_by_text("This order is cancelled").wait_for()


async def test_who_was_faster_is_told_with_what_is_free_near_by(
    open_browser: Open, client: httpx.AsyncClient, world: World, ada: Caller
) -> None:
    id_ = world.ids["performanceId"]
    buyer = await register(client, "slow-buyer")
    visit = await open_browser()
    page = visit.page
    # A page that hears nothing of others: the race is lost where seats are held.
    await page.route_web_socket("**/ws", lambda _: None)
    await visit.enter(buyer, f"/performances/{id_}")
    await first_row(page)
    await page.get_by_role("button", name="Stalls, row A, seat 7").click()
    await page.route("**/seats", lambda route: route.abort())
    made(await ada.post("seat-holds", {"performance_id": id_, "seats": ["S/A/7"]}))
    await page.get_by_role("button", name="Hold these seats").click()
    await page.get_by_text("Somebody was faster").wait_for()
    visit.forgive("409")
    await visit.picture("performance-lost")
    assert await visit.violations() == []
    await page.unroute("**/seats")
    await page.get_by_role("button", name="Choose S/A/").first.click()
    await page.get_by_role("button", name="Hold these seats").click()
    await page.get_by_role("article", name="Held for you").wait_for()
    visit.faults = [one for one in visit.faults if "ERR_FAILED" not in one]


async def test_the_best_seats_and_room_without_seats_are_held(
    open_browser: Open, client: httpx.AsyncClient, world: World
) -> None:
    buyer = await register(client, "quick-buyer")
    visit = await open_browser()
    page = visit.page
    await visit.enter(buyer, f"/performances/{world.ids['performanceId']}")
    await page.get_by_label("How many").fill("3")
    await page.get_by_role("button", name="Hold the best seats").click()
    await expect(page.get_by_role("article", name="Held for you").get_by_role("listitem")).to_have_count(3)
    await page.get_by_label("Floor").fill("2")
    await page.get_by_role("button", name="Hold these places").click()
    await expect(page.get_by_role("article", name="Held for you")).to_have_count(2)
    assert await visit.violations() == []
    await page.get_by_role("button", name="Give it back").first.click()
    await expect(page.get_by_role("article", name="Held for you")).to_have_count(1)


async def test_a_page_that_is_open_shows_that_the_performance_was_moved_and_cancelled(
    open_browser: Open, world: World, ada: Caller
) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    start = now + timedelta(days=50)
    times = {
        "start": start,
        "end": start + timedelta(hours=2),
        "sales_start": now + timedelta(days=1),
        "sales_end": start,
    }
    plan = {"venue_id": world.ids["venueId"], "name": "Aida", "currency": "EUR", "prices": {"a": 0, "b": 2500}}
    wish = plan | {name: at.isoformat() for name, at in times.items()}
    id_ = made(await world.admin.post("performances", wish))["id"]
    visit = await open_browser()
    page = visit.page
    async with visit.told_of(f"performance/{id_}"):
        await visit.enter(ada, f"/performances/{id_}")
    when = page.get_by_text("When", exact=True).locator("xpath=..")
    before = await when.inner_text()
    later = {"start": (start + timedelta(days=1)).isoformat(), "end": (start + timedelta(days=1, hours=2)).isoformat()}
    moved = await world.admin.patch(f"performances/{id_}", later)
    assert moved.status_code == 200, moved.text
    await expect(when).not_to_have_text(before)
    await world.admin.post(f"performances/{id_}/cancel", {"reason": "The tenor is ill."})
    await page.get_by_text("The tenor is ill.").wait_for()
    assert await visit.violations() == []


async def test_an_administrator_takes_seats_out_of_the_sale(open_browser: Open, world: World) -> None:
    id_ = world.ids["performanceId"]
    visit = await open_browser()
    page = visit.page
    await visit.enter(world.admin, f"/administration/performances/{id_}")
    await first_row(page)
    seat = page.get_by_role("button", name="Stalls, row A, seat 10")
    await seat.click()
    await page.get_by_role("button", name="Take out of the sale").click()
    await expect(page.get_by_role("button", name="Stalls, row A, seat 10, Not for sale")).to_be_visible()
    await seat.click()
    await page.get_by_role("button", name="Put back on sale").click()
    await expect(page.get_by_role("button", name="Stalls, row A, seat 10, Free")).to_be_visible()
    assert await visit.violations() == []


@pytest.mark.parametrize("device", DEVICES)
async def test_an_order_is_paid_for_as_an_order_and_its_buyer_is_led_to_the_tickets(
    device: str, open_browser: Open, client: httpx.AsyncClient, world: World
) -> None:
    buyer, seat = await register(client, f"payer-{device}"), {"desk": "G/B/1", "phone": "G/C/1"}[device]
    hold = made(await buyer.post("seat-holds", {"performance_id": world.ids["performanceId"], "seats": [seat]}))
    order = made(await buyer.post("orders", {"hold_id": hold["id"]}))["id"]
    await payment_of(buyer, order, "awaiting")
    subject = f"Order {order} · The Tempest"
    visit = await open_browser(device)
    page = visit.page
    await visit.enter(buyer, "/payments")
    await page.get_by_role("link", name=subject).wait_for()
    assert await visit.faults_of(f"payments-of-order-{device}") == []
    await page.get_by_role("link", name="€25.00").click()
    await page.get_by_text("otherwise the seats are free again").wait_for()
    assert await visit.faults_of(f"payment-of-order-{device}") == []
    await page.get_by_role("link", name=subject).click()
    await page.get_by_role("heading", name="The Tempest", level=1).wait_for()

    desk = await open_browser(device)
    await desk.enter(world.admin, f"/administration/payments?person={buyer.id}")
    await desk.page.get_by_role("link", name=subject).wait_for()
    assert await desk.faults_of(f"administration-payments-{device}") == []
    await desk.page.get_by_role("button", name="Mark as paid").click()
    await desk.page.get_by_label("Reference").fill("cash 12")
    await desk.page.get_by_role("dialog").get_by_role("button", name="Mark as paid").click()
    await payment_of(buyer, order, "taken")

    await told(buyer, 1, kind="order_paid")
    await visit.go("/notifications")
    assert await visit.faults_of(f"notifications-of-order-{device}") == []
    await page.get_by_role("link", name=f"Your tickets: order {order} · The Tempest").click()
    await page.get_by_role("heading", name="Tickets", exact=True).wait_for()
    await visit.go("/orders")
    assert await visit.faults_of(f"orders-{device}") == []
