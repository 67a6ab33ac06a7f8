"""What is on, from a terminal: put on, changed, blocked, sold at the door, cancelled."""

import json
from pathlib import Path
from typing import Any

from tests.acceptance.cli.conftest import Terminal

GALA = ("2031-03-07T20:30", "3h")
ON = ("--currency", "EUR", "--price", "gold=40.00")


async def test_a_performance_is_put_on_changed_and_cancelled(at_desk: Terminal, terminal: Terminal, hall: Any) -> None:
    venue = await hall()
    refused = await terminal("performances", "add", venue, *GALA, "--venue", venue, *ON)
    assert (refused.code, "admin" in refused.err) == (1, True)
    made = await at_desk("performances", "add", venue, *GALA, "--venue", venue, *ON, "--per-person", 4)
    assert made.code == 0, made.err
    for words in ("Fri 2031-03-07 20:30", "23:30 Europe/Rome", "40.00 EUR", "up to 4 seats", "25 free"):
        assert words in made.out
    taken = await at_desk("performances", "add", "Other", "2031-03-07T22:00", "1h", "--venue", venue, *ON)
    assert taken.code == 5
    assert "taken  Fri 2031-03-07 20:30" in taken.err
    assert "berth resources schedule" in taken.err
    terms = ("--kept-percent", 20, "--free-until-hours", 48, "--admitted-max", 9, "--no-single-seats", "-d", "A gala")
    moved = await at_desk(
        "performances", "change", venue, "--start", "2031-03-07T21:00", "--price", "gold=45,5", *terms
    )
    assert moved.code == 0, moved.err
    for words in (
        "21:00",
        "24:00 Europe/Rome",
        "45.50 EUR",
        "20 % kept",
        "up to 9 people",
        "A gala",
        "never left alone",
    ):
        assert words in moved.out
    fewer = await at_desk("performances", "change", venue, "--admitted-max", 0, "--single-seats", "--json")
    assert (fewer.json["admitted_max"], fewer.json["no_single_seats"], fewer.json["kept_percent"]) == (None, False, 20)
    listed = await terminal("performances", "list", "--venue", venue)
    assert listed.out.splitlines()[-1].split()[-3:] == ["45.50", "EUR", "open"]
    over = await terminal("performances", "list", "--venue", venue, "--from", "2031-03-08T09:00")
    assert "Nothing is on" in over.out
    cancelled = await at_desk("performances", "cancel", venue, "--reason", "The tenor is ill.")
    assert "The tenor is ill." in cancelled.out
    refused = await at_desk("performances", "change", venue, "--name", "Anew")
    assert (refused.code, "berth performances list" in refused.err) == (5, True)
    again = await at_desk("performances", "add", venue, *GALA, "--venue", venue, *ON)
    assert again.code == 0, again.err
    assert "scheduled" in (await terminal("performances", "show", venue)).out


async def test_what_cannot_be_put_on_is_told_with_a_way_out(at_desk: Terminal, unique: Any, hall: Any) -> None:
    venue = await hall()
    add = ("performances", "add", venue)
    assert (await at_desk(*add, GALA[0], "--venue", venue, *ON)).code == 2
    assert "such as 25.00" in (await at_desk(*add, *GALA, "--venue", venue, *ON[:3], "gold=1.999")).err
    faulty = await at_desk(*add, *GALA, "--venue", venue, *ON[:3], "silver=1")
    assert (faulty.code, "no price for gold" in faulty.err, "berth venues map" in faulty.err) == (1, True, True)
    bare = f"Bare {next(unique)}"
    await at_desk("resources", "create", bare, "--kind", "auditorium", "--timezone", "Europe/Rome")
    await at_desk("venues", "add", bare, "--resource", bare)
    assert "berth venues set-map" in (await at_desk(*add, *GALA, "--venue", bare, *ON)).err
    assert "berth performances list" in (await at_desk("performances", "show", venue)).err
    assert (await at_desk(*add, *GALA, "--venue", venue, *ON)).code == 0
    nothing = await at_desk("performances", "change", venue)
    assert (nothing.code, "berth performances change" in nothing.err) == (2, True)


