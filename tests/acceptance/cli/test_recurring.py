"""Reserving by a rule from a terminal, and changing or giving up what recurs."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest_asyncio

from tests.acceptance.cli.conftest import Terminal
from tests.acceptance.conftest import Caller

FIRST = (datetime.now(UTC) + timedelta(days=14 - datetime.now(UTC).weekday())).date()
"""A Monday that lies ahead: what recurs is placed for a year."""


def day(weeks: int, days: int = 0) -> str:
    return (FIRST + timedelta(weeks=weeks, days=days)).isoformat()


@pytest_asyncio.fixture(loop_scope="session")
async def room(admin: Caller, unique: object) -> dict[str, Any]:
    """A room that nobody has reserved; no other resource is of its kind."""
    number = next(unique)
    made = await admin.post("resources", {"name": f"Aula {number}", "kind": f"room{number}", "timezone": "Asia/Tokyo"})
    assert made.status_code == 201, made.text
    return made.json()


async def made(terminal: Terminal, room: dict[str, Any], *more: str) -> Any:
    words = ("reservations", "recurring", "create", room["name"], f"{day(0)}T10:00", "1h", "--rule")
    return (await terminal(*words, "FREQ=WEEKLY;COUNT=4", "--title", "Seminar", *more, "--json")).json


async def test_a_preview_says_what_is_in_the_way_and_a_series_passes_over_it(
    terminal: Terminal, room: dict[str, Any], admin: Caller
) -> None:
    taken = {"resource_id": room["id"], "start": f"{day(1)}T01:30:00Z", "end": f"{day(1)}T02:30:00Z"}
    assert (await admin.post("reservations", taken)).status_code == 201
    words = (room["name"], f"{day(0)}T10:00", "1h", "--rule", "FREQ=WEEKLY;COUNT=3")
    shown = await terminal("reservations", "recurring", "preview", *words)
    assert shown.code == 0, shown.err
    assert "2 free · 1 busy · 0 refused" in shown.out
    assert "09:30" in shown.out
    refused = await terminal("reservations", "recurring", "create", *words)
    assert refused.code == 5
    assert "1 of 3 occurrences" in refused.err
    assert "--conflicts skip" in refused.err
    done = await terminal("reservations", "recurring", "create", *words, "--conflicts", "skip")
    assert done.code == 0, done.err
    assert "Not reserved or not changed: 1" in done.out


async def test_days_are_left_out_and_added(terminal: Terminal, room: dict[str, Any]) -> None:
    series = await made(terminal, room, "--except", day(1), "--also", day(1, 2))
    assert [one["start"] for one in series["occurrences"]] == [
        f"{one}T01:00:00Z" for one in (day(0), day(1, 2), day(2), day(3))
    ]


async def test_a_series_is_shown_changed_and_given_up(terminal: Terminal, room: dict[str, Any]) -> None:
    series = await made(terminal, room)
    numbers = [one["reservation_id"] for one in series["occurrences"]]
    listed = await terminal("series", "list")
    assert any(str(series["id"]) in row and "FREQ=WEEKLY" in row for row in listed.out.splitlines())
    alone = await terminal("series", "change", series["id"], "--this", numbers[0], "--title", "Alone")
    assert alone.code == 0, alone.err
    later = ("--start", f"{day(1)}T14:00", "--duration", "2h")
    moved = (await terminal("series", "change", series["id"], "--following", numbers[1], *later, "--json")).json
    assert (moved["previous_id"], moved["minutes"]) == (series["id"], 120)
    assert [one["start"][11:16] for one in moved["occurrences"]] == ["05:00"] * 3
    whole = (await terminal("series", "change", moved["id"], "--all", "--duration", "1h", "--json")).json
    assert [one["end"][11:16] for one in whole["occurrences"]] == ["06:00"] * 3
    shown = await terminal("series", "show", moved["id"])
    assert "14:00" in shown.out
    gone = await terminal("series", "cancel", moved["id"], "--following", numbers[2], "--reason", "moved online")
    assert gone.out.count("cancelled") == 2
    ended = (await terminal("series", "cancel", series["id"], "--all", "--json")).json
    assert ended["state"] == "cancelled"


async def test_what_is_not_said_is_asked_for(terminal: Terminal, room: dict[str, Any]) -> None:
    series = await made(terminal, room)
    for words, sentence in (
        (("--title", "x"), "Say which of it"),
        (("--all",), "nothing to change"),
        (("--all", "--this", 1, "--title", "x"), "Say which of it"),
    ):
        done = await terminal("series", "change", series["id"], *words)
        assert (done.code, sentence in done.err) == (2, True), done.err
    refused = await terminal(
        "reservations", "recurring", "preview", room["name"], f"{day(0)}T10:00", "1h", "--rule", "FREQ=HOURLY"
    )
    assert refused.code == 1
    assert "recurs by days at least" in refused.err
