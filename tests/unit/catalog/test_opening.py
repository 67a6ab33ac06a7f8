"""Opening hours: what may be written, and what the rules then work with."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berth.modules.catalog.domain.opening import WEEKDAYS, read_opening, write_opening


def clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


@st.composite
def days(draw: st.DrawFn) -> list[list[str]]:
    """Intervals of one day that do not overlap, in any order, some of them touching."""
    bounds = sorted(draw(st.lists(st.integers(0, 1440), max_size=12, unique=True)))
    pairs = [[clock(start), clock(end)] for start, end in pairwise(bounds) if draw(st.booleans())]
    return draw(st.permutations(pairs))


written_hours = st.fixed_dictionaries(
    {
        "weekly": st.dictionaries(st.sampled_from(WEEKDAYS), days()),
        "exceptions": st.dictionaries(st.dates().map(date.isoformat), days(), max_size=5),
    }
)


def minutes_open(pairs: list[list[str]]) -> set[int]:
    def minute(text: str) -> int:
        return int(text[:2]) * 60 + int(text[3:])

    return {at for start, end in pairs for at in range(minute(start), minute(end))}


@given(written_hours)
def test_reading_keeps_exactly_the_minutes_that_were_written(written: dict) -> None:
    opening = read_opening(written)
    for index, weekday in enumerate(WEEKDAYS):
        read = {at for start, end in opening.weekly[index] for at in range(start, end)}
        assert read == minutes_open(written["weekly"].get(weekday, []))


@given(written_hours)
def test_intervals_are_sorted_and_do_not_touch(written: dict) -> None:
    opening = read_opening(written)
    for intervals in (*opening.weekly, *opening.exceptions.values()):
        flat = [bound for interval in intervals for bound in interval]
        assert flat == sorted(set(flat))


@given(written_hours)
def test_what_is_written_out_reads_as_the_same(written: dict) -> None:
    opening = read_opening(written)
    assert read_opening(write_opening(opening)) == opening


def test_an_exception_without_intervals_is_a_closed_day() -> None:
    opening = read_opening({"weekly": {}, "exceptions": {"2027-04-05": []}})
    assert opening.exceptions == {date(2027, 4, 5): ()}


def test_a_day_may_last_until_midnight() -> None:
    opening = read_opening({"weekly": {"sunday": [["22:00", "24:00"]]}})
    assert opening.weekly[6] == ((1320, 1440),)


@pytest.mark.parametrize(
    ("weekly", "sentence"),
    [
        ({"monday": [["08:00", "12:00"], ["11:59", "13:00"]]}, "monday: 08:00-12:00 and 11:59-13:00 overlap"),
        ({"monday": [["08:00", "08:00"]]}, "does not end after it begins"),
        ({"monday": [["22:00", "06:00"]]}, "split it at midnight"),
        ({"monday": [["24:00", "24:00"]]}, "does not end after it begins"),
        ({"monday": [["8:00", "12:00"]]}, "'8:00' is not a time of day"),
        ({"monday": [["08:60", "12:00"]]}, "'08:60' is not a time of day"),
        ({"monday": [["08:00\n", "12:00"]]}, "is not a time of day"),
        ({"monday": [["08:00"]]}, "an interval is a pair"),
        ({"montag": []}, "'montag' is not a weekday"),
    ],
)
def test_what_is_no_opening_hour_is_refused_with_a_sentence(weekly: dict, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        read_opening({"weekly": weekly})


@pytest.mark.parametrize("text", ["2027-02-30", "20270405", "tomorrow", "2027-4-5"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        read_opening({"weekly": {}, "exceptions": {text: []}})
