"""When a calendar from outside says that one is busy: by hand, and beside another reader of such calendars."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from berth.contracts.booking.questions import BusyTime
from berth.modules.calendar.domain.busy import Busy, merged
from berth.modules.calendar.domain.reading.expanding import Span, read_busy
from berth.modules.calendar.domain.reading.lines import FeedBroken
from tests.calendar_server import calendar

ROME = ZoneInfo("Europe/Rome")
NOW = datetime(2027, 3, 1, tzinfo=UTC)
SPAN = Span(NOW, NOW + timedelta(days=366))
LOCAL = "DTSTART;TZID=Europe/Rome:20270301T090000\r\nDTEND;TZID=Europe/Rome:20270301T100000"


def found(*events: str) -> list[str]:
    """Answer the busy times of a calendar, as day, month and hour in UTC."""
    return [f"{one.start:%d.%m. %H:%M}-{one.end:%H:%M}" for one in read_busy(calendar(*events), ROME, SPAN)]


def test_a_time_is_read_in_its_zone_or_in_that_of_who_subscribed() -> None:
    assert found("DTSTART:20270302T090000Z\r\nDURATION:PT30M") == ["02.03. 09:00-09:30"]
    assert found("DTSTART;TZID=America/New_York:20270302T090000\r\nDURATION:PT1H") == ["02.03. 14:00-15:00"]
    assert found("DTSTART;TZID=W. Europe Standard Time:20270302T090000\r\nDURATION:PT1H") == ["02.03. 08:00-09:00"]
    assert found("DTSTART:20270302T090000\r\nDURATION:PT1H") == ["02.03. 08:00-09:00"]
    assert found("DTSTART;VALUE=DATE:20270302") == ["01.03. 23:00-23:00"]


def test_a_zone_may_be_described_in_the_calendar() -> None:
    described = (
        "BEGIN:VTIMEZONE\r\nTZID:Ours\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        "TZOFFSETFROM:+0130\r\nTZOFFSETTO:+0130\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    text = calendar("DTSTART;TZID=Ours:20270302T090000\r\nDURATION:PT1H").decode()
    data = text.replace("BEGIN:VEVENT", f"{described}BEGIN:VEVENT").encode()
    [one] = read_busy(data, ROME, SPAN)
    assert one.start == datetime(2027, 3, 2, 7, 30, tzinfo=UTC)


def test_what_recurs_keeps_its_hour_on_the_wall_when_clocks_change() -> None:
    weekly = found(f"{LOCAL}\r\nRRULE:FREQ=WEEKLY;COUNT=6")
    assert [one[7:12] for one in weekly] == ["08:00"] * 4 + ["07:00"] * 2
    night = "DTSTART;TZID=Europe/Rome:20270327T023000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=3"
    assert found(night) == ["27.03. 01:30-02:30", "28.03. 01:30-02:30", "29.03. 00:30-01:30"]


def test_the_last_one_is_that_of_until_in_utc() -> None:
    assert len(found(f"{LOCAL}\r\nRRULE:FREQ=DAILY;UNTIL=20270405T070000Z")) == 36
    assert len(found(f"{LOCAL}\r\nRRULE:FREQ=DAILY;UNTIL=20270405T065959Z")) == 35
    assert len(found(f"{LOCAL}\r\nRRULE:FREQ=DAILY;UNTIL=20270405")) == 36


def test_exceptions_and_replacements_take_the_place_of_what_they_name() -> None:
    rule = f"UID:a\r\n{LOCAL}\r\nRRULE:FREQ=DAILY;COUNT=4"
    excepted = f"{rule}\r\nEXDATE;TZID=Europe/Rome:20270302T090000,20270303T090000"
    assert found(excepted) == ["01.03. 08:00-09:00", "04.03. 08:00-09:00"]
    assert len(found(f"{rule}\r\nEXDATE;VALUE=DATE:20270302")) == 3
    moved = "UID:a\r\nRECURRENCE-ID:20270302T080000Z\r\nDTSTART:20270302T120000Z\r\nDURATION:PT1H"
    assert found(rule, moved)[1] == "02.03. 12:00-13:00"
    assert len(found(rule, f"{moved}\r\nSTATUS:CANCELLED")) == 3
    added = f"{rule}\r\nRDATE;VALUE=PERIOD:20270310T080000Z/PT2H,20270311T080000Z/20270311T090000Z"
    assert found(added)[4:] == ["10.03. 08:00-10:00", "11.03. 08:00-09:00"]


def test_what_takes_no_time_is_not_busy() -> None:
    assert found(f"{LOCAL}\r\nTRANSP:TRANSPARENT", f"{LOCAL}\r\nSTATUS:CANCELLED", "DTSTART:20270302T090000Z") == []


def test_free_busy_components_are_read() -> None:
    told = "FREEBUSY:20270302T080000Z/PT1H\r\nFREEBUSY;FBTYPE=FREE:20270303T080000Z/PT1H"
    data = calendar(told).replace(b"VEVENT", b"VFREEBUSY")
    assert [one.start for one in read_busy(data, ROME, SPAN)] == [datetime(2027, 3, 2, 8, tzinfo=UTC)]


def test_folded_lines_and_escapes_are_undone() -> None:
    [one] = read_busy(
        calendar("DTSTART:20270302T09\r\n 0000Z\r\nDURATION:PT1H\r\nSUMMARY:a\\, b\\n\r\n\tc"), ROME, SPAN
    )
    assert one.title == "a, b\nc"


rules = st.builds(
    "FREQ={};INTERVAL={}{};COUNT={}".format,
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]),
    st.integers(1, 4),
    st.sampled_from(["", ";BYDAY=MO,TH", ";BYMONTH=3,10,11"]),
    st.integers(1, 60),
)


@given(rule=rules, day=st.dates(date(2026, 9, 1), date(2027, 12, 1)), hours=st.integers(1, 30), drop=st.integers(0, 20))
def test_another_reader_finds_the_same(rule: str, day: date, hours: int, drop: int) -> None:
    except_ = f"EXDATE;TZID=Europe/Rome:{day + timedelta(days=drop):%Y%m%d}T100000"
    lines = f"UID:a\r\nDTSTART;TZID=Europe/Rome:{day:%Y%m%d}T100000\r\nDURATION:PT{hours}H\r\nRRULE:{rule}\r\n{except_}"
    data = calendar(lines)
    theirs = recurring_ical_events.of(Calendar.from_ical(data)).between(SPAN.since, SPAN.until)
    ours = [one.start for one in read_busy(data, ROME, SPAN)]
    assert ours == sorted(one["DTSTART"].dt.astimezone(UTC) for one in theirs)


PIECES = """
BEGIN:VCALENDAR|END:VCALENDAR|BEGIN:VEVENT|END:VEVENT|BEGIN:VTIMEZONE|END:VTIMEZONE|BEGIN:STANDARD|END:STANDARD|TZID:X
DTSTART:20270302T090000Z|DTSTART;TZID=X:20270302T090000|DTSTART:99991231|DURATION:P1W|DURATION:-P1D|DTEND:2027|UID:a
RRULE:FREQ=YEARLY|RRULE:COUNT=3|EXDATE:20270302|RDATE:00010101T000000|RECURRENCE-ID:x|FREEBUSY:a/b|X-A;B="c":d|SUMMARY
TZOFFSETTO:+9999|TZOFFSETFROM:x|RRULE:FREQ=DAILY;COUNT=1;BYDAY=9XX|:|\\| folded
"""
pieces = st.sampled_from(PIECES.replace("\n", "|").split("|"))


@given(st.lists(pieces, max_size=14) | st.binary(max_size=200).map(lambda data: [data.decode("latin-1")]))
def test_whatever_is_sent_is_read_or_refused(lines: list[str]) -> None:
    for data in ("\r\n".join(lines).encode(), calendar("\r\n".join(lines))):
        try:
            times = read_busy(data, ROME, SPAN)
        except FeedBroken:
            continue
        assert all(one.start < one.end for one in times)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9))))
def test_merging_covers_the_same_time_and_leaves_nothing_that_touches(spans: list[tuple[int, int]]) -> None:
    minute = timedelta(minutes=1)
    joined = merged([Busy(NOW + start * minute, NOW + (start + length) * minute, "") for start, length in spans])
    covered = {start + one for start, length in spans for one in range(length)}

    def minutes(one: BusyTime) -> set[int]:
        return set(range((one.start - NOW) // minute, (one.end - NOW) // minute))

    assert {one for each in joined for one in minutes(each)} == covered
    assert all(one.end < after.start for one, after in pairwise(joined))


@pytest.mark.parametrize("text", ["FREQ=DAILY;UNTIL=soon", "FREQ=DAILY;BYHOUR=99", "COUNT=3", ";;", "FREQ="])
def test_a_rule_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(FeedBroken):
        found(f"{LOCAL}\r\nRRULE:{text}")
