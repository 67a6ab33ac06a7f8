"""Venues from a terminal: a hall is generated, saved, read back and drawn."""

import json
from pathlib import Path
from typing import Any

from tests.acceptance.cli.conftest import Terminal


async def new_venue(at_desk: Terminal, unique: Any) -> str:
    name = f"Aula {next(unique)}"
    await at_desk("resources", "create", name, "--kind", "auditorium", "--timezone", "Europe/Rome")
    made = await at_desk("venues", "add", name, "--resource", name)
    assert made.code == 0, made.err
    return name


async def test_a_hall_is_generated_saved_and_read_back(
    at_desk: Terminal, terminal: Terminal, unique: Any, tmp_path: Path
) -> None:
    name, file = await new_venue(at_desk, unique), tmp_path / "hall.json"
    assert "has no seat map yet" in (await terminal("venues", "show", name)).out
    made = await at_desk("venues", "generate", "Stalls", "--rows", 20, "--seats", 30, "--curve", 40, "--into", file)
    assert "600 seats" in made.out
    more = ("--rows", 5, "--seats", 40, "--y", 2500, "--category", "balcony", "--aisle-after", 20, "--into", file)
    assert "800 seats" in (await at_desk("venues", "generate", "Balcony", *more)).out
    twice = await at_desk("venues", "generate", "Balcony", *more)
    assert (twice.code, "has a section Balcony already" in twice.err) == (2, True)
    saved = await at_desk("venues", "set-map", name, file)
    assert saved.code == 0, saved.err
    assert "800" in saved.out
    printed = await terminal("venues", "map", name)
    assert json.loads(printed.out) == json.loads(file.read_text())
    [version] = (await terminal("venues", "show", name, "--json")).json["maps"]
    assert (version["version"], version["seat_count"]) == (1, 800)
    [line] = [one for one in (await terminal("venues", "list", "--all")).out.splitlines() if name in one]
    assert line.split()[-1] == "1"


async def test_a_drawing_is_saved_at_its_scale(at_desk: Terminal, unique: Any, tmp_path: Path) -> None:
    name, file = await new_venue(at_desk, unique), tmp_path / "hall.svg"
    file.write_text('<svg><g data-section="s" data-row="A"><circle data-seat="1" cx="4" cy="2"/></g></svg>')
    assert (await at_desk("venues", "set-map", name, file, "--scale", 50)).code == 0
    [section] = json.loads((await at_desk("venues", "map", name)).out)["sections"]
    assert (section["rows"][0]["seats"][0]["x"], section["rows"][0]["seats"][0]["y"]) == (200, 100)
    file.write_text("<svg/>")
    refused = await at_desk("venues", "set-map", name, file)
    assert refused.code != 0
    assert "No shape in it is a seat" in refused.err


async def test_what_cannot_be_done_is_told_with_a_way_out(
    at_desk: Terminal, terminal: Terminal, unique: Any, tmp_path: Path
) -> None:
    name, file = await new_venue(at_desk, unique), tmp_path / "hall.json"
    assert "berth venues list" in (await terminal("venues", "show", "Nowhere")).err
    assert "There is no file" in (await at_desk("venues", "set-map", name, file)).err
    file.write_text("[]")
    assert "needs categories, sections and areas" in (await at_desk("venues", "set-map", name, file)).err
    seat = {"key": "1", "x": 0, "y": 0, "category": "gold"}
    sections = [{"key": "s", "name": "S", "rows": [{"key": "A", "seats": [seat]}]}]
    file.write_text(json.dumps({"categories": [], "sections": sections, "areas": []}))
    refused = await at_desk("venues", "set-map", name, file)
    assert "The seat s/A/1 has the category gold, which the map does not have." in refused.err
    assert (await terminal("venues", "rename", name, "Mine")).code == 1
    assert (await at_desk("venues", "rename", name, name + " anew")).code == 0
    assert (await at_desk("venues", "remove", name + " anew")).code == 0
    assert name not in (await terminal("venues", "list", "--all")).out
