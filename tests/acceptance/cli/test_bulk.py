"""Many reservations at once, from a terminal."""

import json
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.acceptance.cli.conftest import Terminal

DAY = "2031-03-03"
HEADER = "action,reservation,resource,start,end,title,reason\n"


@pytest_asyncio.fixture(loop_scope="session")
async def booth(at_desk: Terminal, unique: Any) -> str:
    """The name of a booth in Rome."""
    name = f"Booth {next(unique)}"
    made = await at_desk("resources", "create", name, "--kind", "booth", "--timezone", "Europe/Rome")
    assert made.code == 0, made.err
    return name


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def file(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return file


async def test_a_file_is_checked_and_done_with_local_times_in_the_rooms_zone(
    terminal: Terminal, booth: str, write: Any
) -> None:
    made = (await terminal("reservations", "create", booth, f"{DAY}T09:00", "1h", "--json")).json
    gone = (await terminal("reservations", "create", booth, f"{DAY}T11:00", "1h", "--json")).json
    sheet = write(
        "week.csv",
        HEADER
        + f"create,,{booth},{DAY}T09:00,{DAY} 10:00,Standup,\n"
        + f"move,{made['id']},,{DAY}T14:00,{DAY}T15:00,,\n"
        + f"cancel,{gone['id']},,,,,Fog\n",
    )
    looked = await terminal("reservations", "bulk", sheet, "--dry-run")
    assert looked.code == 0, looked.err
    assert "week.csv: 1 created · 1 moved · 1 cancelled (only checked, nothing is stored)" in looked.out
    done = (await terminal("reservations", "bulk", sheet, "--json")).json
    assert [(one["row"], one["outcome"]) for one in done["items"]] == [(2, "created"), (3, "moved"), (4, "cancelled")]
    moved = (await terminal("reservations", "show", made["id"], "--json")).json
    assert moved["start"].startswith(f"{DAY}T13:00")
    again = await terminal("reservations", "bulk", sheet)
    assert (again.code, "3 bad rows" in again.err or "bad rows; nothing was done." in again.err) == (1, True)
    assert f"{booth}: taken at this time." in again.err


async def test_json_does_the_same(terminal: Terminal, at_desk: Terminal, booth: str, write: Any) -> None:
    operations = [
        {"action": "create", "resources": [booth], "start": f"{DAY}T09:00", "end": f"{DAY}T10:00", "title": "One"},
        {"action": "create", "resources": [booth], "start": f"{DAY}T09:00:00Z", "end": f"{DAY}T10:00:00Z"},
    ]
    report = (
        await terminal("reservations", "bulk", write("a.json", json.dumps({"operations": operations})), "--json")
    ).json
    assert report["created"] == 2
    first = (await terminal("reservations", "show", report["items"][0]["reservation_id"], "--json")).json
    assert (first["start"][:16], first["title"]) == (f"{DAY}T08:00", "One")
    gone = [{"action": "cancel", "reservation_id": one["reservation_id"]} for one in report["items"]]
    shown = await at_desk("reservations", "bulk", write("b.json", json.dumps(gone)))
    assert "2 cancelled" in shown.out


async def test_what_cannot_be_done_is_told_row_by_row(terminal: Terminal, booth: str, write: Any) -> None:
    unreadable = write(
        "bad.csv", HEADER + f"create,,{booth},noon,{DAY}T10:00,,\ncreate,,Nowhere,{DAY}T09:00,{DAY}T10:00,,\n"
    )
    refused = await terminal("reservations", "bulk", unreadable)
    assert refused.code == 2
    assert [word in refused.err for word in ("3 times cannot be read", "'noon'", "There is no resource 'Nowhere'")] == [
        True
    ] * 3
    rules = write("rules.csv", HEADER + f"create,,{booth},2020-03-03T09:00,2020-03-03T10:00,,\ncancel,{2**62},,,,,\n")
    told = await terminal("reservations", "bulk", rules, "--dry-run")
    assert (told.code, "2 bad rows; nothing was done." in told.err) == (1, True)
    assert "The start lies in the past." in told.err
    assert "There is no such reservation." in told.err
    missing = await terminal("reservations", "bulk", "nowhere.csv")
    assert (missing.code, "cannot be read" in missing.err) == (2, True)
    nonsense = await terminal("reservations", "bulk", write("c.json", "{}"))
    assert (nonsense.code, "holds no list of operations" in nonsense.err) == (2, True)


async def test_a_time_that_the_clocks_skip_is_told(terminal: Terminal, booth: str, write: Any) -> None:
    sheet = write("skip.csv", HEADER + f"create,,{booth},2031-03-30T02:30,2031-03-30T05:00,,\n")
    done = await terminal("reservations", "bulk", sheet)
    assert (done.code, "row 2: Sun 2031-03-30 02:30 does not exist in Europe/Rome" in done.err) == (0, True)
