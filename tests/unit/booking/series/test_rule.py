"""Which rules are taken, and what is said of those that are not."""

from datetime import datetime

import pytest

from berth.kit.localtime import zone
from berth.modules.booking.domain.series.rule import Freq, NotTaken, Rule, parse, written

ROME = zone("Europe/Rome")


def test_a_rule_is_read_as_rfc_5545_writes_it() -> None:
    rule = parse("RRULE:freq=monthly;interval=2;byday=2TU,-1FR;bysetpos=1;wkst=SU;until=20270630", ROME)
    assert rule == Rule(
        Freq.MONTHLY,
        interval=2,
        by_day=((-1, 4), (2, 1)),
        by_set_pos=(1,),
        week_start=6,
        until=datetime.fromisoformat("2027-06-30T23:59:59"),
    )
    assert written(parse("FREQ=WEEKLY;BYDAY=TU;COUNT=4", ROME)) == "FREQ=WEEKLY;BYDAY=TU;COUNT=4"


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("20270630T100000", datetime.fromisoformat("2027-06-30T10:00")),
        ("20270630T080000Z", datetime.fromisoformat("2027-06-30T10:00")),
        ("20271231T080000Z", datetime.fromisoformat("2027-12-31T09:00")),
    ],
)
def test_an_end_in_utc_is_one_of_the_zone(text: str, until: datetime) -> None:
    assert parse(f"FREQ=DAILY;UNTIL={text}", ROME).until == until


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("FREQ=HOURLY", "recurs by days at least"),
        ("FREQ=SECONDLY;COUNT=3", "recurs by days at least"),
        ("FREQ=OFTEN", "begins with FREQ"),
        ("COUNT=3", "begins with FREQ"),
        ("", "is no part of a rule"),
        ("FREQ=DAILY;FREQ=DAILY", "is no part of a rule"),
        ("FREQ=DAILY;BYHOUR=9", "time of day is that of the start"),
        ("FREQ=YEARLY;BYWEEKNO=20", "BYMONTH"),
        ("FREQ=YEARLY;BYEASTER=0", "no part"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20270101", "not by both"),
        ("FREQ=DAILY;COUNT=0", "from 1 to"),
        ("FREQ=DAILY;COUNT=99999999999999", "from 1 to"),
        ("FREQ=DAILY;INTERVAL=0", "from 1 to"),
        ("FREQ=DAILY;INTERVAL=\u0663", "from 1 to"),
        ("FREQ=DAILY;UNTIL=tomorrow", "is a day such as"),
        ("FREQ=DAILY;UNTIL=20270231", "is a day such as"),
        ("FREQ=WEEKLY;BYDAY=2TU", "MONTHLY or YEARLY"),
        ("FREQ=WEEKLY;BYDAY=XX", "takes weekdays"),
        ("FREQ=WEEKLY;WKST=NO", "is a weekday"),
        ("FREQ=MONTHLY;BYDAY=6TU", "five times"),
        ("FREQ=MONTHLY;BYDAY=MO,2TU", "or at none"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "from 1 to 31"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "from 1 to 31"),
        ("FREQ=MONTHLY;BYMONTH=-1", "no negative"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "take MONTHLY"),
        ("FREQ=WEEKLY;BYDAY=MO;BYSETPOS=1", "MONTHLY or YEARLY"),
        ("FREQ=MONTHLY;BYSETPOS=1", "chooses among days"),
        ("FREQ=DAILY;" * 60, "500 characters"),
    ],
)
def test_what_is_not_taken_is_refused_with_a_sentence(text: str, word: str) -> None:
    with pytest.raises(NotTaken, match=word):
        parse(text, ROME)
