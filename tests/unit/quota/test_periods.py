"""Periods follow each other without a gap and without an overlap, whatever the clocks of a zone do."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berth.contracts.catalog import Term
from berth.kit.localtime import zone
from berth.modules.quota.domain.allowances import Per
from berth.modules.quota.domain.periods import Period, Place, day_at, period_at

ZONES = (
    "UTC",
    "Europe/Rome",
    "America/Toronto",
    "America/St_Johns",  # clocks went back across midnight until 2011
    "America/Havana",  # midnight is skipped, and happens twice
    "Asia/Beirut",
    "Australia/Lord_Howe",  # half an hour
    "Pacific/Apia",  # 30 December 2011 did not happen
    "Pacific/Chatham",
    "Africa/Casablanca",
)
places = st.sampled_from(ZONES).map(lambda name: Place(zone(name)))
instants = st.integers(15 * 365 * 24 * 60, 90 * 365 * 24 * 60).map(
    lambda minute: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
)
pers = st.sampled_from([Per.DAY, Per.WEEK, Per.MONTH])


def found(per: Per, instant: datetime, place: Place) -> Period:
    period = period_at(per, instant, place, ())
    assert period is not None
    return period


@given(pers, instants, places)
def test_an_instant_lies_in_its_period_and_the_next_begins_where_it_ends(
    per: Per, instant: datetime, place: Place
) -> None:
    period = found(per, instant, place)
    assert period.start <= instant < period.end == period.renews_at
    following = found(per, period.end, place)
    assert following.start == period.end
    assert following.key > period.key


@given(pers, instants, instants, places)
def test_two_instants_have_one_period_if_and_only_if_neither_is_beyond_the_others(
    per: Per, one: datetime, other: datetime, place: Place
) -> None:
    mine, theirs = found(per, one, place), found(per, other, place)
    assert (mine == theirs) == (mine.start <= other < mine.end)
    assert (mine.key == theirs.key) == (mine == theirs)


@given(instants, places)
def test_weeks_begin_on_mondays_and_months_on_their_first_day(instant: datetime, place: Place) -> None:
    week, month = found(Per.WEEK, instant, place), found(Per.MONTH, instant, place)
    assert date.fromisoformat(week.key.removeprefix("week/")).weekday() == 0
    assert month.key.endswith("-01")
    assert week.start.astimezone(place.timezone).date() == date.fromisoformat(week.key.removeprefix("week/"))


@given(instants, st.sampled_from(ZONES), st.sampled_from(ZONES))
def test_a_week_has_the_same_key_in_all_zones_whose_clocks_show_the_same_day(
    instant: datetime, one: str, other: str
) -> None:
    same = day_at(instant, zone(one)) == day_at(instant, zone(other))
    keys = {found(Per.DAY, instant, Place(zone(name))).key for name in (one, other)}
    assert (len(keys) == 1) == same


@pytest.mark.parametrize(
    ("name", "at", "per", "start", "end"),
    [
        ("Europe/Rome", "2027-03-28T12:00Z", Per.DAY, "2027-03-27T23:00Z", "2027-03-28T22:00Z"),
        ("Europe/Rome", "2027-10-31T23:30Z", Per.WEEK, "2027-10-31T23:00Z", "2027-11-07T23:00Z"),
        ("America/Toronto", "2027-03-01T04:59Z", Per.WEEK, "2027-02-22T05:00Z", "2027-03-01T05:00Z"),
        ("Australia/Lord_Howe", "2027-04-03T18:00Z", Per.DAY, "2027-04-03T13:00Z", "2027-04-04T13:30Z"),
        ("Pacific/Chatham", "2027-02-28T12:00Z", Per.MONTH, "2027-02-28T10:15Z", "2027-03-31T10:15Z"),
        ("Pacific/Apia", "2011-12-30T10:00Z", Per.DAY, "2011-12-30T10:00Z", "2011-12-31T10:00Z"),
        ("Pacific/Apia", "2011-12-30T09:59Z", Per.DAY, "2011-12-29T10:00Z", "2011-12-30T10:00Z"),
        ("Pacific/Apia", "2011-12-30T09:59Z", Per.WEEK, "2011-12-26T10:00Z", "2012-01-01T10:00Z"),
        ("America/Havana", "2027-03-14T05:00Z", Per.DAY, "2027-03-14T05:00Z", "2027-03-15T04:00Z"),
        ("America/St_Johns", "2010-11-07T02:31Z", Per.DAY, "2010-11-07T02:30Z", "2010-11-08T03:30Z"),
    ],
)
def test_periods_are_those_of_the_wall_clock(name: str, at: str, per: Per, start: str, end: str) -> None:
    period = found(per, datetime.fromisoformat(at), Place(zone(name)))
    assert (period.start, period.end) == (datetime.fromisoformat(start), datetime.fromisoformat(end))


CAMPUS, LAB = 1, 2
ROME = zone("Europe/Rome")
SPRING = Term(1, CAMPUS, "Spring", date(2027, 3, 1), date(2027, 6, 13))
AUTUMN = Term(2, CAMPUS, "Autumn", date(2027, 9, 20), date(2027, 12, 19))
SHORT = Term(3, LAB, "Short", date(2027, 4, 1), date(2027, 4, 30))
TERMS = (SPRING, SHORT, AUTUMN)


def term_at(day: date, *site_ids: int) -> Period | None:
    noon = datetime(day.year, day.month, day.day, 11, tzinfo=UTC)
    return period_at(Per.TERM, noon, Place(ROME, site_ids), TERMS)


def test_a_term_runs_through_its_last_day_and_renews_when_the_next_begins() -> None:
    spring = Period(
        "term/1",
        datetime(2027, 2, 28, 23, tzinfo=UTC),
        datetime(2027, 6, 13, 22, tzinfo=UTC),
        datetime(2027, 9, 19, 22, tzinfo=UTC),
    )
    assert term_at(date(2027, 3, 1), CAMPUS) == term_at(date(2027, 6, 13), CAMPUS) == spring
    autumn = term_at(date(2027, 9, 20), CAMPUS)
    assert autumn is not None
    assert autumn.renews_at is None


def test_outside_of_terms_and_at_sites_without_any_there_is_no_period() -> None:
    assert term_at(date(2027, 2, 28), CAMPUS) is None
    assert term_at(date(2027, 7, 1), CAMPUS) is None
    assert term_at(date(2027, 4, 1), 99) is None
    assert term_at(date(2027, 4, 1)) is None


def test_the_term_of_the_nearest_site_holds() -> None:
    near, far = term_at(date(2027, 4, 30), CAMPUS, LAB), term_at(date(2027, 5, 1), CAMPUS, LAB)
    assert near is not None
    assert far is not None
    assert (near.key, far.key) == ("term/3", "term/1")
    assert near.end - near.start == timedelta(days=30)
