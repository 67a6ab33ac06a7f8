"""The display at a door: free and busy, reserving, the keypad and the camera, and a network that goes and comes."""

import itertools
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import pytest_asyncio
import segno
from playwright.async_api import expect

from tests.acceptance.access.conftest import code_of
from tests.acceptance.conftest import Caller, register
from tests.web.conftest import DEVICES, SCHEMES, Open, Visit

CONTROLLED = "Boolean(navigator.serviceWorker.controller)"
"""The service worker answers for the page."""
TABLET = {"viewport": {"width": 800, "height": 480}}
_numbers = itertools.count(1)

# A camera that sees one picture: Chromium's own stand-in shows none that is chosen.
CAMERA = """(rows) => {
  const canvas = Object.assign(document.createElement('canvas'), {width: rows.length * 8, height: rows.length * 8});
  const pen = canvas.getContext('2d');
  setInterval(() => rows.forEach((row, y) => [...row].forEach((one, x) => {
    pen.fillStyle = one === '1' ? '#000' : '#fff';
    pen.fillRect(x * 8, y * 8, 8, 8);
  })), 50);
  navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(20);
}"""


@pytest_asyncio.fixture(loop_scope="session")
async def door(admin: Caller) -> int:
    """A room of the test's own, open all day, whose reservations have codes."""
    number = next(_numbers)
    made = await admin.post(
        "resources", {"name": f"Reading corner {number}", "kind": "room", "timezone": "Europe/Rome"}
    )
    assert made.status_code == 201, made.text
    id_ = made.json()["id"]
    assert (await admin.put(f"resources/{id_}/policy", {"confirmations": ["access"]})).status_code == 200
    return id_


@pytest_asyncio.fixture(loop_scope="session")
async def display(client: httpx.AsyncClient) -> Caller:
    return await register(client, f"door-display-{next(_numbers)}")


async def reserved(caller: Caller, door: int, *, after_minutes: int, minutes: int = 30, title: str = "Secret") -> int:
    start = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=after_minutes)
    times = {"start": start.isoformat(), "end": (start + timedelta(minutes=minutes)).isoformat()}
    answer = await caller.post("reservations", {"resource_id": door, "title": title, **times})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def at_the_door(visit: Visit, display: Caller, door: int) -> None:
    """Sign the display in once, by the link that it is opened with."""
    await visit.go(f"/door/{door}")
    await visit.page.get_by_label("Username or e-mail address").fill(display.username)
    await visit.page.get_by_label("Password", exact=True).fill(display.password)
    await visit.page.get_by_role("button", name="Sign in").click()
    await visit.page.get_by_role("heading", name="Reading corner").wait_for()


async def hung(visit: Visit, display: Caller, door: int) -> None:
    """Show the door on a display that has been signed in before."""
    await visit.enter(display, f"/door/{door}")
    await visit.page.get_by_role("heading", name="Reading corner").wait_for()


async def typed(visit: Visit, code: str) -> None:
    for digit in code:
        await visit.page.get_by_role("button", name=digit, exact=True).click()


@pytest.mark.parametrize(("device", "length"), [("tablet", 15), ("phone", 30), ("desk", 60)])
async def test_somebody_reserves_at_the_door_and_leaves(
    device: str, length: int, open_browser: Open, display: Caller, door: int
) -> None:
    visit = await open_browser(device, **(TABLET if device == "tablet" else {}))
    await at_the_door(visit, display, door)
    await visit.page.get_by_text("Free", exact=True).wait_for()
    await visit.page.get_by_role("button", name={15: "15 min", 30: "30 min", 60: "1 hr"}[length]).click()
    await visit.page.get_by_text("Busy", exact=True).wait_for()
    leave = visit.page.get_by_role("button", name="Check out")
    await leave.wait_for()
    [made] = (await display.get("reservations/my")).json()["items"]
    lasts = datetime.fromisoformat(made["end"]) - datetime.fromisoformat(made["start"])
    assert (lasts, made["state"]) == (timedelta(minutes=length), "in_use")
    await leave.click()
    await visit.page.get_by_text("Free", exact=True).wait_for()


