"""Steps are counted on the wall clock, so 00:00, 00:30, … stay where people see them when clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berth.modules.booking.domain.steps import on_step, step_from, step_until

MINUTE = timedelta(minutes=1)
ZONES = [ZoneInfo(name) for name in ("Europe/Rome", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata")]
CHANGES = ["2027-03-13T20:00", "2027-03-14T05:00", "2027-03-27T22:00", "2027-04-03T12:00", "2027-10-30T22:00"]


def test_steps_are_counted_from_the_zones_midnight():
    kolkata = ZoneInfo("Asia/Kolkata")
    six = datetime(2027, 3, 1, 0, 30, tzinfo=UTC)
    assert on_step(six, kolkata, 60)
    assert not on_step(six, UTC, 60)
    assert step_from(six + MINUTE, kolkata, 60) == six + 60 * MINUTE
    assert step_until(six + MINUTE, kolkata, 60) == six


def test_a_step_that_does_not_divide_the_day_begins_anew_at_midnight():
    late = datetime(2027, 3, 1, 23, 21, tzinfo=UTC)
    assert step_from(late, UTC, 50) == datetime(2027, 3, 2, tzinfo=UTC)


def test_seconds_are_on_no_step():
    instant = datetime(2027, 3, 1, 9, 0, 0, 1, tzinfo=UTC)
    assert not on_step(instant, UTC, 1)
    assert step_from(instant, UTC, 1) == datetime(2027, 3, 1, 9, 1, tzinfo=UTC)
    assert step_until(instant, UTC, 1) == datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize("where", ZONES, ids=str)
@given(
    near=st.sampled_from(CHANGES),
    minutes=st.integers(0, 24 * 60),
    seconds=st.sampled_from([0, 1, 59]),
    step=st.sampled_from([1, 5, 15, 30, 45, 50, 60, 90, 240, 1440]),
)
def test_the_next_and_the_last_step_are_what_a_look_at_every_minute_finds(where, near, minutes, seconds, step):
    instant = datetime.fromisoformat(near).replace(tzinfo=UTC) + minutes * MINUTE
    ahead = instant
    while not on_step(ahead, where, step):
        ahead += MINUTE
    assert step_from(instant, where, step) == ahead
    behind = instant
    while not on_step(behind, where, step):
        behind -= MINUTE
    assert step_until(instant, where, step) == behind
    assert step_until(instant + seconds * timedelta(seconds=1), where, step) == behind
