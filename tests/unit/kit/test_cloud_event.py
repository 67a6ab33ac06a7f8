from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from berth.kit.bus.choose import open_bus
from berth.kit.bus.cloud_event import NotACloudEvent, decode, encode
from berth.kit.outbox.event import Envelope
from berth.kit.refusal import Refused

TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
EARLIEST, LATEST = (datetime(year, 6, 1, tzinfo=UTC).replace(tzinfo=None) for year in (1000, 9999))
ENVELOPES = st.builds(
    Envelope,
    source=st.from_regex(r"[a-z]{1,10}", fullmatch=True),
    number=st.integers(0, 2**63 - 1),
    type=TEXT,
    subject=TEXT,
    time=st.datetimes(EARLIEST, LATEST, timezones=ZONES | st.just(UTC)),
    data=st.dictionaries(TEXT, JSON, max_size=4).map(lambda data: orjson.dumps(data).decode()),
    trace_parent=st.none() | st.from_regex(r"00-[0-9a-f]{32}-[0-9a-f]{16}-01", fullmatch=True),
    address=st.none() | st.just("2001:db8::7"),
)

GOOD: dict[str, Any] = {
    "specversion": "1.0",
    "id": "booking/42",
    "source": "booking",
    "type": "berth.booking.reservation_created.v1",
    "subject": "reservation/42",
    "time": "2026-11-21T07:00:00Z",
    "datacontenttype": "application/json",
    "data": {"resource_id": 7},
}


@given(st.lists(ENVELOPES, min_size=1, max_size=4))
def test_events_survive_the_way_in_their_order(envelopes: list[Envelope]) -> None:
    assert decode(encode(envelopes)) == envelopes


def test_an_event_reads_as_cloud_events_prescribe() -> None:
    trace = "00-" + "1" * 32 + "-" + "2" * 16 + "-01"
    envelope = Envelope(
        "booking",
        42,
        "berth.booking.reservation_created.v1",
        "reservation/42",
        datetime(2026, 11, 21, 8, tzinfo=timezone(timedelta(hours=1))),
        '{"resource_id": 7}',
        trace,
        "192.0.2.7",
    )
    [written] = orjson.loads(encode([envelope]))
    assert written == {
        **GOOD,
        "time": "2026-11-21T08:00:00+01:00",
        "traceparent": trace,
        "address": "192.0.2.7",
    }
    assert all(name.isalnum() and name.islower() for name in written)


def test_what_others_may_leave_out_or_add_is_taken() -> None:
    shorter = {name: value for name, value in GOOD.items() if name != "datacontenttype"}
    assert decode(orjson.dumps([{**shorter, "partitionkey": "a"}])) == decode(orjson.dumps([GOOD]))


def test_a_single_event_as_an_older_berth_sent_it_is_taken() -> None:
    assert decode(orjson.dumps(GOOD)) == decode(orjson.dumps([GOOD]))


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"specversion": "0.3"}, "specversion"),
        ({"id": "42"}, "id"),
        ({"id": "booking/-1"}, "id"),
        ({"id": "booking/042"}, "id"),
        ({"id": 42}, "id"),
        ({"source": "catalog"}, "source"),
        ({"source": None}, "source"),
        ({"type": ""}, "type"),
        ({"subject": None}, "subject"),
        ({"time": "yesterday"}, "time"),
        ({"time": "2026-11-21T07:00:00"}, "time"),
        ({"time": "2026-13-21T07:00:00Z"}, "time"),
        ({"datacontenttype": "text/xml"}, "datacontenttype"),
        ({"data": [1]}, "data"),
        ({"data": None}, "data"),
        ({"traceparent": 1}, "traceparent"),
        ({"address": ["192.0.2.7"]}, "address"),
    ],
)
def test_what_is_no_event_is_refused_with_the_reason(changed: dict[str, Any], complaint: str) -> None:
    with pytest.raises(NotACloudEvent, match=complaint):
        decode(orjson.dumps([GOOD, {**GOOD, **changed}]))


@given(st.binary(max_size=40) | JSON.map(orjson.dumps))
def test_anything_else_is_refused(body: bytes) -> None:
    with pytest.raises(NotACloudEvent):
        decode(body)


@pytest.mark.parametrize("url", ["kafka://broker", "http://berth:secret@broker", "broker:4222", ""])
def test_a_broker_that_berth_does_not_know_is_refused_without_telling_the_password(url: str) -> None:
    with pytest.raises(Refused, match=r"nats://.*amqp://") as refused:
        open_bus(url)
    assert "secret" not in str(refused.value)
