"""What an administrator says from a terminal about confirmations and terms."""

from typing import Any

from tests.acceptance.cli.conftest import Terminal
from tests.acceptance.conftest import Caller


async def test_what_a_reservation_waits_for_is_set_and_shown_in_words(
    at_desk: Terminal, terminal: Terminal, someone: Caller, unique: Any
) -> None:
    number = next(unique)
    site, name = f"Yard {number}", f"Dock {number}"
    await at_desk("sites", "create", site, "--timezone", "Europe/Rome")
    await at_desk("resources", "create", name, "--kind", "room", "--site", site)
    done = await at_desk(
        *("sites", "policy", site, "--confirm", "quota", "--confirm", "approval", "--approver", someone.username),
        *("--approval-hours-max", 1, "--early", "1h30m", "--no-show", "10m", "--payment-minutes-max", "2h"),
    )
    assert done.code == 0, done.err
    for words in ("approval, quota  (set here)", f"{someone.username}  (set here)", "1 hour ", "1h30m", "10m", "2h"):
        assert words in done.out
    held = (await at_desk("resources", "policy", name, "--confirm", "none", "--json")).json
    assert held["own"] == {"confirmations": []}
    assert held["effective"]["approvers"] == [someone.id]
    seen = (await terminal("resources", "policy", name)).out
    assert "none: it holds at once" in seen
    assert f"person {someone.id}" in seen
    again = (await at_desk("sites", "policy", site, "--unset", "no-show-minutes", "--approver", "none", "--json")).json
    assert (again["own"]["approvers"], again["effective"]["no_show_minutes"]) == ([], None)
    shown = (await at_desk("sites", "policy", site)).out
    assert "any administrator" in shown
    assert "who does not come keeps the slot" in shown


async def test_an_approver_whom_nobody_knows_is_told(at_desk: Terminal, unique: Any) -> None:
    site = f"Yard {next(unique)}"
    await at_desk("sites", "create", site)
    refused = await at_desk("sites", "policy", site, "--approver", "davy-jones")
    assert refused.code == 1
    assert "davy-jones" in refused.err


async def test_terms_are_added_listed_edited_and_removed(at_desk: Terminal, terminal: Terminal, unique: Any) -> None:
    campus = f"Campus {next(unique)}"
    await at_desk("sites", "create", campus)
    await at_desk("sites", "create", "Main", "--parent", campus)
    added = await at_desk("sites", "terms", "add", campus, "Spring", "2027-03-01", "2027-06-30")
    assert added.code == 0, added.err
    assert (await at_desk("sites", "terms", "add", campus, "Late", "2027-06-30", "2027-07-30")).code == 5
    edited = await at_desk("sites", "terms", "edit", campus, "Spring", "--last-day", "2027-07-15", "--json")
    assert edited.json["last_day"] == "2027-07-15"
    rows = (await terminal("sites", "terms", "list", f"{campus}/Main")).out.splitlines()
    assert any("Spring" in row and "2027-07-15" in row and "yes" in row for row in rows)
    assert (await at_desk("sites", "terms", "remove", f"{campus}/Main", "Spring")).code == 1
    assert (await at_desk("sites", "terms", "remove", campus, "Spring")).code == 0
    assert (await terminal("sites", "terms", "list", campus, "--json")).json["items"] == []
