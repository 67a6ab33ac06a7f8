"""Keeping searches from a terminal."""

import asyncio
from typing import Any

import pytest_asyncio

from tests.acceptance.cli.conftest import Terminal

DAY = "2031-03-03"


@pytest_asyncio.fixture(loop_scope="session")
async def booth(at_desk: Terminal, unique: Any) -> str:
    """The name of a booth of a kind of its own."""
    name = f"Cubicle {next(unique)}"
    made = await at_desk("resources", "create", name, "--kind", name, "--timezone", "Europe/Rome")
    assert made.code == 0, made.err
    return name


async def test_a_search_is_saved_run_renamed_paused_and_removed(
    terminal: Terminal, at_desk: Terminal, booth: str
) -> None:
    assert "You keep no searches." in (await terminal("searches", "list")).out
    await at_desk("reservations", "create", booth, f"{DAY}T09:00", "3h")
    saved = await terminal("searches", "save", booth, f"{DAY}T09:00", "1h", "--until", f"{DAY}T13:00", "--kind", booth)
    assert [word in saved.out for word in (booth, "1h within Mon 2031-03-03 09:00\N{EN DASH}13:00 Europe/Rome")] == [
        True
    ] * 2
    [one] = (await terminal("searches", "list", "--json")).json["items"]
    assert (one["minutes"], one["any_of"]["kind"], one["timezone"]) == (60, booth, "Europe/Rome")
    found = (await terminal("searches", "run", booth)).out
    assert [word in found for word in (booth, "12:00\N{EN DASH}13:00")] == [True] * 2
    assert (await terminal("searches", "run", one["id"], "--json")).json["items"][0]["end"].endswith("T12:00:00Z")
    assert "Labs" in (await terminal("searches", "rename", booth, "Labs")).out
    assert "paused" in (await terminal("searches", "pause", "Labs")).out
    listed = (await terminal("searches", "list")).out
    assert [word in listed for word in ("Labs", "paused", "1h of it", booth)] == [True] * 4
    resumed = (await terminal("searches", "resume", "Labs", "--json")).json
    assert resumed["notify"] is True
    assert "when something is free" in (await terminal("searches", "show", one["id"])).out
    assert "is removed" in (await terminal("searches", "remove", "Labs")).out
    gone = await terminal("searches", "show", "Labs")
    assert (gone.code, "There is no saved search 'Labs'." in gone.err) == (1, True)
    assert "berth searches list" in gone.err
    assert "You keep no searches." in (await terminal("searches", "list", "--over")).out


async def test_what_becomes_free_is_told_at_the_terminal(terminal: Terminal, at_desk: Terminal, booth: str) -> None:
    made = (await at_desk("reservations", "create", booth, f"{DAY}T09:00", "1h", "--json")).json
    saved = await terminal("searches", "save", "Told", f"{DAY}T09:00", "1h", "--kind", booth, "--json")
    assert "Nothing that fits is free then." in (await terminal("searches", "run", "Told")).out
    assert (await at_desk("reservations", "cancel", made["id"])).code == 0
    for _ in range(200):
        found = (await terminal("notifications", "list", "--kind", "search_matched", "--json")).json["items"]
        if found:
            break
        await asyncio.sleep(0.1)
    assert found[0]["data"]["search"]["id"] == saved.json["id"]
    assert "This fits your search “Told”" in found[0]["body"]
    assert "last told" in (await terminal("searches", "show", "Told")).out
    assert (await terminal("searches", "remove", "Told")).code == 0


async def test_what_cannot_be_kept_is_refused_with_a_way_out(terminal: Terminal, booth: str) -> None:
    utc = ("--tz", "UTC")
    nameless = await terminal("searches", "save", f"{DAY}T09:00", "1h")
    assert (nameless.code, "A search has one name" in nameless.err) == (2, True)
    assert (
        await terminal("searches", "save", "Twice", f"{DAY}T09:00", "--end", "10:00", "--no-notify", *utc)
    ).code == 0
    again = await terminal("searches", "save", "Twice", f"{DAY}T09:00", "1h", *utc)
    assert (again.code, "give this one another name" in again.err) == (5, True)
    over = await terminal("searches", "save", "Past", "2020-03-03T09:00", "1h", *utc)
    assert (over.code, "This time is over" in over.err) == (1, True)
    assert (await terminal("searches", "remove", "Twice")).code == 0
