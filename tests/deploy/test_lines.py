"""What many programs write is read by one person."""

import io

import pytest

from deploy.local.lines import Lines, readable


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_line_of_a_json_log_is_made_readable() -> None:
    line = '{"level":"warning","event":"broker_away","seconds":2,"timestamp":"2026-11-21T07:00:01.5Z"}'
    assert readable(line) == ("07:00:01 warning broker_away seconds=2", True)


@pytest.mark.parametrize("line", ["plain words", "{not json", "", "2026/11/21 [notice] 1#1: start"])
def test_any_other_line_stays_as_it_is(line: str) -> None:
    assert readable(line) == (line, False)


def test_a_traceback_is_kept_in_lines() -> None:
    text, alarming = readable('{"level":"error","event":"failed","exception":"Traceback\\n  here"}')
    assert text == "error   failed\nTraceback\n  here"
    assert alarming


def test_whose_a_line_is_comes_first_and_colours_are_for_terminals() -> None:
    pipe, terminal = io.StringIO(), Terminal()
    Lines(pipe)("booking", "hello")
    Lines(terminal)("booking", "hello")
    assert pipe.getvalue() == "booking       | hello\n"
    assert "\x1b[" in terminal.getvalue()
    assert "hello" in terminal.getvalue()
