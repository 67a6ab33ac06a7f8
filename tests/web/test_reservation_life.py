"""What an owner does with a reservation: moves it, goes on, comes in, shows its code; and its page for check-in."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from tests.acceptance.conftest import Caller, register
from tests.acceptance.life.conftest import code_of
from tests.web.conftest import DEVICES, SCHEMES, Open

_days = count(1)


@pytest.fixture
async def lab(admin: Caller) -> int:
    """A lab in Rome whose door asks for a code."""
    wish = {"name": f"Lab {datetime.now(UTC):%H%M%S%f}", "kind": "lab", "timezone": "Europe/Rome"}
    made = await admin.post("resources", wish)
    assert made.status_code == 201, made.text
    id_ = int(made.json()["id"])
    policy = {"confirmations": ["access"], "early_minutes": 10}
    answer = await admin.put(f"resources/{id_}/policy", policy)
    assert answer.status_code == 200, answer.text
    return id_


async def reserved(caller: Caller, lab: int, start: datetime, minutes: int = 60) -> int:
    times = {"start": start.isoformat(), "end": (start + timedelta(minutes=minutes)).isoformat()}
    wish = {"resource_id": lab, "title": "Experiment", **times}
    answer = await caller.post("reservations", wish, headers={"Prefer": "wait=5"})
    assert answer.status_code == 201, answer.text
    assert answer.json()["state"] == "ready"
    return int(answer.json()["id"])


def a_day() -> datetime:
    return datetime(2031, 9, next(_days), 8, tzinfo=UTC)


@pytest.mark.parametrize("device", DEVICES)
async def test_it_is_moved_to_what_is_free_instead_and_extended(
    device: str, open_browser: Open, ada: Caller, admin: Caller, lab: int
) -> None:
    nine = a_day()
    id_ = await reserved(ada, lab, nine)
    await reserved(admin, lab, nine + timedelta(hours=2))
    visit = await open_browser(device)
    page = visit.page
    await visit.sign_in(ada)
    await visit.go(f"/reservations/{id_}")
    await page.get_by_role("button", name="Reschedule").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("From").fill("12:00")
    await dialog.get_by_label("Until").fill("13:00")
    await dialog.get_by_role("button", name="Move it").click()
    await dialog.get_by_text("You can have instead:").wait_for()
    visit.forgive("409")
    await dialog.get_by_role("button", name="13:00 – 14:00").click()
    await page.get_by_text("13:00 – 14:00").wait_for()
    await dialog.wait_for(state="hidden")
    await page.get_by_role("button", name="Extend").click()
    await dialog.get_by_role("button", name="+ 30 min").click()
    await page.get_by_text("13:00 – 14:30").wait_for()
    found = (await ada.get(f"reservations/{id_}", tz="Europe/Rome")).json()
    assert (found["start"][11:16], found["end"][11:16], found["move"]) == ("13:00", "14:30", None)


async def test_its_title_is_changed_and_its_code_shown_when_asked_for(
    open_browser: Open, ada: Caller, lab: int
) -> None:
    id_ = await reserved(ada, lab, a_day())
    visit = await open_browser()
    page = visit.page
    await visit.sign_in(ada)
    await visit.go(f"/reservations/{id_}")
    await page.get_by_role("button", name="Edit the title").click()
    await page.get_by_role("dialog").get_by_label("Title").fill("Better experiment")
    await page.get_by_role("dialog").get_by_role("button", name="Save").click()
    await page.get_by_role("heading", name="Better experiment").wait_for()
    code = await code_of(ada, id_)
    assert await page.get_by_text(code).count() == 0
    await page.get_by_role("button", name="Show the access code").click()
    await page.get_by_text(code).wait_for()
    await page.get_by_role("button", name="QR code to check in").click()
    await page.get_by_role("img", name="QR code that opens check-in").wait_for()
    assert await visit.violations() == []


async def test_it_costs_what_is_said_and_the_receipt_is_a_file(
    open_browser: Open, ada: Caller, admin: Caller, lab: int
) -> None:
    price = {"amount_minor": 1250, "currency": "EUR", "unit": "hour", "resource_id": lab}
    assert (await admin.post("prices", price)).status_code == 201
    policy = {"confirmations": ["payment"]}
    await admin.put(f"resources/{lab}/policy", policy)
    start = a_day()
    times = {"start": start.isoformat(), "end": (start + timedelta(hours=1)).isoformat()}
    id_ = (await ada.post("reservations", {"resource_id": lab, **times})).json()["id"]
    visit = await open_browser()
    await visit.sign_in(ada)
    await visit.go(f"/reservations/{id_}")
    await visit.page.get_by_text("It has to be paid.").wait_for()
    await visit.page.get_by_text("12.50 EUR").wait_for()
    async with visit.page.expect_download() as download:
        await visit.page.get_by_role("button", name="Download the receipt").click()
    path = await (await download.value).path()
    assert path.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("device", DEVICES)
async def test_whoever_is_too_early_sees_the_time_run_and_comes_in_when_it_is_time(
    device: str, open_browser: Open, ada: Caller, lab: int
) -> None:
    soon = datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=10, seconds=20)
    id_ = await reserved(ada, lab, soon)
    visit = await open_browser(device)
    page = visit.page
    await visit.sign_in(ada)
    await visit.go(f"/reservations/{id_}/check-in")
    await page.get_by_role("heading", name="It is too early").wait_for()
    assert await page.get_by_role("button", name="Check in").count() == 0
    await page.get_by_role("button", name="Check in").click(timeout=40_000)
    await page.get_by_role("heading", name="You are checked in").wait_for()
    assert await visit.violations() == []


async def test_a_stranger_comes_in_by_the_code_and_by_no_other(open_browser: Open, ada: Caller, lab: int) -> None:
    id_ = await reserved(ada, lab, datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=5))
    code = await code_of(ada, id_)
    lin = await register(ada.client, "lin")
    visit = await open_browser("phone")
    await visit.sign_in(lin)
    await visit.go(f"/reservations/{id_}/check-in?code={code}")
    field = visit.page.get_by_label("Access code")
    await field.wait_for()
    assert await field.input_value() == code
    await field.fill("0000000")
    await visit.page.get_by_role("button", name="Check in").click()
    await visit.page.get_by_role("alert").wait_for()
    assert await field.input_value() == "0000000", "what was typed stays where it is"
    await field.fill(code)
    await visit.page.get_by_role("button", name="Check in").click()
    await visit.page.get_by_role("heading", name="You are checked in").wait_for()
    visit.forgive("403")


@pytest.mark.parametrize("device", DEVICES)
async def test_what_it_asks_is_for_everybody(device: str, open_browser: Open, ada: Caller, lab: int) -> None:
    id_ = await reserved(ada, lab, a_day())
    visit = await open_browser(device)
    page = visit.page
    await visit.sign_in(ada)
    await visit.go(f"/reservations/{id_}")
    for button, back in (("Reschedule", "Back"), ("Extend", "Back")):
        await page.get_by_role("button", name=button).click()
        await page.get_by_role("dialog").wait_for()
        for scheme in SCHEMES:
            await visit.light(scheme)
            assert await visit.violations() == []
        await page.get_by_role("dialog").get_by_role("button", name=back).click()
        await page.get_by_role("dialog").wait_for(state="hidden")
