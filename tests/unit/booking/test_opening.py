"""Opening hours are wall-clock hours of the resource's zone, also on the days when its clocks change."""

import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berth.contracts.catalog import Interval, Opening
from berth.modules.booking.domain.opening import covers, open_ranges

ROME = ZoneInfo("Europe/Rome")
ZONES = [ZoneInfo(name) for name in ("Europe/Rome", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata")]
MINUTE = timedelta(minutes=1)


def hours(*intervals: tuple[str, str]) -> tuple[Interval, ...]:
    def minutes(text: str) -> int:
        hour, minute = text.split(":")
        return int(hour) * 60 + int(minute)

    return tuple((minutes(opens), minutes(closes)) for opens, closes in intervals)


def daily(*intervals: tuple[str, str]) -> Opening:
    return Opening((hours(*intervals),) * 7, {})


def local(text: str, where: ZoneInfo = ROME) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=where).astimezone(UTC)


def test_without_hours_a_resource_is_always_open():
    start, until = local("2027-03-01T09:00"), local("2027-03-08T09:00")
    assert open_ranges(None, ROME, start, until) == [(start, until)]
    assert covers(None, ROME, start, until)


def test_an_empty_window_holds_no_range():
    start = local("2027-03-01T09:00")
    assert open_ranges(None, ROME, start, start) == []
    assert open_ranges(daily(("00:00", "24:00")), ROME, start, start) == []


def test_the_window_cuts_the_hours_at_both_ends():
    opening = daily(("08:00", "12:00"), ("13:00", "20:00"))
    assert open_ranges(opening, ROME, local("2027-03-01T09:00"), local("2027-03-02T08:30")) == [
        (local("2027-03-01T09:00"), local("2027-03-01T12:00")),
        (local("2027-03-01T13:00"), local("2027-03-01T20:00")),
        (local("2027-03-02T08:00"), local("2027-03-02T08:30")),
    ]


def test_a_reservation_must_lie_in_one_interval():
    opening = daily(("08:00", "12:00"), ("13:00", "20:00"))
    assert covers(opening, ROME, local("2027-03-01T08:00"), local("2027-03-01T12:00"))
    assert not covers(opening, ROME, local("2027-03-01T11:00"), local("2027-03-01T14:00"))
    assert not covers(opening, ROME, local("2027-03-01T07:59"), local("2027-03-01T09:00"))


def test_hours_up_to_midnight_join_those_of_the_next_day():
    opening = daily(("00:00", "02:00"), ("22:00", "24:00"))
    assert covers(opening, ROME, local("2027-03-01T22:00"), local("2027-03-02T02:00"))
    always = daily(("00:00", "24:00"))
    start, until = local("2027-01-01T00:00"), local("2028-01-01T00:00")
    assert open_ranges(always, ROME, start, until) == [(start, until)]


def test_an_exception_replaces_the_hours_of_its_date():
    opening = Opening(
        (hours(("08:00", "18:00")),) * 7,
        {date(2027, 4, 5): (), date(2027, 4, 6): hours(("10:00", "11:00"))},
    )
    assert open_ranges(opening, ROME, local("2027-04-05T00:00"), local("2027-04-07T09:00")) == [
        (local("2027-04-06T10:00"), local("2027-04-06T11:00")),
        (local("2027-04-07T08:00"), local("2027-04-07T09:00")),
    ]


@pytest.mark.parametrize(
    ("day", "hours_open"),
    [("2027-03-27", 6), ("2027-03-28", 5), ("2027-10-30", 6), ("2027-10-31", 7)],
)
def test_a_day_on_which_clocks_change_is_an_hour_shorter_or_longer(day, hours_open):
    opening = daily(("00:00", "06:00"))
    [(opens, closes)] = open_ranges(opening, ROME, local(f"{day}T00:00"), local(f"{day}T12:00"))
    assert closes - opens == timedelta(hours=hours_open)


def test_an_interval_that_the_clocks_skip_vanishes():
    opening = daily(("02:00", "03:00"))
    assert open_ranges(opening, ROME, local("2027-03-28T00:00"), local("2027-03-28T12:00")) == []


def test_times_that_exist_twice_mean_their_first_occurrence():
    opening = daily(("02:00", "02:30"))
    found = open_ranges(opening, ROME, local("2027-10-31T00:00"), local("2027-10-31T12:00"))
    assert found == [(datetime(2027, 10, 31, 0, 0, tzinfo=UTC), datetime(2027, 10, 31, 0, 30, tzinfo=UTC))]


boundaries = st.lists(st.integers(0, 96).map(lambda quarter: quarter * 15), max_size=6, unique=True).map(sorted)
day_hours = boundaries.map(lambda marks: tuple(zip(marks[::2], marks[1::2], strict=False)))
openings = st.builds(
    Opening,
    st.tuples(*[day_hours] * 7),
    st.dictionaries(st.dates(date(2027, 3, 1), date(2027, 4, 30)), day_hours, max_size=4),
)


def expected_open(opening: Opening, where: ZoneInfo, instant: datetime) -> bool:
    """The rule, told minute by minute: some interval of a day nearby starts at or before it and ends after it."""
    day = instant.astimezone(where).date()
    for candidate in (day - timedelta(days=1), day, day + timedelta(days=1)):
        midnight = datetime.combine(candidate, time())
        for interval in opening.exceptions.get(candidate, opening.weekly[candidate.weekday()]):
            opens, closes = (
                (midnight + timedelta(minutes=minute)).replace(tzinfo=where).astimezone(UTC) for minute in interval
            )
            if opens <= instant < closes:
                return True
    return False


@given(
    opening=openings,
    where=st.sampled_from(ZONES),
    first=st.sampled_from(["2027-03-13", "2027-03-27", "2027-04-03", "2027-10-30", "2027-11-06"]),
    offset=st.integers(0, 600),
    length=st.integers(1, 2 * 24 * 60),
)
def test_ranges_are_what_a_look_at_every_minute_finds(opening, where, first, offset, length):
    start = local(f"{first}T00:00", where) + offset * MINUTE
    until = start + length * MINUTE
    found = open_ranges(opening, where, start, until)
    assert all(opens < closes for opens, closes in found)
    assert all(before[1] < after[0] for before, after in itertools.pairwise(found))
    assert all(start <= opens and closes <= until for opens, closes in found)
    for step in range(0, length, 5):
        instant = start + step * MINUTE
        assert any(opens <= instant < closes for opens, closes in found) == expected_open(opening, where, instant)
