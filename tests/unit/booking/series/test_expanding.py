"""Expansion gives what python-dateutil gives on naive times, and what a look at every day gives."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berth.kit.localtime import resolve, zone
from berth.modules.booking.domain.series.expanding import expanded
from berth.modules.booking.domain.series.rule import COUNT_MAX, Rule, parse, written
from berth.modules.booking.domain.series.value import Series, occurrences
from tests.scale import SCALE
from tests.unit.booking.series.reference import by_dateutil, day_by_day, rules

ZONES = (
    "America/New_York",
    "Europe/Rome",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Chatham",
    "UTC",
)
FOUR_YEARS = timedelta(days=1461)
EARLIEST, LATEST = datetime.fromisoformat("2009-01-01T00:00"), datetime.fromisoformat("2036-01-01T00:00")
starts = st.datetimes(EARLIEST, LATEST).map(lambda one: one.replace(second=0, microsecond=0))


def series_of(rule: Rule, start: datetime, where: str, **more: object) -> Series:
    return Series(
        id=1,
        owner_id=7,
        created_by=7,
        title="Seminar",
        description=None,
        resource_ids=(1,),
        timezone=where,
        starts=start,
        length=timedelta(hours=1),
        rule=written(rule),
        exdates=more.pop("exdates", ()),
        rdates=more.pop("rdates", ()),
        term_id=None,
        skip_holidays=True,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        **more,
    )


@pytest.mark.proof
@pytest.mark.timeout(300 * SCALE)
@settings(max_examples=2000 * SCALE if SCALE > 1 else 300, deadline=None)
@given(st.data())
def test_a_rule_gives_what_dateutil_and_a_look_at_every_day_give(data: st.DataObject) -> None:
    start = data.draw(starts)
    rule = data.draw(rules(start))
    limit = start + FOUR_YEARS
    found = list(expanded(rule, start, limit))
    assert found == day_by_day(rule, start, limit)
    # It looks for a rule that never fits until the year 9999, which takes it seconds.
    if found:
        assert found == by_dateutil(rule, start, found[-1] if rule.count == len(found) else limit)
    for where in map(zone, ZONES):
        assert parse(written(rule), where) == rule
        instants = list(occurrences(series_of(rule, start, where.key), resolve(limit, where)))
        due = [(local, resolve(local, where)) for local in found]
        assert [(one.local, one.start) for one in instants] == [one for one in due if one[1] <= resolve(limit, where)]
        assert all(one.end - one.start == timedelta(hours=1) for one in instants)


@pytest.mark.parametrize(
    ("where", "start", "expected"),
    [
        ("Europe/Rome", "2027-03-27T10:00", ["2027-03-27T09:00", "2027-03-28T08:00"]),
        ("Europe/Rome", "2027-03-27T02:30", ["2027-03-27T01:30", "2027-03-28T01:30"]),
        ("Europe/Rome", "2027-10-30T02:30", ["2027-10-30T00:30", "2027-10-31T00:30", "2027-11-01T01:30"]),
        ("America/New_York", "2027-03-13T02:30", ["2027-03-13T07:30", "2027-03-14T07:30"]),
        ("Australia/Lord_Howe", "2027-10-02T02:15", ["2027-10-01T15:45", "2027-10-02T15:45"]),
    ],
)
def test_ten_stays_ten_across_the_change_of_clocks(where: str, start: str, expected: list[str]) -> None:
    first = datetime.fromisoformat(start)
    rule = parse(f"FREQ=DAILY;COUNT={len(expected)}", zone(where))
    found = occurrences(series_of(rule, first, where), datetime(2028, 1, 1, tzinfo=UTC))
    assert [one.start for one in found] == [datetime.fromisoformat(f"{one}+00:00") for one in expected]


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2",
        "FREQ=MONTHLY;BYMONTHDAY=30;BYMONTH=2",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31;BYSETPOS=1",
        "FREQ=YEARLY;BYDAY=53MO;BYMONTHDAY=1;INTERVAL=1000",
        f"FREQ=YEARLY;INTERVAL=1000;COUNT={COUNT_MAX}",
    ],
)
def test_a_rule_that_hardly_ever_fits_ends_soon(text: str) -> None:
    rule = parse(text, zone("UTC"))
    began = time.process_time()
    assert (
        len(
            list(expanded(rule, datetime.fromisoformat("2027-03-01T10:00"), datetime.fromisoformat("2037-03-01T00:00")))
        )
        <= 1
    )
    assert time.process_time() - began < 0.5


def test_extra_and_excluded_days_and_the_bounds_of_a_split() -> None:
    rule = parse("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=6", zone("UTC"))
    start = datetime.fromisoformat("2027-03-02T10:00")
    days = [datetime.fromisoformat(one) for one in ("2027-03-16T10:00", "2027-03-06T09:00", "2027-05-01T00:00")]
    whole = series_of(rule, start, "UTC", exdates=(days[0],), rdates=tuple(days[1:]))
    limit = datetime(2028, 1, 1, tzinfo=UTC)
    names = [f"{one.local:%m-%d %H}" for one in occurrences(whole, limit)]
    assert names == ["03-02 10", "03-04 10", "03-06 09", "03-18 10", "03-30 10", "04-01 10", "05-01 00"]
    at = datetime.fromisoformat("2027-03-18T10:00")
    halves = [{"ends_before": at}, {"begins": at}]
    parts = [
        occurrences(series_of(rule, start, "UTC", exdates=whole.exdates, rdates=whole.rdates, **one), limit)
        for one in halves
    ]
    assert [f"{one.local:%m-%d %H}" for part in parts for one in part] == names
    later = [one.local for one in occurrences(whole, limit, after=at)]
    assert [f"{one:%m-%d %H}" for one in later] == names[4:]
    moved = list(occurrences(series_of(rule, start, "UTC", shift=timedelta(days=1, hours=1)), limit))
    assert (moved[0].local, moved[0].start) == (start, datetime(2027, 3, 3, 11, tzinfo=UTC))
