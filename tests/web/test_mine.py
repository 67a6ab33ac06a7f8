"""What waits for somebody, what they have left, what they pay, and what they are told."""

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.web.conftest import DEVICES, Open, Visit
from tests.web.world import World, eventually, seeded


@pytest_asyncio.fixture(loop_scope="session")
async def world(client, admin) -> World:
    """A world of the test's own."""
    return await seeded(client, admin)


async def signed_in(open_browser: Open, caller, device: str) -> Visit:
    visit = await open_browser(device)
    await visit.sign_in(caller)
    return visit


@pytest.mark.parametrize("device", DEVICES)
async def test_an_approver_sees_what_waits_and_rejects_it_with_a_word(
    device: str, open_browser: Open, world: World
) -> None:
    visit = await signed_in(open_browser, world.approver, device)
    page = visit.page
    await page.get_by_role("img", name="1 waiting").wait_for()
    if device == "phone":
        await page.get_by_role("button", name="More").click()
    await page.get_by_role("link", name="Approvals").click()
    card = page.get_by_role("article", name="At the hall")
    await card.get_by_text("for Mila").wait_for()
    await card.get_by_text("Nothing else is near it").wait_for()
    await visit.picture(f"approvals-{device}")
    await card.get_by_label("Message to Mila (optional)").fill("The floor is wet")
    await card.get_by_role("button", name="Reject").click()
    await page.get_by_text("This cannot be undone.").wait_for()
    await page.get_by_role("button", name="Reject it").click()
    await page.get_by_text("Nothing waits for you").wait_for()

    async def told() -> bool:
        items = (await world.user.get("notifications", kind="approval_decided")).json()["items"]
        return any(one["data"]["message"] == "The floor is wet" for one in items)

    await eventually(told)


async def test_an_approver_looks_at_the_reservation_and_approves_it(open_browser: Open, world: World) -> None:
    visit = await signed_in(open_browser, world.approver, "desk")
    page = visit.page
    await page.get_by_role("link", name="Approvals").click()
    await page.get_by_role("link", name="At the hall").click()
    await page.get_by_role("heading", name="At the hall", level=1).wait_for()
    await page.go_back()
    await page.get_by_role("button", name="Approve").click()
    await page.get_by_text("Nothing waits for you").wait_for()


@pytest.mark.parametrize("device", DEVICES)
async def test_what_is_left_is_said_in_numbers(device: str, open_browser: Open, world: World) -> None:
    visit = await signed_in(open_browser, world.user, device)
    await visit.go("/quotas")
    await visit.page.get_by_role("article", name="Studio hours").first.wait_for()
    await visit.picture(f"quotas-{device}")


@pytest.mark.parametrize("device", DEVICES)
async def test_what_is_to_be_paid_is_found_and_then_has_a_receipt(
    device: str, open_browser: Open, world: World
) -> None:
    visit = await signed_in(open_browser, world.user, device)
    page = visit.page
    await visit.go("/payments")
    await page.get_by_role("heading", name="To be paid").wait_for()
    await visit.picture(f"payments-{device}")
    await page.get_by_role("link", name="€25.00").click()
    await page.get_by_text("Pay at the office").wait_for()
    await visit.picture(f"payment-{device}")
    paid = await world.admin.post(f"payments/{world.ids['paymentId']}/mark-paid", {"reference": "transfer 77"})
    assert paid.status_code == 200, paid.text
    async with page.expect_download() as downloading:
        await page.get_by_role("button", name="Receipt (PDF)").click()
    assert (await downloading.value).suggested_filename.endswith(".pdf")


@pytest.mark.parametrize("device", DEVICES)
async def test_notifications_are_counted_read_and_lead_to_what_they_are_about(
    device: str, open_browser: Open, world: World
) -> None:
    visit = await signed_in(open_browser, world.user, device)
    page = visit.page
    bell = page.get_by_role("link", name="Notifications,")
    await bell.wait_for()
    await bell.click()
    await page.get_by_role("heading", name="Notifications").wait_for()
    await page.get_by_role("article").first.wait_for()
    await visit.picture(f"notifications-{device}")
    await page.get_by_role("article").filter(has_text="Given up").first.get_by_role("link").click()
    await page.get_by_role("heading", name="Given up", level=1).wait_for()
    await page.go_back()
    await page.get_by_role("button", name="Mark all as read").click()
    await page.get_by_role("tab", name="Unread", exact=True).click()
    await page.get_by_text("You have read everything").wait_for()
    assert (await world.user.get("notifications/unread-count")).json() == {"unread": 0}


@pytest.mark.parametrize("device", DEVICES)
async def test_one_chooses_what_one_is_told_of(device: str, open_browser: Open, world: World) -> None:
    visit = await signed_in(open_browser, world.user, device)
    page = visit.page
    await visit.go("/notifications/preferences")
    switch = page.get_by_role("switch", name="A payment was made, By e-mail")
    await switch.wait_for()
    await visit.picture(f"preferences-{device}")
    await switch.click(force=True)
    await expect(switch).to_be_checked()
    await page.get_by_role("combobox", name="Remind me of a reservation").click()
    await page.get_by_role("option", name="Never").click()

    async def kept() -> bool:
        now = (await world.user.get("notifications/preferences")).json()
        switches = {(one["kind"], one["channel"]): one["enabled"] for one in now["items"]}
        return now["reminder_hours"] is None and switches["payment_taken", "email"]

    await eventually(kept)


async def test_the_language_of_the_account_is_taken_at_sign_in(open_browser: Open, world: World) -> None:
    await world.user.patch("users/me", {"language": "es"})
    visit = await open_browser()
    await visit.go("/sign-in")
    await visit.page.get_by_label("Username or e-mail address").fill(world.user.username)
    await visit.page.get_by_label("Password", exact=True).fill(world.user.password)
    await visit.page.get_by_role("button", name="Sign in").click()
    await visit.page.get_by_role("heading", name="Hola, ").wait_for()


async def test_other_devices_are_signed_out_from_the_profile(open_browser: Open, world: World) -> None:
    here = await signed_in(open_browser, world.user, "phone")
    there = await signed_in(open_browser, world.user, "desk")
    await here.go("/profile")
    await here.page.get_by_role("heading", name="Account").wait_for()
    await here.picture("profile-phone")
    await here.page.get_by_label("Your name").fill("Mila Marini")
    await here.page.get_by_role("button", name="Save").click()
    await here.page.get_by_text("Your account is changed.").wait_for()
    await here.page.get_by_role("button", name="Sign out all other devices").click()
    await here.page.get_by_text("Your other devices are signed out.").wait_for()
    await there.page.reload()
    await there.page.get_by_role("heading", name="Sign in").wait_for()
    there.forgive("401")


async def test_the_keys_are_explained_and_lead_about(open_browser: Open, world: World) -> None:
    visit = await signed_in(open_browser, world.user, "desk")
    page = visit.page
    help_ = page.get_by_role("dialog").filter(has_text="Keyboard shortcuts")
    while not await help_.is_visible():  # the keys are loaded behind the page
        await page.keyboard.press("Shift+?")
        await page.wait_for_timeout(300)
    await visit.picture("shortcuts-desk")
    await page.keyboard.press("Escape")
    await help_.wait_for(state="hidden")
    await page.keyboard.press("g")
    await page.keyboard.press("6")
    await page.get_by_role("heading", name="My quotas").wait_for()
