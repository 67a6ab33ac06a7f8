"""A reservation is offered only where it fits: between what is busy, while it is open, and by the policy."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from berth.contracts.catalog import Opening, Policy, Resource
from berth.modules.booking.domain.gaps import first_start, free_gaps, last_start, nearest_starts, wish_for, within
from berth.modules.booking.domain.opening import covers, open_ranges
from berth.modules.booking.domain.steps import on_step
from tests.scale import SCALE

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2027-03-{text}").replace(tzinfo=UTC)


def resource(policy: Policy | None = None, opening: Opening | None = None, timezone: str = "UTC") -> Resource:
    return Resource(1, "R1", "room", None, (), 8, timezone, (), "", {}, False, policy or Policy(), opening)


def first(of: Resource, busy: list, *, length: timedelta, since: datetime, until: datetime, now: datetime = LONG_AGO):
    wish = wish_for(of, length, now=now, since=since, until=until)
    if wish is None:
        return None
    hours = open_ranges(of.opening, wish.where, since, until)
    return first_start(free_gaps(busy, hours, setup=wish.setup, teardown=wish.teardown), wish)


NINE_TO_FIVE = Opening((((540, 1020),),) * 5 + ((), ()), {})


def test_gaps_lie_between_what_is_busy():
    hours = [(at("01T09:00"), at("01T12:00")), (at("01T13:00"), at("01T17:00"))]
    busy = [(at("01T08:00"), at("01T09:30")), (at("01T11:00"), at("01T14:00")), (at("01T14:00"), at("01T15:00"))]
    assert free_gaps(busy, hours) == [(at("01T09:30"), at("01T11:00")), (at("01T15:00"), at("01T17:00"))]


def test_set_up_and_tear_down_keep_reserved_time_away():
    hours = [(at("01T09:00"), at("01T17:00"))]
    busy = [(at("01T08:00"), at("01T09:00")), (at("01T12:00"), at("01T13:00"))]
    assert free_gaps(busy, hours, setup=15 * MINUTE, teardown=10 * MINUTE) == [
        (at("01T09:15"), at("01T11:50")),
        (at("01T13:15"), at("01T17:00")),
    ]


def test_buffers_may_lie_outside_the_opening_hours():
    of = resource(Policy(setup_minutes=30, teardown_minutes=30), NINE_TO_FIVE)
    assert first(of, [], length=8 * HOUR, since=at("01T00:00"), until=at("02T00:00")) == at("01T09:00")


def test_a_reservation_that_does_not_end_in_time_waits_for_the_next_gap():
    of = resource(opening=NINE_TO_FIVE)
    busy = [(at("01T10:30"), at("01T16:00"))]
    assert first(of, busy, length=2 * HOUR, since=at("01T09:00"), until=at("08T00:00")) == at("02T09:00")
    assert first(of, busy, length=2 * HOUR, since=at("01T09:00"), until=at("02T11:00")) == at("02T09:00")
    assert first(of, busy, length=2 * HOUR, since=at("01T09:00"), until=at("02T10:59")) is None


def test_the_past_is_never_offered():
    of = resource()
    since, until = at("01T09:00"), at("02T09:00")
    assert first(of, [], length=HOUR, since=since, until=until, now=at("01T09:20:30")) == at("01T09:21")


@pytest.mark.parametrize(
    ("policy", "start"),
    [
        (Policy(lead_minutes_min=90), "01T10:30"),
        (Policy(granularity_minutes=30), "01T09:30"),
        (Policy(granularity_minutes=45), None),
        (Policy(minutes_min=60, minutes_max=60), "01T09:10"),
        (Policy(minutes_min=61), None),
        (Policy(minutes_max=59), None),
        (Policy(horizon_days_max=0), None),
    ],
)
def test_policy_decides_what_is_offered(policy, start):
    found = first(resource(policy), [], length=HOUR, since=at("01T09:10"), until=at("02T00:00"), now=at("01T09:00"))
    assert found == (at(start) if start else None)


def test_alternatives_are_the_nearest_times_and_do_not_overlap_each_other():
    busy = [(at("01T10:00"), at("01T11:00")), (at("01T12:30"), at("01T14:00"))]
    window = {"now": LONG_AGO, "since": at("01T00:00"), "until": at("02T00:00")}
    found = nearest_starts(resource(), busy, wanted=at("01T10:00"), length=HOUR, count=4, **window)
    assert found == [at("01T09:00"), at("01T11:00"), at("01T08:00"), at("01T07:00")]
    assert nearest_starts(resource(), [], wanted=at("01T10:00"), length=HOUR, count=2, **window) == [
        at("01T10:00"),
        at("01T09:00"),
    ]
    assert nearest_starts(resource(), [], wanted=at("01T10:00"), length=2 * DAY, count=2, **window) == []


ZONES = ["Europe/Rome", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]
NEAR_CHANGES = ["2027-03-13", "2027-03-27", "2027-04-02", "2027-10-30", "2027-11-06"]
WINDOW_MINUTES = 30 * 60

stretches = st.lists(st.tuples(st.integers(-120, WINDOW_MINUTES), st.integers(1, 300)), max_size=6)
policies = st.builds(
    Policy,
    minutes_min=st.sampled_from([None, 60]),
    minutes_max=st.sampled_from([None, 120]),
    granularity_minutes=st.sampled_from([None, 5, 30, 50, 60]),
    lead_minutes_min=st.sampled_from([None, 37]),
    horizon_days_max=st.sampled_from([None, 1]),
    setup_minutes=st.sampled_from([0, 10]),
    teardown_minutes=st.sampled_from([0, 15]),
)
hours_of_day = st.sampled_from([((0, 1440),), ((60, 210), (480, 1080)), ((0, 120), (150, 1440)), ()])
openings = st.none() | st.builds(Opening, st.tuples(*[hours_of_day] * 7), st.just({}))


def may_start(of: Resource, busy: list, start: datetime, length: timedelta, now: datetime) -> bool:
    """The rules, one by one, as a refusal would tell them."""
    policy, where, end = of.policy, ZoneInfo(of.timezone), start + length
    step = policy.granularity_minutes or 1
    occupied = (start - policy.setup_minutes * MINUTE, end + policy.teardown_minutes * MINUTE)
    return (
        start >= now + (policy.lead_minutes_min or 0) * MINUTE
        and (policy.horizon_days_max is None or start <= now + policy.horizon_days_max * DAY)
        and length >= (policy.minutes_min or 0) * MINUTE
        and (policy.minutes_max is None or length <= policy.minutes_max * MINUTE)
        and not length % (step * MINUTE)
        and on_step(start, where, step)
        and on_step(end, where, step)
        and covers(of.opening, where, start, end)
        and not any(occupied[0] < busy_end and busy_start < occupied[1] for busy_start, busy_end in busy)
    )


@settings(max_examples=75 * SCALE)
@given(
    of=st.builds(resource, policies, openings, st.sampled_from(ZONES)),
    day=st.sampled_from(NEAR_CHANGES),
    offset=st.integers(0, 1440),
    stretches=stretches,
    minutes=st.sampled_from([1, 30, 60, 100, 120, 1500]),
    now_ahead=st.sampled_from([-WINDOW_MINUTES, -2000, 0, 700]),
    wanted_at=st.integers(0, WINDOW_MINUTES),
)
def test_starts_are_what_a_look_at_every_minute_finds(of, day, offset, stretches, minutes, now_ahead, wanted_at):
    since = datetime.fromisoformat(day).replace(tzinfo=UTC) + offset * MINUTE
    until, length = since + WINDOW_MINUTES * MINUTE, minutes * MINUTE
    now = since + now_ahead * MINUTE
    busy = [(since + start * MINUTE, since + (start + taken) * MINUTE) for start, taken in stretches]
    every = [since + step * MINUTE for step in range(WINDOW_MINUTES - minutes + 1)]
    expected = [start for start in every if may_start(of, busy, start, length, now)]
    wish = wish_for(of, length, now=now, since=since, until=until)
    if wish is None:
        assert not expected
        return
    gaps = free_gaps(busy, open_ranges(of.opening, wish.where, since, until), setup=wish.setup, teardown=wish.teardown)
    assert first_start(gaps, wish) == (expected[0] if expected else None)
    assert last_start(gaps, wish) == (expected[-1] if expected else None)
    wanted = since + wanted_at * MINUTE
    found = nearest_starts(of, busy, wanted=wanted, length=length, now=now, since=since, until=until, count=3)
    assert set(found) <= set(expected)
    assert bool(found) == bool(expected)
    assert all(abs(one - two) >= length for one in found for two in found if one != two)
    later = [start for start in expected if start >= wanted]
    assume(later)
    assert later[0] in found or len(found) == 3


@given(
    marks=st.lists(st.integers(0, 200), min_size=2, max_size=12, unique=True).map(sorted),
    window=st.lists(st.integers(0, 200), min_size=2, max_size=2, unique=True).map(sorted),
)
def test_the_part_of_ranges_within_a_window(marks, window):
    base = at("01T00:00")
    ranges = [
        (base + opens * MINUTE, base + closes * MINUTE) for opens, closes in zip(marks[::2], marks[1::2], strict=False)
    ]
    start, end = (base + minute * MINUTE for minute in window)
    expected = [(max(o, start), min(c, end)) for o, c in ranges if max(o, start) < min(c, end)]
    assert list(within(ranges, start, end)) == expected
