"""How the words of a command are read, and that what others wrote cannot drive a terminal."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berth.edges.cli.commands.slot import understood
from berth.edges.cli.failure import Misused, NotFound, Refused
from berth.edges.cli.names import chosen
from berth.edges.cli.rules.hours import DAYS, new_hours
from berth.edges.cli.tables import plain

UNSET: dict[str, Any] = {"own": None, "effective": None}


@pytest.mark.parametrize(
    ("words", "has_end", "meant"),
    [
        (["r25", "09:00", "2h"], False, (["r25"], "09:00", "2h")),
        (["r25", "r27", "09:00", "2h"], False, (["r25", "r27"], "09:00", "2h")),
        (["09:00", "2h"], False, ([], "09:00", "2h")),
        (["r25", "09:00"], True, (["r25"], "09:00", None)),
        (["r25", "tomorrow", "09:00", "2h"], False, (["r25"], "tomorrow 09:00", "2h")),
        (["r25", "tomorrow 09:00", "2h"], False, (["r25"], "tomorrow 09:00", "2h")),
        (["r25", "tomorrow", "1d"], False, (["r25"], "tomorrow", "1d")),
    ],
)
def test_resources_come_first_then_the_start_then_the_duration(
    words: Sequence[str], has_end: bool, meant: tuple[list[str], str, str | None]
) -> None:
    assert understood(words, has_end=has_end) == meant


def test_a_command_without_a_start_says_how_to_write_it() -> None:
    with pytest.raises(Misused) as refused:
        understood(["2h"], has_end=False)
    assert "berth reservations create" in refused.value.hints[0]


def test_a_thing_is_named_by_id_or_exact_name_and_never_guessed() -> None:
    first, second = {"id": 7, "name": "101"}, {"id": 101, "name": "x"}
    assert chosen("resource", "7", first, [], "") == first
    assert chosen("resource", "101", None, [first], "") == first
    assert chosen("resource", "7", first, [first], "") == first
    with pytest.raises(Misused) as two:
        chosen("resource", "101", second, [first], "")
    assert "id:7" in two.value.hints[0]
    with pytest.raises(NotFound):
        chosen("resource", "r", None, [], "")


def test_opening_hours_are_written_by_days() -> None:
    hours = new_hours(UNSET, ["mon-fri 08:00-12:00,13:00-20:00", "sat 09:00-12:00"], None, ["2027-04-05"])
    assert hours["weekly"]["friday"] == [["08:00", "12:00"], ["13:00", "20:00"]]
    assert hours["weekly"]["saturday"] == [["09:00", "12:00"]]
    assert hours["weekly"]["sunday"] == []
    assert hours["exceptions"] == {"2027-04-05": []}


def test_an_exception_leaves_the_week_as_it_is() -> None:
    present = {"weekly": {"monday": [["08:00", "12:00"]]}, "exceptions": {"2027-04-05": []}}
    hours = new_hours({"own": None, "effective": present}, None, ["2027-04-06 10:00-12:00"], None)
    assert hours["weekly"] == present["weekly"]
    assert hours["exceptions"] == {"2027-04-05": [], "2027-04-06": [["10:00", "12:00"]]}
    assert new_hours(UNSET, None, None, ["2027-04-05"])["weekly"]["monday"] == [["00:00", "24:00"]]


@pytest.mark.parametrize(
    ("days", "open_days"),
    [("daily", 7), ("mon", 1), ("monday,wed", 2), ("fri-mon", 4), ("tue-thursday", 3)],
)
def test_days_may_be_a_span_a_list_or_all(days: str, open_days: int) -> None:
    week = new_hours(UNSET, [f"{days} 08:00-20:00"], None, None)["weekly"]
    assert sum(bool(week[day]) for day in DAYS) == open_days


@pytest.mark.parametrize("text", ["someday 08:00-20:00", "mon", "mon 08:00", "mo 08:00-20:00"])
def test_what_is_not_opening_hours_is_refused(text: str) -> None:
    with pytest.raises(Misused):
        new_hours(UNSET, [text], None, None)


@given(st.text())
def test_a_title_cannot_drive_the_terminal(title: str) -> None:
    assert not any(ord(sign) < 32 and sign not in "\n\t" for sign in plain(title))
    assert "\x1b" not in plain(f"a\x1b[2Jb{title}")
    assert "\x9b" not in plain("\x9b2J")


def test_every_rule_that_refused_is_a_line_of_its_own() -> None:
    rules = [{"rule": "minutes_max", "message": "At most 2 hours."}, {"rule": "lead", "message": "A day ahead."}]
    refused = Refused(422, {"detail": "At most 2 hours. A day ahead.", "refusals": rules})
    assert refused.reasons == ["At most 2 hours.", "A day ahead."]
    assert "At most" not in refused.sentence
    assert Refused(422, {"detail": "At most 2 hours.", "refusals": rules[:1]}).sentence == "At most 2 hours."
