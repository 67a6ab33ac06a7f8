"""Mails and reminders over HTTP: in the reader's language, by the channels that the reader chose."""

import asyncio
import contextlib
import email
from collections.abc import AsyncIterator, Callable
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import httpx
import pytest
from icalendar import Calendar
from typer.testing import CliRunner

from berth.app.data_dir import Secrets
from berth.app.database import bring_up_to_date
from berth.app.mail.folder import files
from berth.app.main import app
from berth.app.modules import modules
from berth.app.settings import Settings
from tests.acceptance.conftest import Caller, running, sign_in
from tests.acceptance.notifications.conftest import PATIENCE_SECONDS, told
from tests.conftest import ADMIN_EMAIL, ADMIN_PASSWORD

PASSWORD = "brass-kettle-94-moor"
MAIL_ME = {"kind": "reservation_created", "by_self": True, "channel": "email", "enabled": True}


@contextlib.asynccontextmanager
async def with_mail(url: str, settings: Settings, secrets: Secrets, folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A Berth of the test's own, whose mails go into a folder."""
    own = settings.model_copy(update={"data_dir": folder, "public_url": "https://rooms.example.org"})
    await bring_up_to_date(url, modules(own, secrets), secrets)
    async with running(url, own, secrets) as client:
        yield client


async def french(client: httpx.AsyncClient) -> Caller:
    """Somebody whose browser asks for French."""
    wish = {"username": "amelie", "email": "amelie@example.org", "password": PASSWORD, "name": "Amélie"}
    answer = await client.post("/api/v1/register", json=wish, headers={"Accept-Language": "fr-CH, fr;q=0.9, en;q=0.8"})
    assert answer.status_code == 201, answer.text
    assert answer.json()["language"] == "fr"
    return await sign_in(client, "amelie", PASSWORD)


def _read(file: Path) -> EmailMessage:
    return email.message_from_bytes(file.read_bytes(), policy=default)


async def mails(folder: Path, count: int) -> list[EmailMessage]:
    """Wait for that many mails."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            found = files(folder)
            if len(found) == count:
                return [_read(file) for file in found]
            await asyncio.sleep(0.01)


async def test_who_reads_french_reserves_and_gets_one_mail_with_a_calendar_entry(
    database_for: Callable[[], contextlib.AbstractAsyncContextManager[str]],
    settings: Settings,
    secrets: Secrets,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with database_for() as url, with_mail(url, settings, secrets, tmp_path) as client:
        admin = await sign_in(client, ADMIN_EMAIL, ADMIN_PASSWORD)
        amelie = await french(client)
        await amelie.patch("users/me", {"timezone": "Europe/Zurich"})
        assert (await amelie.put("notifications/preferences", {"items": [MAIL_ME]})).status_code == 200
        room = await admin.post("resources", {"name": "Salle 12", "kind": "room", "timezone": "Europe/Zurich"})
        wish = {"resource_id": room.json()["id"], "title": "Réunion"}
        times = {"start": "2031-03-03T09:00:00Z", "end": "2031-03-03T10:00:00Z"}
        made = await amelie.post("reservations", wish | times)
        assert made.status_code == 201, made.text
        [one] = await told(amelie, 1)
        assert one["title"] == "Réservé\N{NO-BREAK SPACE}: Salle 12"
        assert one["body"].startswith("Vous avez réservé Salle 12, lundi 3 mars 2031, 10:00")
        [mail] = await mails(tmp_path / "mail", 1)
        assert mail["Subject"].replace("\N{NO-BREAK SPACE}", " ") == "Réservé : Salle 12"
        [entry] = mail.iter_attachments()
        event = Calendar.from_ical(entry.get_payload(decode=True)).walk("VEVENT")[0]
        assert event["uid"] == f"reservation-{made.json()['id']}@rooms.example.org"
    monkeypatch.setenv("BERTH_DATA_DIR", str(tmp_path))
    operator = CliRunner()
    listing = operator.invoke(app, ["mail", "list", "--json"])
    assert listing.exit_code == 0, listing.output
    assert '"to": "Amélie <amelie@example.org>"' in listing.output
    name = files(tmp_path / "mail")[0].stem
    assert "Bonjour Amélie," in operator.invoke(app, ["mail", "show", name]).output
    assert operator.invoke(app, ["mail", "clear", "--yes"]).output == "1 deleted.\n"
    assert "There is no mail." in operator.invoke(app, ["mail", "list"]).output


async def test_who_is_moved_by_a_closing_gets_the_calendar_entry_of_where_he_is_now(
    database_for: Callable[[], contextlib.AbstractAsyncContextManager[str]],
    settings: Settings,
    secrets: Secrets,
    tmp_path: Path,
) -> None:
    async with database_for() as url, with_mail(url, settings, secrets, tmp_path) as client:
        admin, amelie = await sign_in(client, ADMIN_EMAIL, ADMIN_PASSWORD), await french(client)
        rooms = [
            (await admin.post("resources", {"name": name, "kind": "room", "timezone": "Europe/Zurich"})).json()["id"]
            for name in ("Salle 12", "Salle 14")
        ]
        times = {"start": "2031-03-03T09:00:00Z", "end": "2031-03-03T10:00:00Z"}
        made = await amelie.post("reservations", {"resource_id": rooms[0], "title": "Réunion", **times})
        for room in rooms:
            path, day = f"resources/{room}/closing", {"day": "2031-03-03"}
            shown = (await admin.post(f"{path}/preview", day)).json()
            done = await admin.post(path, {**day, "reason": "Peinture", "digest": shown["digest"]})
            assert done.status_code == 201, done.text
        moved, cancelled = sorted(await mails(tmp_path / "mail", 2), key=lambda one: one["Subject"])
        for mail, place, status in ((moved, "Salle 14", "CONFIRMED"), (cancelled, "Salle 14", "CANCELLED")):
            assert f"/reservations/{made.json()['id']}" in mail.get_body().get_content()
            [entry] = mail.iter_attachments()
            event = Calendar.from_ical(entry.get_payload(decode=True)).walk("VEVENT")[0]
            assert event["uid"] == f"reservation-{made.json()['id']}@rooms.example.org"
            assert (event["location"], event["status"]) == (place, status)
        assert "Déplacé vers" in moved.get_body().get_content()
        assert "Annulé, car rien de semblable" in cancelled.get_body().get_content()


async def test_the_reminder_can_be_moved_and_switched_off(reader: Caller) -> None:
    path = "notifications/preferences"
    assert (await reader.get(path)).json()["reminder_hours"] == 24
    for hours in (1, 168, None):
        answer = await reader.put(path, {"items": [], "reminder_hours": hours})
        assert answer.json()["reminder_hours"] == hours
        assert (await reader.get(path)).json() == answer.json()
    assert (await reader.put(path, {"items": []})).json()["reminder_hours"] == 24
    for wrong in (0, 169, "24", 2.5):
        assert (await reader.put(path, {"items": [], "reminder_hours": wrong})).status_code == 422


async def test_a_switch_that_would_do_nothing_is_refused(reader: Caller) -> None:
    wrong = {"kind": "reservation_reminder", "by_self": True, "channel": "email", "enabled": True}
    assert (await reader.put("notifications/preferences", {"items": [wrong]})).status_code == 422


async def test_the_language_can_be_changed_and_holds_at_once(reader: Caller, reserve: Callable) -> None:
    await reserve(reader)
    [one] = await told(reader, 1)
    assert one["title"].startswith("Reserved: ")
    assert (await reader.patch("users/me", {"language": "es"})).json()["language"] == "es"
    [one] = await told(reader, 1)
    assert one["title"].startswith("Reservado: ")
    assert (await reader.patch("users/me", {"language": "de"})).status_code == 422
