"""Calendars from a terminal: for other programs, and from them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from icalendar import Calendar

from tests.acceptance.cli.conftest import Terminal
from tests.calendar_server import calendar, calendar_server, sent

SOON = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
BUSY = f"UID:1\r\nDTSTART:{SOON:%Y%m%dT%H%M%SZ}\r\nDURATION:PT1H\r\nSUMMARY:Dentist"


async def room_of(at_desk: Terminal, unique: Any) -> str:
    name = f"Heard {next(unique)}"
    assert (await at_desk("resources", "create", name, "--kind", "room", "--timezone", "Europe/Rome")).code == 0
    return name


async def test_a_feed_is_made_listed_and_revoked(
    berth: httpx.AsyncClient, at_desk: Terminal, terminal: Terminal, unique: Any
) -> None:
    name = await room_of(at_desk, unique)
    made = await terminal("calendar", "feed", "create", "--resource", name)
    assert made.code == 0, made.err
    path = urlsplit(made.out.splitlines()[0]).path
    assert (await berth.get(path)).status_code == 200
    mine = (await terminal("calendar", "feed", "create", "--json")).json
    assert (mine["kind"], mine["titles"]) == ("person", True)
    assert (await terminal("calendar", "feed", "create", "--resource", name, "--titles")).code == 1
    assert (await terminal("calendar", "feed", "create", "--resource", name, "--site", "x")).code == 2
    listed = await terminal("calendar", "feed", "list")
    assert f"person {mine['subject_id']}" in listed.out
    for one in (await terminal("calendar", "feed", "list", "--json")).json["items"]:
        assert (await terminal("calendar", "feed", "revoke", one["id"])).code == 0
    assert (await berth.get(path)).status_code == 404
    assert "There is no feed" in (await terminal("calendar", "feed", "list")).out


async def test_a_reservation_is_written_to_a_file(
    at_desk: Terminal, terminal: Terminal, unique: Any, tmp_path: Path
) -> None:
    name = await room_of(at_desk, unique)
    made = (await terminal("reservations", "create", name, "2031-03-03T09:00", "1h", "--title", "Choir", "--json")).json
    file = tmp_path / "choir.ics"
    assert (await terminal("calendar", "export", made["id"], "--into", file)).code == 0
    [event] = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert event["SUMMARY"] == "Choir"
    printed = await terminal("calendar", "export", made["id"])
    assert "BEGIN:VEVENT" in printed.out
    assert (await terminal("calendar", "export", made["id"], "--into", tmp_path)).code == 1


async def test_a_calendar_from_outside_is_followed(at_desk: Terminal, unique: Any) -> None:
    name = await room_of(at_desk, unique)
    async with calendar_server() as server:
        server.answers["/a.ics"] = sent(calendar(BUSY))
        words = ("calendar", "subscribe", "Lessons", f"{server.origin}/a.ics", "--resource", name)
        followed = (await at_desk(*words, "--json")).json
        assert followed["error"] is None
        assert "just now" in (await at_desk("calendar", "list", "--resource", name)).out
        server.answers["/a.ics"] = sent(b"", "503 Away")
        refreshed = await at_desk("calendar", "refresh", followed["id"])
        assert "answered 503" in refreshed.out
    assert "No reservation stands in the way" in (await at_desk("calendar", "conflicts", followed["id"])).out
    assert (await at_desk("calendar", "remove", followed["id"])).code == 0
    assert "No calendar is followed" in (await at_desk("calendar", "list", "--resource", name)).out


async def test_a_file_says_when_one_is_busy(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "own.ics"
    file.write_bytes(calendar(BUSY))
    followed = (await terminal("calendar", "subscribe", "Own", file, "--json")).json
    assert "Dentist" in (await terminal("calendar", "busy")).out
    file.write_bytes(b"\xff")
    assert (await terminal("calendar", "subscribe", "Own", file)).code == 2
    assert (await terminal("calendar", "subscribe", "Own", tmp_path / "none")).code == 2
    assert (await terminal("calendar", "subscribe", "Own", "ftp://example.org/")).code == 1
    assert (await terminal("calendar", "remove", followed["id"])).code == 0
    assert "You are not busy" in (await terminal("calendar", "busy")).out


async def test_an_app_password_is_shown_once(berth: httpx.AsyncClient, terminal: Terminal) -> None:
    made = await terminal("calendar", "app-password", "create", "Telephone")
    assert made.code == 0, made.err
    said = dict(line.split(maxsplit=1) for line in made.out.replace("user name", "username").splitlines()[:3])
    answer = await berth.request("PROPFIND", "/caldav/", auth=(said["username"].strip(), said["password"].strip()))
    assert answer.status_code == 207
    [one] = (await terminal("calendar", "app-password", "list", "--json")).json["items"]
    assert one["name"] == "Telephone"
    assert said["password"].strip() not in (await terminal("calendar", "app-password", "list")).out
    assert (await terminal("calendar", "app-password", "revoke", one["id"])).code == 0
    assert "There is no app password" in (await terminal("calendar", "app-password", "list")).out
