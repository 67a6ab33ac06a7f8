"""Holding and waiting from a terminal."""

from typing import Any

import pytest_asyncio

from tests.acceptance.cli.conftest import Terminal

DAY = "2031-03-03"


@pytest_asyncio.fixture(loop_scope="session")
async def booth(at_desk: Terminal, unique: Any) -> str:
    """The name of a booth of a kind of its own."""
    name = f"Booth {next(unique)}"
    made = await at_desk("resources", "create", name, "--kind", name, "--timezone", "Europe/Rome")
    assert made.code == 0, made.err
    return name


async def test_a_slot_is_held_listed_and_reserved(terminal: Terminal, at_desk: Terminal, booth: str) -> None:
    placed = await terminal("holds", "place", booth, f"{DAY}T09:00", "1h", "--json")
    id_ = placed.json["id"]
    assert placed.json["start"].startswith(f"{DAY}T08:00")
    listed = (await terminal("holds", "list")).out
    assert [word in listed for word in (str(id_), booth, "9 min")] == [True] * 3
    refused = await at_desk("reservations", "create", booth, f"{DAY}T09:00", "1h")
    assert (refused.code, "taken" in refused.err) == (5, True)
    made = await terminal("holds", "reserve", id_, "--title", "Decided", "--json")
    assert (made.json["id"], made.json["title"]) == (id_, "Decided")
    assert "You hold nothing." in (await terminal("holds", "list")).out
    other = await terminal("holds", "place", "--any", "--kind", booth, f"{DAY}T11:00", "1h", "--minutes", "2")
    assert [word in other.out for word in (booth, "1 min", "berth holds reserve")] == [True] * 3
    [held] = (await terminal("holds", "list", "--json")).json["items"]
    assert "given back" in (await terminal("holds", "release", held["id"])).out
    gone = await terminal("holds", "release", held["id"])
    assert (gone.code, "no such hold" in gone.err) == (1, True)


async def test_people_wait_in_line_and_answer_their_offers(terminal: Terminal, at_desk: Terminal, booth: str) -> None:
    made = (await at_desk("reservations", "create", booth, f"{DAY}T09:00", "3h", "--json")).json
    joined = await terminal("waitlist", "join", booth, f"{DAY}T09:00", "1h", "--title", "Rehearsal")
    assert [word in joined.out for word in ("waiting", "position", "Rehearsal", booth)] == [True] * 4
    flexible = await terminal("waitlist", "join", booth, f"{DAY}T09:00", "1h", "--until", f"{DAY}T12:00", "--json")
    assert (flexible.json["minutes"], flexible.json["position"]) == (60, 2)
    shown = (await terminal("waitlist", "show", flexible.json["id"])).out
    assert "1h within Mon 2031-03-03 09:00" in shown
    [first, second] = (await terminal("waitlist", "list", "--json")).json["items"]
    line = (await at_desk("waitlist", "list", "--resource", booth)).out
    assert line.count("waiting") == 2
    assert (await terminal("waitlist", "list", "--resource", booth)).code == 1
    assert "Nothing is free yet" in (await terminal("waitlist", "accept", first["id"])).err
    assert (await at_desk("reservations", "cancel", made["id"])).code == 0
    listed = (await terminal("waitlist", "list")).out
    assert listed.count("offered") == 2
    accepted = await terminal("waitlist", "accept", first["id"], "--json")
    assert (accepted.json["state"], accepted.json["title"]) == ("ready", "Rehearsal")
    assert "next in line" in (await terminal("waitlist", "decline", second["id"])).out
    assert (await terminal("waitlist", "leave", second["id"])).code != 0
    assert "Nobody waits here." in (await terminal("waitlist", "list")).out


async def test_somebody_leaves_the_line(terminal: Terminal, at_desk: Terminal, booth: str) -> None:
    await at_desk("reservations", "create", booth, f"{DAY}T09:00", "1h")
    entry = await terminal("waitlist", "join", "--any", "--kind", booth, f"{DAY}T09:00", "1h", "--json")
    assert "do not wait" in (await terminal("waitlist", "leave", entry.json["id"])).out
    assert (await terminal("waitlist", "join", booth, "--kind", booth, f"{DAY}T09:00", "1h")).code == 2
