"""Reserving from a terminal: in the resource's own time, and with a way out of every refusal."""

import datetime
import json
from typing import Any

import httpx
import pytest
import pytest_asyncio

from berth.edges.cli.times import DASH
from tests.acceptance.cli.conftest import Terminal
from tests.acceptance.conftest import Caller, register


@pytest_asyncio.fixture(loop_scope="session")
async def room(admin: Caller, unique: object) -> dict[str, Any]:
    """A room in Rome that nobody has reserved; no other resource is of its kind."""
    number = next(unique)
    made = await admin.post(
        "resources",
        {"name": f"Sala {number}", "kind": f"room{number}", "capacity": 8, "timezone": "Europe/Rome"},
    )
    assert made.status_code == 201, made.text
    return made.json()


async def test_a_local_time_is_that_of_the_resource_and_is_echoed_with_its_zone(
    terminal: Terminal, room: dict[str, Any]
) -> None:
    done = await terminal("reservations", "create", room["name"], "2027-03-01T09:00", "1h30m", "--title", "Seminar")
    assert done.code == 0, done.err
    assert f"Mon 2027-03-01 09:00{DASH}10:30 Europe/Rome" in done.out
    listed = (await terminal("reservations", "list", "--resource", room["id"], "--json")).json
    assert [one["start"] for one in listed["items"]] == ["2027-03-01T08:00:00Z"]


async def test_json_is_exactly_what_the_api_answers(terminal: Terminal, room: dict[str, Any], someone: Caller) -> None:
    done = await terminal("reservations", "create", room["id"], "2027-03-01T09:00Z", "1h", "--json")
    by_api = await someone.get(f"reservations/{done.json['id']}")
    assert done.json == by_api.json()
    shown = await terminal("reservations", "show", done.json["id"], "--json")
    assert shown.out == by_api.text + "\n"


async def test_a_taken_slot_is_told_with_what_can_be_had_instead_and_the_command_for_it(
    terminal: Terminal, room: dict[str, Any]
) -> None:
    words = ("reservations", "create", room["name"])
    await terminal(*words, "2027-03-01T09:00", "1h", "--title", "First")
    done = await terminal(*words, "2027-03-01T09:30", "1h", "--title", "Second one")
    assert done.code == 5
    assert done.out == ""
    assert f"taken  Mon 2027-03-01 09:00{DASH}10:00 Europe/Rome" in done.err
    command = next(line.strip() for line in done.err.splitlines() if line.strip().startswith("berth reservations"))
    assert f"'{room['name']}'" in command
    assert "'Second one'" in command
    start = command.split()[5]
    again = await terminal(*words, start, "1h", "--title", "Second one")
    assert again.code == 0, again.err


async def test_with_json_a_refusal_is_the_problem_of_the_api(terminal: Terminal, room: dict[str, Any]) -> None:
    await terminal("reservations", "create", room["id"], "2027-03-01T09:00", "1h")
    done = await terminal("reservations", "create", room["id"], "2027-03-01T09:00", "1h", "--json")
    assert done.code == 5
    assert done.out == ""
    assert json.loads(done.err)["status"] == 409


async def test_every_rule_that_refuses_is_told(terminal: Terminal, at_desk: Terminal, room: dict[str, Any]) -> None:
    await at_desk("resources", "policy", room["name"], "--minutes-max", "2h", "--granularity-minutes", "15")
    done = await terminal("reservations", "create", room["name"], "2027-03-01T09:10", "3h")
    assert done.code == 1
    assert done.err.count("•") == 2


async def test_a_local_time_that_does_not_exist_is_moved_and_told(terminal: Terminal, room: dict[str, Any]) -> None:
    done = await terminal("reservations", "create", room["name"], "2027-03-28T02:30", "1h")
    assert done.code == 0, done.err
    assert "does not exist in Europe/Rome" in done.err
    assert f"Sun 2027-03-28 03:30{DASH}04:30 Europe/Rome" in done.out


async def test_several_resources_are_reserved_together(terminal: Terminal, admin: Caller, room: dict[str, Any]) -> None:
    other = (
        await admin.post("resources", {"name": f"{room['name']} bis", "kind": "room", "timezone": "Europe/Rome"})
    ).json()
    done = await terminal(
        *("reservations", "create", "2027-03-02T09:00", "--end", "11:00"),
        *("--resource", room["name"], "--resource", other["name"], "--json"),
    )
    assert [one["id"] for one in done.json["resources"]] == [room["id"], other["id"]]
    assert (done.json["start"], done.json["end"]) == ("2027-03-02T08:00:00Z", "2027-03-02T10:00:00Z")


async def test_any_resource_that_fits_may_be_asked_for(terminal: Terminal, room: dict[str, Any]) -> None:
    words = ("reservations", "create", "--any", "--kind", room["kind"], "--capacity", "4", "2027-03-03T09:00", "1h")
    assert room["name"] in (await terminal(*words)).out
    assert (await terminal(*words)).code == 5
    nothing = await terminal(*words[:-3], "9000", "2027-03-03T09:00Z", "1h")
    assert nothing.code == 1


