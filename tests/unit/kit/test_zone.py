"""What may come in as a time, and in which zone times go out."""

from datetime import UTC, datetime, timedelta, timezone

import orjson
import pytest
from pydantic import TypeAdapter, ValidationError

from berth.kit.auth import Principal, Role
from berth.kit.http.problem import Problem
from berth.kit.http.reply import encode
from berth.kit.http.zone import Moment, shown, zone_asked

MOMENT = TypeAdapter(Moment)
NINE = datetime(2027, 7, 1, 9, tzinfo=UTC)


def principal(timezone: str | None) -> Principal:
    return Principal(1, "ada", "Ada", Role.USER, timezone, 1)


@pytest.mark.parametrize("text", ["2027-07-01T09:00:00Z", "2027-07-01T11:00:00+02:00", "2027-07-01T09:00Z"])
def test_a_time_with_an_offset_becomes_an_instant(text):
    read = MOMENT.validate_python(text)
    assert read == NINE
    assert read.tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "2027-07-01T09:00:00",
        "2027-07-01",
        "1814432400",
        "-1",
        "1e-5",
        1814432400,
        "noon",
        "",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        None,
    ],
)
def test_other_times_are_refused(text):
    with pytest.raises(ValidationError):
        MOMENT.validate_python(text)


@pytest.mark.parametrize(
    ("tz", "own", "text"),
    [
        (None, None, "2027-07-01T09:00:00Z"),
        (None, "Europe/Rome", "2027-07-01T11:00:00+02:00"),
        ("Asia/Kolkata", "Europe/Rome", "2027-07-01T14:30:00+05:30"),
        ("UTC", "Europe/Rome", "2027-07-01T09:00:00Z"),
        (None, "No/Longer", "2027-07-01T09:00:00Z"),
    ],
)
async def test_the_zone_is_the_one_asked_for_else_the_callers_else_utc(tz, own, text):
    elsewhere = NINE.astimezone(timezone(timedelta(hours=-3)))
    assert orjson.loads(encode(shown(elsewhere, (await zone_asked(tz)).of(principal(own))))) == text


@pytest.mark.parametrize("tz", ["", "Rome", "CEST+2", "../../etc/passwd", "europe/rome "])
async def test_an_unknown_zone_is_refused(tz):
    with pytest.raises(Problem) as refused:
        await zone_asked(tz)
    assert refused.value.status == 422
