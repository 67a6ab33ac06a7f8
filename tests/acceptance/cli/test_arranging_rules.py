"""What an administrator says from a terminal about confirmations and terms."""

from typing import Any

import pytest

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


@pytest.mark.parametrize("many", ["terms", "holidays"])
async def test_the_days_of_a_site_are_added_listed_edited_and_removed(
    at_desk: Terminal, terminal: Terminal, unique: Any, many: str
) -> None:
    campus = f"Campus {next(unique)}"
    await at_desk("sites", "create", campus)
    await at_desk("sites", "create", "Main", "--parent", campus)
    added = await at_desk("sites", many, "add", campus, "Spring", "2027-03-01", "2027-06-30")
    assert added.code == 0, added.err
    assert added.out.startswith(many.removesuffix("s"))
    edited = await at_desk("sites", many, "edit", campus, "Spring", "--last-day", "2027-07-15", "--json")
    assert (edited.json["first_day"], edited.json["last_day"]) == ("2027-03-01", "2027-07-15")
    assert (await at_desk("sites", many, "edit", campus, "Spring")).code == 2
    rows = (await terminal("sites", many, "list", f"{campus}/Main")).out.splitlines()
    assert any("Spring" in row and "2027-07-15" in row and "yes" in row for row in rows)
    above = await at_desk("sites", many, "remove", f"{campus}/Main", "Spring")
    assert (above.code, f"berth sites {many} list" in above.err) == (1, True)
    assert (await at_desk("sites", many, "remove", campus, "Spring")).code == 0
    assert (await terminal("sites", many, "list", campus, "--json")).json["items"] == []


async def test_a_term_that_overlaps_is_refused_and_a_holiday_is_one_day(at_desk: Terminal, unique: Any) -> None:
    campus = f"Campus {next(unique)}"
    await at_desk("sites", "create", campus)
    await at_desk("sites", "terms", "add", campus, "Spring", "2027-03-01", "2027-06-30")
    assert (await at_desk("sites", "terms", "add", campus, "Late", "2027-06-30", "2027-07-30")).code == 5
    holiday = await at_desk("sites", "holidays", "add", campus, "Labour Day", "2027-05-01", "--json")
    assert holiday.json["last_day"] == "2027-05-01"
