"""A room closes on a day, from a terminal."""

from typing import Any

import pytest_asyncio

from berth.edges.cli.tables import DASH
from tests.acceptance.cli.conftest import Terminal

DAY = "2031-03-03"


@pytest_asyncio.fixture(loop_scope="session")
async def booths(at_desk: Terminal, unique: Any) -> tuple[str, str]:
    """The names of two booths that are like each other and like no others."""
    kind = f"booth {next(unique)}"
    names = [f"Booth {next(unique)}" for _ in range(2)]
    for name in names:
        made = await at_desk("resources", "create", name, "--kind", kind, "--timezone", "Europe/Rome")
        assert made.code == 0, made.err
    return names[0], names[1]


async def test_the_table_is_shown_asked_about_once_and_done(
    terminal: Terminal, at_desk: Terminal, booths: tuple[str, str]
) -> None:
    closed, like = booths
    moved = (
        await terminal("reservations", "create", closed, f"{DAY}T09:00", "1h", "--title", "Standup", "--json")
    ).json
    lost = (await terminal("reservations", "create", closed, f"{DAY}T11:00", "1h", "--title", "Review", "--json")).json
    await at_desk("reservations", "create", like, f"{DAY}T11:30", "1h")
    words = ("resources", "close", closed, DAY, "--reason", "Painting")
    looked = await at_desk(*words, "--dry-run")
    assert looked.code == 0, looked.err
    for word in (f"{closed} Mon 2031-03-03 00:00{DASH}24:00", "Standup", f"moved to {like}", "Review", "is taken"):
        assert word in looked.out, looked.out
    assert "1 to move · 1 to cancel · 0 to stay" in looked.out
    unsure = await at_desk(*words, stdin="n\n")
    assert (unsure.code, "Nothing was done." in unsure.err) == (2, True)
    nobody = await at_desk(*words)
    assert (nobody.code, "--yes" in nobody.err) == (2, True)
    assert (await terminal("reservations", "show", moved["id"], "--json")).json["resources"][0]["name"] == closed

    done = await at_desk(*words, stdin="y\n")
    assert done.code == 0, done.err
    assert done.err.count("move 1 and cancel 1?") == 1
    assert f"{closed} is closed: 1 moved, 1 cancelled, 0 stayed." in done.out
    assert (await terminal("reservations", "show", moved["id"], "--json")).json["resources"][0]["name"] == like
    gone = (await terminal("reservations", "show", lost["id"], "--json")).json
    assert (gone["state"], gone["cancel_reason"]) == ("cancelled", "Painting")
    assert "Painting" in (await terminal("blackouts", "list", "--resource", closed)).out
    refused = await terminal(*words, "--yes")
    assert (refused.code, "admin" in refused.err) == (1, True)


async def test_some_hours_are_closed_and_programs_are_not_asked(
    terminal: Terminal, at_desk: Terminal, booths: tuple[str, str]
) -> None:
    closed, _ = booths
    await terminal("reservations", "create", closed, f"{DAY}T09:00", "1h")
    words = ("resources", "close", closed, DAY, "--reason", "Wiring")
    shown = (await at_desk(*words, "--from", "12:00", "--dry-run", "--json")).json
    assert (shown["items"], shown["start"][:16], shown["end"][:16]) == ([], "2031-03-03T11:00", "2031-03-03T23:00")
    silent = await at_desk(*words, "--json")
    assert (silent.code, "--dry-run to look, or --yes" in silent.err) == (2, True)
    done = (await at_desk(*words, "--from", "9:00", "--until", f"{DAY}T09:30", "--yes", "--json")).json
    assert (done["counts"], done["reason"]) == ({"move": 1, "cancel": 0, "stay": 0}, "Wiring")
    assert "Nothing is in the way." in (await at_desk(*words, "--from", "18:00", "--dry-run")).out


async def test_what_cannot_be_understood_says_the_way_out(at_desk: Terminal, booths: tuple[str, str]) -> None:
    closed, _ = booths
    words = ("resources", "close", closed)
    for more, sentence in (
        (("someday",), "write one such as 2027-03-02"),
        ((DAY, "--from", "12:00", "--until", "11:00"), "The end must lie after the start."),
        ((DAY, "--from", "noon"), "is not a time"),
        (("2020-03-03",), "This time is over"),
    ):
        refused = await at_desk(*words, *more, "--reason", "x", "--dry-run")
        assert refused.code in (1, 2), more
        assert sentence in refused.err, refused.err
    unknown = await at_desk("resources", "close", "No such room", DAY, "--reason", "x", "--dry-run")
    assert (unknown.code, "There is no resource" in unknown.err) == (1, True)