async def test_seats_are_taken_out_of_the_sale_and_put_back(
    at_desk: Terminal, terminal: Terminal, hall: Any, tmp_path: Path
) -> None:
    venue, file = await hall(), tmp_path / "sold-by.json"
    await at_desk("performances", "add", venue, *GALA, "--venue", venue, *ON)
    assert str(file) in (await terminal("performances", "map", venue, "--into", file)).out
    assert json.loads(file.read_text()) == json.loads((await terminal("venues", "map", venue)).out)
    blocked = await at_desk("performances", "block", venue, "Stalls/A/1", "Stalls/A/2")
    assert "Stalls/A/1, Stalls/A/2: blocked now." in blocked.out
    again = await at_desk("performances", "block", venue, "Stalls/A/2", "Stalls/A/3")
    assert ("Stalls/A/3: blocked" in again.out, "Stalls/A/2: blocked already" in again.err) == (True, True)
    assert "A  1 xxx·······" in (await terminal("seats", "show", venue)).out
    refused = await terminal("seats", "hold", venue, "Stalls/A/1")
    assert (refused.code, "berth seats show" in refused.err) == (5, True)
    await at_desk("performances", "unblock", venue, "Stalls/A/1", "Stalls/A/2", "Stalls/A/3")
    assert "20 free" in (await terminal("seats", "show", venue)).out
    assert "SECTION/ROW/SEAT" in (await at_desk("performances", "block", venue, "Stalls/Z/1")).err
    assert (await terminal("performances", "block", venue, "Stalls/A/1")).code == 1


async def test_the_door_lets_each_ticket_in_once_also_without_a_network(
    at_desk: Terminal, terminal: Terminal, hall: Any, tmp_path: Path
) -> None:
    venue, list_, scans = await hall(), tmp_path / "door.csv", tmp_path / "scans.csv"
    await at_desk("performances", "add", venue, *GALA, "--venue", venue, *ON[:3], "gold=0")
    hold = (await terminal("seats", "hold", venue, "Stalls/A/1", "Stalls/A/2", "Stalls/A/3", "--json")).json["id"]
    order = (await terminal("orders", "buy", hold, "--json")).json
    assert order["state"] == "paid"
    first, second, third = (one["code"] for one in order["tickets"])
    assert "3 tickets" in (await at_desk("performances", "tickets", venue, "--into", list_)).out
    assert list_.read_text().splitlines()[:2] == ["code,seat,admitted_at", f'{first},"Stalls, row A, seat 1",']
    spaced = f"{first[:4]} {first[4:].lower()}"
    assert "1 of 3" in (await at_desk("performances", "admit", venue, spaced)).out
    again = await at_desk("performances", "admit", venue, first)
    assert (again.code, "Stalls, row A, seat 1" in again.err, "Europe/Rome" in again.err) == (5, True, True)
    unknown = await at_desk("performances", "admit", venue, "NOSUCHCODE")
    assert (unknown.code, "printed below" in unknown.err) == (1, True)
    scans.write_text(
        f"code,at\n{second.lower()},2026-01-03T20:14:05\n{first},2026-01-03T20:15:00\nNOSUCH,2026-01-03T20:16\n"
    )
    for _ in range(2):
        brought = await at_desk("performances", "admit", venue, "--file", scans)
        assert brought.code == 0, brought.err
        assert "1 of 3 scans let somebody in; 2 of 3 tickets are in." in brought.out
        assert ("somebody has come in by it" in brought.out, "no ticket has this code" in brought.out) == (True, True)
    assert (await at_desk("performances", "doors", venue, "--json")).json == {"admitted": 2, "tickets": 3}
    assert (await terminal("performances", "doors", venue)).code == 1
    assert (await at_desk("performances", "admit", venue)).code == 2
    refused = await terminal("orders", "cancel", order["id"])
    assert (refused.code, "berth orders show" in refused.err) == (5, True)
    assert "came in" in (await terminal("orders", "show", order["id"])).out
    assert third in (await at_desk("performances", "tickets", venue)).out
