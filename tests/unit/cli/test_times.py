"""What people type for durations and moments, and what they read."""

import contextlib
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berth.edges.cli.failure import Misused
from berth.edges.cli.times import (
    DASH,
    DAYS_MAX,
    is_local,
    parse_duration,
    parse_minutes,
    parse_moment,
    show_duration,
    show_range,
)
from berth.kit.localtime import exists

ROME = ZoneInfo("Europe/Rome")
ZONES = [ROME, ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Asia/Kolkata"), ZoneInfo("UTC")]
NOW = datetime(2027, 3, 1, 7, 30, 20, tzinfo=UTC)

minutes = st.integers(1, DAYS_MAX * 1440)
zones = st.sampled_from(ZONES)
wall_clocks = st.datetimes(datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2100-01-01")).map(
    lambda moment: moment.replace(second=0, microsecond=0, fold=0)
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [("1h30m", 90), ("90m", 90), ("2h", 120), ("1d", 1440), ("1d2h5m", 1565), ("1H 30M", 90), ("45min", 45)],
)
def test_a_duration_is_written_in_days_hours_and_minutes(text: str, meant: int) -> None:
    assert parse_duration(text) == timedelta(minutes=meant)


@pytest.mark.parametrize("text", ["", "90", "1.5h", "h", "30m1h", "-1h", "0m", "1h30", "9999999h", "99999d", "٣h"])
def test_anything_else_is_not_a_duration(text: str) -> None:
    with pytest.raises(Misused):
        parse_duration(text)


@given(minutes)
def test_a_duration_reads_as_it_is_shown(count: int) -> None:
    length = timedelta(minutes=count)
    assert parse_duration(show_duration(length)) == length


def test_a_plain_number_in_a_policy_means_minutes() -> None:
    assert [parse_minutes(text) for text in ("0", "90", "1h30m")] == [0, 90, 90]


@given(st.text(max_size=20))
def test_any_text_is_a_moment_or_a_clear_refusal(text: str) -> None:
    with contextlib.suppress(Misused):
        assert parse_moment(text, ROME, NOW).instant.tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2027-03-01T09:00", "2027-03-01T08:00Z"),
        ("2027-03-01 09:00", "2027-03-01T08:00Z"),
        ("2027-03-01", "2027-02-28T23:00Z"),
        ("2027-03-01T24:00", "2027-03-01T23:00Z"),
        ("2027-03-01T09:00+05:30", "2027-03-01T03:30Z"),
        ("2027-03-01T09:00Z", "2027-03-01T09:00Z"),
        ("09:00", "2027-03-01T08:00Z"),
        ("9:00", "2027-03-01T08:00Z"),
        ("today 24:00", "2027-03-01T23:00Z"),
        ("tomorrow 09:00", "2027-03-02T08:00Z"),
        ("Tomorrow", "2027-03-01T23:00Z"),
        ("now", "2027-03-01T07:31Z"),
    ],
)
def test_a_moment_without_an_offset_is_on_the_clock_of_the_zone(text: str, meant: str) -> None:
    assert parse_moment(text, ROME, NOW).instant == datetime.fromisoformat(meant)


def test_today_is_the_day_that_it_is_there() -> None:
    late = datetime(2027, 3, 1, 23, 30, tzinfo=UTC)
    assert parse_moment("09:00", ROME, late).instant == datetime(2027, 3, 2, 8, tzinfo=UTC)
    assert parse_moment("09:00", ZoneInfo("America/New_York"), late).instant == datetime(2027, 3, 1, 14, tzinfo=UTC)


@pytest.mark.parametrize("text", ["25:00", "09:60", "24:01", "tomorrow noon", "yesterday", "2027-02-30T09:00", "", "9"])
def test_a_time_that_no_clock_shows_is_refused(text: str) -> None:
    with pytest.raises(Misused):
        parse_moment(text, ROME, NOW)


@pytest.mark.parametrize(
    ("where", "skipped", "moved"),
    [
        ("Europe/Rome", "2027-03-28T02:30", "03:30"),
        ("America/New_York", "2027-03-14T02:30", "03:30"),
        ("Australia/Lord_Howe", "2027-10-03T02:15", "02:45"),
    ],
)
def test_a_skipped_time_moves_on_by_the_gap_and_the_person_is_told(where: str, skipped: str, moved: str) -> None:
    moment = parse_moment(skipped, ZoneInfo(where), NOW)
    assert f"{moment.instant.astimezone(ZoneInfo(where)):%H:%M}" == moved
    assert moment.note is not None
    assert "does not exist" in moment.note
    assert moved in moment.note


@pytest.mark.parametrize(
    ("where", "repeated", "first"),
    [
        ("Europe/Rome", "2027-10-31T02:30", "2027-10-31T00:30Z"),
        ("America/New_York", "2027-11-07T01:30", "2027-11-07T05:30Z"),
        ("Australia/Lord_Howe", "2027-04-04T01:45", "2027-04-03T14:45Z"),
    ],
)
def test_a_repeated_time_means_its_first_occurrence_and_the_person_is_told(
    where: str, repeated: str, first: str
) -> None:
    moment = parse_moment(repeated, ZoneInfo(where), NOW)
    assert moment.instant == datetime.fromisoformat(first)
    assert moment.note is not None
    assert "happens twice" in moment.note


@given(wall_clocks, zones)
def test_a_local_time_is_read_as_written_unless_the_person_is_told(local: datetime, where: ZoneInfo) -> None:
    moment = parse_moment(local.isoformat(timespec="minutes"), where, NOW)
    same = moment.instant.astimezone(where).replace(tzinfo=None, fold=0) == local
    assert same is exists(local, where)
    assert same or moment.note


@given(wall_clocks, zones, minutes.filter(lambda count: count < 3 * 1440))
def test_what_is_shown_names_the_zone_and_no_two_ranges_look_the_same(
    local: datetime, where: ZoneInfo, count: int
) -> None:
    start = parse_moment(local.isoformat(), where, NOW).instant
    end = start + timedelta(minutes=count)
    shown = show_range(start, end, where)
    assert shown.endswith(f" {where.key}")
    assert shown != show_range(start, end + timedelta(hours=1), where)
    assert shown != show_range(start + timedelta(hours=1), end + timedelta(hours=1), where)


def test_a_range_names_its_day_once_and_its_offset_where_the_clock_alone_is_ambiguous() -> None:
    def shown(start: str, end: str) -> str:
        return show_range(datetime.fromisoformat(start), datetime.fromisoformat(end), ROME).replace(DASH, "-")

    assert shown("2027-03-01T08:00Z", "2027-03-01T09:00Z") == "Mon 2027-03-01 09:00-10:00 Europe/Rome"
    assert shown("2027-03-01T19:00Z", "2027-03-01T23:00Z") == "Mon 2027-03-01 20:00-24:00 Europe/Rome"
    assert shown("2027-03-01T21:00Z", "2027-03-02T01:00Z") == (
        "Mon 2027-03-01 22:00 - Tue 2027-03-02 02:00 Europe/Rome"
    )
    assert shown("2027-10-31T00:30Z", "2027-10-31T01:30Z") == "Sun 2027-10-31 02:30+02:00-02:30+01:00 Europe/Rome"


def test_a_zone_is_needed_only_for_a_time_without_an_offset() -> None:
    assert [is_local(text) for text in ("now", "2027-03-01T09:00Z", "2027-03-01T09:00", "09:00", "tomorrow")] == [
        False,
        False,
        True,
        True,
        True,
    ]
