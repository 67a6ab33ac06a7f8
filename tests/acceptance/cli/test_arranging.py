"""What an administrator arranges from a terminal: resources, sites, tags, hours and blackouts."""

from pathlib import Path
from typing import Any

from tests.acceptance.cli.conftest import Terminal


async def test_a_resource_is_created_edited_retired_and_restored(at_desk: Terminal, unique: Any) -> None:
    name = f"Bench {next(unique)}"
    made = await at_desk(
        *("resources", "create", name, "--kind", "desk", "--timezone", "Europe/Rome", "--capacity", 2),
        *("--tag", "quiet", "--attribute", "monitors=2", "--attribute", "colour=red"),
    )
    assert made.code == 0, made.err
    assert "monitors=2" in made.out
    edited = (await at_desk("resources", "edit", name, "--capacity", 3, "--attribute", "monitors=1", "--json")).json
    assert edited["capacity"] == 3
    assert edited["attributes"] == {"monitors": 1, "colour": "red"}
    assert (await at_desk("resources", "retire", name)).code == 0
    assert name not in (await at_desk("resources", "list", "--text", name)).out
    assert name in (await at_desk("resources", "list", "--text", name, "--retired")).out
    assert (await at_desk("resources", "restore", name)).code == 0
    assert name in (await at_desk("resources", "list", "--text", name)).out
    assert (await at_desk("resources", "create", name, "--kind", "desk", "--timezone", "UTC")).code == 5


async def test_only_administrators_create_resources(terminal: Terminal) -> None:
    done = await terminal("resources", "create", "Mine", "--kind", "desk", "--timezone", "UTC")
    assert done.code == 1
    assert done.err


async def test_sites_are_a_tree_and_named_by_path(at_desk: Terminal, unique: Any) -> None:
    campus = f"Campus {next(unique)}"
    made = await at_desk("sites", "create", campus, "--kind", "campus", "--timezone", "Europe/Rome")
    assert made.code == 0, made.err
    await at_desk("sites", "create", "Main", "--parent", campus, "--kind", "building")
    await at_desk("sites", "create", "First", "--parent", f"{campus}/Main", "--kind", "floor")
    tree = (await at_desk("sites", "list")).out.splitlines()
    indents = [next(line.index(name) for line in tree if name in line) for name in (campus, "Main", "First")]
    assert indents == sorted(set(indents))
    shown = (await at_desk("sites", "show", f"{campus}/Main/First", "--json")).json
    assert shown["path"] == [campus, "Main", "First"]
    assert (await at_desk("sites", "delete", campus)).code == 5
    assert (await at_desk("sites", "edit", f"{campus}/Main/First", "--name", "Ground")).code == 0
    assert (await at_desk("sites", "delete", f"{campus}/Main/Ground")).code == 0


async def test_rules_are_inherited_until_they_are_set(at_desk: Terminal, unique: Any) -> None:
    number = next(unique)
    site, name = f"House {number}", f"Cell {number}"
    await at_desk("sites", "create", site, "--timezone", "Europe/Rome")
    await at_desk("resources", "create", name, "--kind", "room", "--site", site)
    await at_desk("sites", "hours", site, "--open", "mon-fri 08:00-12:00,13:00-20:00", "--closed", "2027-04-05")
    hours = (await at_desk("resources", "hours", name)).out
    assert "Inherited" in hours
    assert "2027-04-05" in hours
    own = await at_desk("resources", "hours", name, "--open", "daily 09:00-17:00", "--json")
    assert own.json["own"]["weekly"]["sunday"] == [["09:00", "17:00"]]
    assert (await at_desk("resources", "hours", name, "--clear", "--json")).json["own"] is None

    await at_desk("sites", "policy", site, "--minutes-max", "4h")
    await at_desk("resources", "policy", name, "--setup-minutes", "10", "--minutes-min", "30m")
    policy = (await at_desk("resources", "policy", name, "--unset", "minutes_min", "--json")).json
    assert policy["effective"]["minutes_max"] == 240
    assert policy["effective"]["setup_minutes"] == 10
    assert policy["effective"]["minutes_min"] is None
    cleared = (await at_desk("resources", "policy", name, "--clear", "--json")).json
    assert cleared["effective"]["setup_minutes"] == 0


async def test_tags_are_renamed_and_deleted_everywhere(at_desk: Terminal, unique: Any) -> None:
    number = next(unique)
    tag, name = f"beam/er {number}", f"Tagged {number}"
    await at_desk("resources", "create", name, "--kind", "room", "--timezone", "UTC", "--tag", tag)
    assert tag in (await at_desk("tags", "list")).out
    renamed = await at_desk("tags", "rename", tag, f"projector {number}")
    assert renamed.code == 0, renamed.err
    assert (await at_desk("resources", "show", name, "--json")).json["tags"] == [f"projector {number}"]
    assert (await at_desk("tags", "delete", f"projector {number}")).code == 0
    assert (await at_desk("resources", "show", name, "--json")).json["tags"] == []


async def test_a_blackout_closes_a_resource_until_it_is_lifted(
    at_desk: Terminal, terminal: Terminal, unique: Any
) -> None:
    name = f"Shut {next(unique)}"
    await at_desk("resources", "create", name, "--kind", "room", "--timezone", "Europe/Rome")
    made = await at_desk("blackouts", "create", name, "2027-08-02", "5d", "--reason", "New floor", "--json")
    assert made.json["start"] == "2027-08-01T22:00:00Z"
    assert "New floor" in (await terminal("blackouts", "list", "--resource", name)).out
    assert (await terminal("reservations", "create", name, "2027-08-03T09:00", "1h")).code == 5
    assert (await at_desk("blackouts", "delete", made.json["id"])).code == 0
    assert (await terminal("reservations", "create", name, "2027-08-03T09:00", "1h")).code == 0


async def test_an_export_is_an_import_that_changes_nothing(at_desk: Terminal, unique: Any, tmp_path: Path) -> None:
    await at_desk("resources", "create", f"Kept {next(unique)}", "--kind", "room", "--timezone", "UTC")
    file = tmp_path / "all.csv"
    assert (await at_desk("resources", "export", file)).code == 0
    done = (await at_desk("resources", "import", file, "--dry-run", "--json")).json
    [report] = done["files"]
    assert (report["created"], report["updated"], report["dry_run"]) == (0, 0, True)
