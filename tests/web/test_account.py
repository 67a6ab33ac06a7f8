"""Getting in and out, and the settings of one's own."""

import pytest

from tests.acceptance.conftest import Caller
from tests.web.conftest import DEVICES, SCHEMES, Open


async def test_somebody_registers_and_is_signed_in(open_browser: Open) -> None:
    visit = await open_browser("phone")
    page = visit.page
    await visit.go("/")
    assert page.url.endswith("/sign-in?next=%2Freservations") or page.url.endswith("/sign-in")
    await page.get_by_role("link", name="Make an account").click()
    await page.get_by_label("Your name").fill("Lin")
    await page.get_by_label("Username").fill("lin-of-the-web")
    await page.get_by_label("E-mail address").fill("lin@example.org")
    await page.get_by_label("Password", exact=True).fill("short")
    await page.get_by_role("button", name="Make the account").click()
    await page.get_by_text("At least 8 characters.").wait_for()
    await page.get_by_label("Password", exact=True).fill("brass-kettle-94-moor")
    await page.get_by_role("button", name="Make the account").click()
    await page.get_by_role("heading", name="Hello, Lin").wait_for()


async def test_a_session_outlives_the_page_and_no_script_can_read_it(open_browser: Open, ada: Caller) -> None:
    visit = await open_browser()
    await visit.sign_in(ada)
    await visit.page.reload()
    await visit.page.get_by_role("heading", name="My reservations").wait_for()
    kept = await visit.page.evaluate("JSON.stringify([document.cookie, {...localStorage}, {...sessionStorage}])")
    assert "eyJ" not in kept
    assert "berth_session" not in kept
    [cookie] = await visit.context.cookies(f"{visit.url}/api/v1/session")
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Strict", "/api/v1/session")


async def test_two_tabs_refresh_at_once_and_leave_together(open_browser: Open, ada: Caller) -> None:
    visit = await open_browser()
    await visit.sign_in(ada)
    second = await visit.context.new_page()
    await second.goto(f"{visit.url}/reservations")
    for page in (visit.page, second):
        await page.evaluate("void setTimeout(() => location.reload())")
    for page in (visit.page, second):
        await page.get_by_role("heading", name="My reservations").wait_for()
    assert visit.faults == []
    await second.get_by_role("button", name="Sign out").click()
    await visit.page.get_by_role("heading", name="Sign in").wait_for()
    assert await visit.context.cookies(f"{visit.url}/api/v1/session") == []
    # What the other tab asked in that moment is refused.
    visit.faults = [one for one in visit.faults if "401" not in one]


async def test_a_wrong_password_is_told_in_a_sentence(open_browser: Open, ada: Caller) -> None:
    visit = await open_browser()
    await visit.go("/sign-in")
    await visit.page.get_by_label("Username or e-mail address").fill(ada.username)
    await visit.page.get_by_label("Password", exact=True).fill("not-this-one")
    await visit.page.get_by_role("button", name="Sign in").click()
    await visit.page.get_by_text("The username or the password is wrong.").wait_for()
    visit.forgive("401")


async def test_the_language_is_changed_at_once_and_kept(open_browser: Open, ada: Caller) -> None:
    visit = await open_browser()
    await visit.sign_in(ada)
    await visit.go("/profile")
    await visit.page.get_by_role("combobox", name="Language").click()
    await visit.page.get_by_role("option", name="Français").click()
    await visit.page.get_by_role("heading", name="Profil", exact=True).wait_for()
    await visit.go("/reservations")
    assert await visit.page.get_by_role("heading", name="Mes réservations").is_visible()
    assert await visit.page.evaluate("document.documentElement.lang") == "fr"


async def test_the_palette_goes_anywhere_by_typing(open_browser: Open, ada: Caller) -> None:
    visit = await open_browser()
    await visit.sign_in(ada)
    prompt = visit.page.get_by_label("Type where to go or what to do")
    while not await prompt.is_visible():  # it is loaded behind the page, and deaf until then
        await visit.page.keyboard.press("Control+k")
        await visit.page.wait_for_timeout(300)
    await prompt.fill("time zone")
    await visit.page.keyboard.press("Enter")
    await visit.page.get_by_role("heading", name="Profile").wait_for()


@pytest.mark.parametrize("path", ["/setup?token=x", "/nowhere/at/all"])
async def test_pages_that_no_route_tells_of_are_for_everybody(path: str, open_browser: Open) -> None:
    visit = await open_browser("phone")
    await visit.go(path)
    for scheme in SCHEMES:
        await visit.light(scheme)
        assert await visit.violations() == []
    assert await visit.page.evaluate("document.documentElement.scrollWidth") <= DEVICES["phone"]["width"]