async def test_a_code_typed_at_the_door_checks_in_and_no_name_is_shown(
    open_browser: Open, display: Caller, ada: Caller, door: int
) -> None:
    id_ = await reserved(ada, door, after_minutes=5)
    code = (await code_of(ada, id_))["code"]
    visit = await open_browser(**TABLET)
    await hung(visit, display, door)
    await visit.page.get_by_text("Reserved").first.wait_for()
    assert not await visit.page.get_by_text("Secret").is_visible()
    await visit.page.get_by_role("button", name="Check in").click()
    await typed(visit, str((int(code) + 1) % 1_000_000).zfill(6))
    await visit.page.get_by_text("This is not the code of a reservation here.").wait_for()
    visit.forgive("403")
    await typed(visit, code)
    await visit.page.get_by_text("Checked in. Welcome!").wait_for()
    assert (await ada.get(f"reservations/{id_}")).json()["state"] == "in_use"


async def test_a_qr_code_held_before_the_camera_checks_in(
    open_browser: Open, display: Caller, ada: Caller, door: int
) -> None:
    id_ = await reserved(ada, door, after_minutes=5)
    code = (await code_of(ada, id_))["code"]
    picture = segno.make(f"https://berth.example.org/reservations/{id_}/check-in?code={code}", error="m", micro=False)
    rows = ["".join(map(str, row)) for row in picture.matrix_iter(border=4)]
    visit = await open_browser()
    await hung(visit, display, door)
    await visit.page.evaluate(CAMERA, rows)
    await visit.page.get_by_role("button", name="Check in").click()
    await visit.page.get_by_role("button", name="Show a QR code").click()
    await visit.page.get_by_text("Checked in. Welcome!").wait_for()
    assert (await ada.get(f"reservations/{id_}")).json()["state"] == "in_use"


@pytest.mark.parametrize("device", ["phone", "tablet"])
async def test_without_a_network_the_plan_stays_and_comes_back(
    device: str, open_browser: Open, display: Caller, ada: Caller, door: int
) -> None:
    await reserved(ada, door, after_minutes=40)
    visit = await open_browser(device, **(TABLET if device == "tablet" else {}))
    page = visit.page
    await hung(visit, display, door)
    await page.get_by_text("Reserved").first.wait_for()
    await visit.until(CONTROLLED)
    await visit.context.set_offline(True)
    await page.get_by_text("No connection since").wait_for()
    await page.reload()
    await page.get_by_text("No connection since").wait_for()
    assert await page.get_by_text("Reserved").first.is_visible(), "kept on the device"
    assert await page.get_by_role("button", name="Check in").is_disabled()
    assert await page.get_by_role("button", name="15 min").is_disabled()
    await visit.picture(f"door-offline-{device}")
    assert await visit.violations() == []
    await visit.context.set_offline(False)
    await page.get_by_text("No connection since").wait_for(state="detached")
    await expect(page.get_by_role("button", name="15 min")).to_be_enabled()
    visit.forgive("ERR_INTERNET_DISCONNECTED")


async def test_the_keyboard_leaves_the_display(open_browser: Open, display: Caller, door: int) -> None:
    visit = await open_browser()
    await hung(visit, display, door)
    await visit.page.keyboard.press("Escape")
    await visit.page.wait_for_url(lambda url: "/door/" not in url)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("device", [*DEVICES, "tablet"])
async def test_the_display_is_for_everybody_and_nothing_scrolls(
    device: str, scheme: str, open_browser: Open, display: Caller, ada: Caller, door: int
) -> None:
    more = TABLET if device == "tablet" else {}
    for hours in range(1, 9):
        await reserved(ada, door, after_minutes=60 * hours)
    visit = await open_browser(device, scheme, **more)
    await hung(visit, display, door)
    await visit.page.get_by_text("Free", exact=True).wait_for()
    await settled(visit, f"door-free-{device}-{scheme}")
    await reserved(ada, door, after_minutes=0)
    await visit.page.get_by_text("Busy", exact=True).wait_for()
    await settled(visit, f"door-busy-{device}-{scheme}")
    await visit.page.get_by_role("button", name="Check in").click()
    await visit.page.get_by_role("dialog").wait_for()
    await typed(visit, "123")
    await settled(visit, f"door-keypad-{device}-{scheme}")


async def settled(visit: Visit, picture: str) -> None:
    """Nothing is wrong, and nothing is larger than the screen."""
    await visit.picture(picture)
    assert await visit.violations() == []
    too_large = (
        "document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth"
    )
    assert not await visit.page.evaluate(too_large)
    outside = """[...document.querySelectorAll('main button, [role=dialog] button')].filter((one) => {
      const {top, left, bottom, right} = one.getBoundingClientRect();
      return top < 0 || left < 0 || bottom > innerHeight || right > innerWidth;
    }).map((one) => one.innerText || one.ariaLabel)"""
    assert await visit.page.evaluate(outside) == []
