"""Series over HTTP: what waits is told once when all of it is decided, and what could not be reserved later is told."""

import contextlib
import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from berth.app.data_dir import Secrets
from berth.app.settings import Settings
from tests.acceptance.conftest import Caller, sign_in
from tests.acceptance.notifications.conftest import told
from tests.acceptance.notifications.test_mailing import french, mails, with_mail
from tests.conftest import ADMIN_EMAIL, ADMIN_PASSWORD

DAY = timedelta(days=1)
PLACED_MAX = 500
FAR = {"horizon_days_max": 3650}
BREAKS = "\N{NO-BREAK SPACE}"


async def made(caller: Caller, path: str, body: dict[str, Any]) -> Any:
    answer = await caller.post(path, body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def room_of(admin: Caller, name: str, **policy: Any) -> int:
    """Make a room with these rules."""
    room = await made(admin, "resources", {"name": name, "kind": name, "timezone": "UTC"})
    put = await admin.put(f"resources/{room['id']}/policy", policy)
    assert put.status_code == 200, put.text
    id_: int = room["id"]
    return id_


async def in_series(caller: Caller, room: int, start: datetime, rule: str) -> dict[str, Any]:
    """Reserve an hour by a rule."""
    times = {"start": start.isoformat(), "end": (start + timedelta(hours=1)).isoformat()}
    series: dict[str, Any] = await made(
        caller, "reservations/recurring", {"resource_id": room, "title": "Chess", "rule": rule, **times}
    )
    return series


async def requests_of(approver: Caller, series: dict[str, Any]) -> list[int]:
    """The requests to approve the occurrences, in the order of time."""
    waiting = (await approver.get("approvals", limit=200)).json()["items"]
    ids = {one["reservation_id"] for one in series["occurrences"]}
    mine = [one for one in waiting if one["reservation_id"] in ids]
    return [one["id"] for one in sorted(mine, key=lambda one: one["start"])]


async def test_who_reserved_a_series_is_told_once_what_was_approved(
    reader: Caller, other: Caller, admin: Caller, unique: itertools.count
) -> None:
    room = await room_of(admin, f"Loft {next(unique)}", confirmations=["approval"], approvers=[other.id], **FAR)
    start = datetime(2031, 3, 3, 9, tzinfo=UTC)
    series = await in_series(reader, room, start, "FREQ=DAILY;COUNT=4")
    [created] = await told(reader, 1)
    assert created["title"].startswith("Waiting for confirmation: Loft ")
    assert "Still to be confirmed: 4." in created["body"]
    first, second, third, last = await requests_of(other, series)
    await other.post(f"approvals/{second}/reject", {"message": "The hall is painted"})
    for one in (last, first):
        await other.post(f"approvals/{one}/approve", {})
    assert len(await told(reader, 1)) == 1
    await other.post(f"approvals/{third}/approve", {"message": "Bring the clock"})
    news = await told(reader, 3)
    assert sorted(one["kind"] for one in news) == ["approval_decided", "reservation_created", "series_settled"]
    [settled] = [one for one in news if one["kind"] == "series_settled"]
    assert (settled["subject"], settled["data"]["series_id"]) == (f"series/{series['id']}", series["id"])
    assert (settled["data"]["confirmed"], settled["data"]["count"]) == (3, 4)
    [missed] = settled["data"]["missed"]
    assert (datetime.fromisoformat(missed["start"]), missed["why"]) == (start + DAY, "Rejected: The hall is painted")
    assert settled["body"].endswith("was not confirmed: Rejected: The hall is painted.")
    await reader.post(f"reservations/{series['occurrences'][0]['reservation_id']}/cancel", {})
    assert (await told(reader, 4))[0]["kind"] == "reservation_cancelled"


async def test_what_could_not_be_reserved_when_a_series_went_on_comes_by_mail_in_the_readers_language(
    database_for: Callable[[], contextlib.AbstractAsyncContextManager[str]],
    settings: Settings,
    secrets: Secrets,
    tmp_path: Path,
) -> None:
    async with database_for() as url, with_mail(url, settings, secrets, tmp_path) as client:
        admin, amelie = await sign_in(client, ADMIN_EMAIL, ADMIN_PASSWORD), await french(client)
        room = await room_of(admin, "Salle 12", **FAR)
        start = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0) + DAY
        taken = start + PLACED_MAX * DAY
        times = {"start": taken.isoformat(), "end": (taken + timedelta(hours=1)).isoformat()}
        await made(admin, "reservations", {"resource_id": room, "title": "Chœur", **times})
        series = await in_series(amelie, room, start, f"FREQ=DAILY;COUNT={PLACED_MAX + 2}")
        missed = (await told(amelie, 2, tz="UTC"))[0]
        assert (missed["kind"], missed["subject"]) == ("series_missed", f"series/{series['id']}")
        assert [one["why"] for one in missed["data"]["missed"]] == ["busy"]
        assert datetime.fromisoformat(missed["data"]["missed"][0]["start"]) == taken
        assert missed["title"].replace(BREAKS, " ") == "Manque dans votre série : Salle 12"
        assert "était déjà pris." in missed["body"]
        [mail] = await mails(tmp_path / "mail", 1)
        text = mail.get_body(("plain",))
        assert text is not None
        assert missed["body"] in text.get_content()
        assert f"https://rooms.example.org/series/{series['id']}" in text.get_content()
        off = {"kind": "series_missed", "by_self": False, "channel": "email", "enabled": False}
        assert (await amelie.put("notifications/preferences", {"items": [off]})).status_code == 200
