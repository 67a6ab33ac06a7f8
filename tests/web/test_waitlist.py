"""Standing in line: what one waits for, one's turn, and what comes of it."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from tests.acceptance.conftest import Caller
from tests.web.conftest import DEVICES, SCHEMES, Open

_days = count(1)


@pytest.mark.parametrize("device", DEVICES)
async def test_ones_turn_comes_and_is_taken(device: str, open_browser: Open, ada: Caller, admin: Caller) -> None:
    start = datetime(2031, 10, next(_days), 9, tzinfo=UTC)
    room = {"name": f"Stage {start:%d}", "kind": "stage", "timezone": "Europe/Rome"}
    made = (await admin.post("resources", room)).json()
    times = {"resource_id": made["id"], "start": start.isoformat(), "end": (start + timedelta(hours=1)).isoformat()}
    theirs = (await admin.post("reservations", times)).json()
    assert (await ada.post("waitlist", {**times, "title": "Rehearsal"})).status_code == 201
    visit = await open_browser(device)
    page = visit.page
    await visit.sign_in(ada)
    await visit.go("/waitlist")
    card = page.get_by_role("article", name="Rehearsal").last
    await card.get_by_text("You are next.").wait_for()
    await visit.picture(f"waitlist-waiting-{device}")
    await admin.post(f"reservations/{theirs['id']}/cancel")
    await card.get_by_text("It is kept for you until").wait_for()
    for scheme in SCHEMES:
        await visit.light(scheme)
        assert await visit.violations() == []
    await visit.picture(f"waitlist-offered-{device}")
    await card.get_by_role("button", name="Accept").click()
    await page.get_by_role("link", name="My reservations").first.click()
    await page.get_by_role("link", name="Rehearsal").first.wait_for()