async def test_a_reservation_is_moved_retitled_and_cancelled_and_its_history_kept(
    terminal: Terminal, room: dict[str, Any]
) -> None:
    made = (await terminal("reservations", "create", room["name"], "2027-03-04T09:00", "1h", "--json")).json
    moved = await terminal("reservations", "reschedule", made["id"], "2027-03-04T14:00")
    assert f"14:00{DASH}15:00 Europe/Rome" in moved.out
    longer = await terminal("reservations", "reschedule", made["id"], "2027-03-04T14:00", "2h", "--json")
    assert longer.json["end"] == "2027-03-04T15:00:00Z"
    assert "Thesis" in (await terminal("reservations", "edit", made["id"], "--title", "Thesis")).out
    assert "ill" in (await terminal("reservations", "cancel", made["id"], "--reason", "ill")).out
    history = await terminal("reservations", "history", made["id"])
    assert [word in history.out for word in ("created", "Thesis", "ill")] == [True] * 3
    freed = await terminal("reservations", "create", room["name"], "2027-03-04T14:00", "1h")
    assert freed.code == 0, freed.err


async def test_a_move_to_a_taken_slot_keeps_the_old_one(terminal: Terminal, room: dict[str, Any]) -> None:
    await terminal("reservations", "create", room["name"], "2027-03-05T09:00", "1h")
    made = (await terminal("reservations", "create", room["name"], "2027-03-05T11:00", "1h", "--json")).json
    done = await terminal("reservations", "reschedule", made["id"], "2027-03-05T09:30")
    assert done.code == 5
    assert f"berth reservations reschedule {made['id']} " in done.err
    assert (await terminal("reservations", "show", made["id"], "--json")).json["start"] == made["start"]


async def test_what_is_ahead_is_listed_in_each_resources_own_time(
    nobody: Terminal, berth: httpx.AsyncClient, admin: Caller, room: dict[str, Any]
) -> None:
    far = await admin.post("resources", {"name": f"{room['name']} NY", "kind": "room", "timezone": "America/New_York"})
    person = await register(berth, "traveller")
    nobody = Terminal(nobody.url, nobody.home, variables={"BERTH_TOKEN": person.token})
    assert "Nothing is ahead" in (await nobody("reservations", "upcoming")).out
    for name in (room["name"], far.json()["name"]):
        assert (await nobody("reservations", "create", name, "2027-03-01T09:00", "1h")).code == 0
    listed = (await nobody("reservations", "upcoming")).out
    assert f"09:00{DASH}10:00 Europe/Rome" in listed
    assert f"09:00{DASH}10:00 America/New_York" in listed
    in_one_zone = (await nobody("reservations", "upcoming", "--tz", "UTC")).out
    assert "when (UTC)" in in_one_zone
    assert f"14:00{DASH}15:00" in in_one_zone


async def test_free_times_are_found_and_calendars_shown(terminal: Terminal, room: dict[str, Any]) -> None:
    await terminal("reservations", "create", room["name"], "2027-03-08T09:00", "2h", "--title", "Mine")
    span = ("--from", "2027-03-08T09:00", "--until", "2027-03-08T18:00")
    found = await terminal("free", "2h", "--kind", room["kind"], *span)
    assert f"Mon 2027-03-08 11:00{DASH}13:00" in found.out
    assert "(Europe/Rome)" in found.out
    assert "Mine" in (await terminal("resources", "schedule", room["name"], *span)).out
    assert f"11:00{DASH}18:00" in (await terminal("resources", "availability", room["name"], "1h", *span)).out
    assert "is free" in (await terminal("resources", "status", room["name"])).out
    searched = await terminal("resources", "search", "--kind", room["kind"], *span, "--json")
    assert searched.json["items"] == []


async def test_a_name_that_may_mean_two_things_is_not_guessed(
    terminal: Terminal, admin: Caller, room: dict[str, Any]
) -> None:
    twin = await admin.post("resources", {"name": str(room["id"]), "kind": "room", "timezone": "Europe/Rome"})
    assert twin.status_code == 201
    done = await terminal("resources", "show", room["id"])
    assert done.code == 2
    assert f"id:{room['id']}" in done.err
    exact = await terminal("resources", "show", f"name:{room['id']}", "--json")
    assert exact.json["id"] == twin.json()["id"]


@pytest.mark.parametrize("columns", [80, 120])
async def test_tables_fit_the_terminal(terminal: Terminal, room: dict[str, Any], columns: int) -> None:
    narrow = Terminal(terminal.url, terminal.home, columns=columns)
    await narrow("reservations", "create", room["name"], "2027-03-09T09:00", "1h", "--title", "A long title " * 12)
    for words in (("reservations", "list"), ("resources", "list", "--kind", room["kind"])):
        out = (await narrow(*words)).out
        assert all(len(line) <= columns for line in out.splitlines() if "--cursor" not in line), out


async def test_a_reservation_of_today_may_be_written_by_the_clock(terminal: Terminal, room: dict[str, Any]) -> None:
    done = await terminal("reservations", "create", room["name"], "tomorrow", "09:00", "1h", "--json")
    start = datetime.datetime.fromisoformat(done.json["start"])
    assert start > datetime.datetime.now(datetime.UTC)
    soon = await terminal("reservations", "create", room["name"], "now", "15m", "--json")
    assert soon.code == 0, soon.err
