"""Events as bytes: CloudEvents 1.0 as a JSON batch, which is what travels through every broker."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeGuard

import orjson

from berth.kit.outbox.event import Envelope

CONTENT_TYPE = "application/cloudevents-batch+json"
NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")


class NotACloudEvent(ValueError):
    """The bytes are not events of Berth; the message says what is wrong with them."""


def encode(envelopes: Sequence[Envelope]) -> bytes:
    """Answer the events as JSON. ``traceparent`` and ``address`` are extension attributes, left out if unknown."""
    return orjson.dumps([_attributes(one) for one in envelopes], option=orjson.OPT_UTC_Z)


def decode(body: bytes) -> Sequence[Envelope]:
    """Read events, or raise ``NotACloudEvent``. Their ``data`` is the same JSON, not always the same text.

    A single event that is not in a list is read as well: that is how an older Berth sent them.
    """
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise NotACloudEvent(f"It is not JSON: {error}") from error
    if found == []:
        raise NotACloudEvent("There is no event in it.")
    return [_envelope(one) for one in (found if isinstance(found, list) else [found])]


def _attributes(envelope: Envelope) -> dict[str, Any]:
    attributes: dict[str, Any] = {
        "specversion": "1.0",
        "id": envelope.id,
        "source": envelope.source,
        "type": envelope.type,
        "subject": envelope.subject,
        "time": envelope.time,
        "datacontenttype": "application/json",
        "data": orjson.Fragment(envelope.data),
    }
    if envelope.trace_parent is not None:
        attributes["traceparent"] = envelope.trace_parent
    if envelope.address is not None:
        attributes["address"] = envelope.address
    return attributes


def _envelope(attributes: object) -> Envelope:
    if not isinstance(attributes, dict):
        raise NotACloudEvent("It is not a JSON object.")
    if attributes.get("specversion") != "1.0":
        raise NotACloudEvent("Its specversion is not 1.0.")
    source, number = _source_and_number(_text(attributes, "id"), _text(attributes, "source"))
    if attributes.get("datacontenttype", "application/json") != "application/json":
        raise NotACloudEvent("Its datacontenttype is not application/json.")
    data = attributes.get("data")
    if not isinstance(data, dict):
        raise NotACloudEvent("Its data is not an object.")
    return Envelope(
        source=source,
        number=number,
        type=_text(attributes, "type"),
        subject=_text(attributes, "subject"),
        time=_time(_text(attributes, "time")),
        data=orjson.dumps(data).decode(),
        trace_parent=_text_or_none(attributes, "traceparent"),
        address=_text_or_none(attributes, "address"),
    )


def _source_and_number(id_: str, given_source: str) -> tuple[str, int]:
    source, _, number = id_.rpartition("/")
    if not source or not NUMBER.fullmatch(number):
        raise NotACloudEvent("Its id is not a source, a slash and a number.")
    if given_source != source:
        raise NotACloudEvent("Its source is not the one in its id.")
    return source, int(number)


def _time(text: str) -> datetime:
    if not RFC_3339.fullmatch(text):
        raise NotACloudEvent("Its time is not one of RFC 3339.")
    try:
        return datetime.fromisoformat(text.upper())
    except ValueError as error:
        raise NotACloudEvent(f"Its time does not exist: {error}") from error


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and value != ""


def _text(attributes: dict[str, Any], name: str) -> str:
    value = attributes.get(name)
    if not _is_text(value):
        raise NotACloudEvent(f"Its {name} is not a text.")
    return value


def _text_or_none(attributes: dict[str, Any], name: str) -> str | None:
    return None if attributes.get(name) is None else _text(attributes, name)
