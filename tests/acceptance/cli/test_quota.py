"""Allowances from a terminal."""

from typing import Any

from tests.acceptance.cli.conftest import Terminal
from tests.acceptance.conftest import Caller

AT = ("--at", "2031-03-05T12:00Z")


async def test_three_hours_a_week_of_a_studio_are_one_line(
    at_desk: Terminal, terminal: Terminal, someone: Caller, unique: Any
) -> None:
    name, kind = f"studio {next(unique)}", f"studio {next(unique)}"
    await at_desk("resources", "create", name, "--kind", kind, "--timezone", "America/Toronto")
    made = await at_desk("quota", "set", name, "--minutes", "180", "--per", "week", "--kind", kind)
    assert made.code == 0, made.err
    assert "3h per week" in made.out
    assert "asks for quota" in made.err

    mine = await terminal("quota", "my", *AT)
    [line] = [one for one in mine.out.splitlines() if one.startswith(name)]
    assert "3h" in line
    assert "Mon 2031-03-10 00:00" in mine.out

    given = await at_desk("quota", "grant", name, "1h", "--person", someone.username, "--reason", "Concert", *AT)
    assert given.code == 0, given.err
    taken = await at_desk(
        "quota", "grant", name, "30", "--take", "--person", someone.username, "--reason", "Late", *AT, "--json"
    )
    assert taken.json["amount"] == -30
    used = await at_desk("quota", "usage", name, *AT)
    assert "3h30m" in used.out
    everything = (await at_desk("quota", "usage", name, *AT, "--all", "--json")).json
    assert [(one["person"]["id"], one["left"]) for one in everything["items"]] == [(someone.id, 210)]


async def test_an_allowance_is_changed_by_what_is_named_and_removed(at_desk: Terminal, unique: Any) -> None:
    name = f"desks {next(unique)}"
    made = (await at_desk("quota", "set", name, "--count", 2, "--per", "day", "--kind", name, "--json")).json
    changed = (await at_desk("quota", "set", name, "--count", 3, "--role", "guest", "--tag", "quiet", "--json")).json
    assert changed == made | {"amount": 3, "role": "guest", "tag": "quiet", "note": changed["note"]}
    unset = (await at_desk("quota", "set", name, "--unset", "role", "--unset", "tag", "--json")).json
    assert (unset["role"], unset["tag"], unset["kind"]) == (None, None, name)
    shown = await at_desk("quota", "show", name)
    assert "all but administrators, each" in shown.out
    assert name in (await at_desk("quota", "list", "--all")).out
    assert (await at_desk("quota", "remove", name)).code == 0
    assert (await at_desk("quota", "show", name)).code == 1
    assert name in (await at_desk("quota", "list", "--all", "--removed")).out
    assert "Nothing was counted" in (await at_desk("quota", "usage", f"id:{made['id']}")).out


async def test_what_cannot_be_understood_is_told_with_a_way_out(
    at_desk: Terminal, terminal: Terminal, unique: Any
) -> None:
    name = f"odd {next(unique)}"
    for words, said in (
        (("set", name), "--minutes or --count and --per"),
        (("set", name, "--minutes", "1h", "--count", 1), "either minutes or reservations"),
        (("set", name, "--minutes", "long", "--per", "day"), "'long' is not a duration"),
        (("set", name, "--count", 1, "--per", "day", "--unset", "amount"), "cannot be unset"),
    ):
        refused = await at_desk("quota", *words)
        assert (refused.code, said in refused.err) == (2, True), refused.err
    assert (await at_desk("quota", "show", name)).code == 1
    await at_desk("quota", "set", name, "--count", 1, "--per", "day", "--kind", name)
    fixed = await at_desk("quota", "set", name, "--minutes", "1h")
    assert fixed.code == 5
    assert (await at_desk("quota", "grant", name, "1h", "--reason", "No", "--person", 1)).code == 2
    assert (await terminal("quota", "list")).code == 1
