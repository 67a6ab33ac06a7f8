"""The AsyncAPI document is sound, and says who sends and who receives what.

No Python package brings the meta schema of AsyncAPI 3.0, so its rules for the parts that we use are stated here.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import jsonschema_rs
import orjson
import pytest

from berth import contracts
from berth.app.events.document import describe
from berth.app.events.vocabulary import vocabulary
from berth.contracts.booking.reservation import ReservationCancelled
from berth.kit.module import Built, Module
from berth.kit.outbox.subscription import Group

CREATED, CANCELLED = "berth.booking.reservation_created.v1", "berth.booking.reservation_cancelled.v1"

Json = Mapping[str, Any]


def module(name: str, *groups: Group) -> Module:
    return Module(name=name, package="", build=lambda _: Built(), groups=groups)


@pytest.fixture(scope="module")
def document() -> Json:
    everything = [module("booking"), module("access", Group("audit"), Group("doors", frozenset({CREATED})))]
    written = describe(vocabulary(contracts), everything)
    return orjson.loads(orjson.dumps(written))


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from ([part["$ref"]] if isinstance(part.get("$ref"), str) else [])
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from references(one)


def resolved(document: Any, reference: str) -> Any:
    assert reference.startswith("#/")
    for part in reference.removeprefix("#/").split("/"):
        document = document[part]
    return document


def validator(document: Json, type_: str) -> Any:
    message = document["components"]["messages"][type_]
    return jsonschema_rs.Draft7Validator({**message["payload"], "components": document["components"]})


def test_the_document_has_the_parts_of_asyncapi(document: Json) -> None:
    assert document["asyncapi"] == "3.0.0"
    assert document.keys() <= {"asyncapi", "info", "defaultContentType", "channels", "operations", "components"}
    assert document["info"].keys() >= {"title", "version"}
    for channel in document["channels"].values():
        assert channel.keys() <= {"address", "title", "messages"}
        assert all(message.keys() == {"$ref"} for message in channel["messages"].values())
    for operation in document["operations"].values():
        assert operation.keys() <= {"action", "channel", "summary", "messages"}
        assert operation["action"] in {"send", "receive"}
        channel = resolved(document, operation["channel"]["$ref"])
        assert channel in document["channels"].values()
        prefix = f"{operation['channel']['$ref']}/messages/"
        assert all(one["$ref"].startswith(prefix) for one in operation["messages"]), "messages of its own channel"
    for message in document["components"]["messages"].values():
        assert message.keys() <= {"name", "title", "summary", "contentType", "payload"}
        assert message["summary"]


def test_every_reference_leads_somewhere(document: Json) -> None:
    found = set(references(document))
    assert found
    for reference in found:
        assert resolved(document, reference)


def test_there_is_a_channel_a_message_and_a_sender_for_each_event(document: Json) -> None:
    types = {one.type for one in vocabulary(contracts)}
    assert set(document["channels"]) == set(document["components"]["messages"]) == types
    senders = [name for name, one in document["operations"].items() if one["action"] == "send"]
    assert sorted(senders) == sorted(f"{type_.split('.')[1]}.sends.{type_}" for type_ in types)


def test_each_group_receives_what_it_wants(document: Json) -> None:
    received = [name for name, one in document["operations"].items() if one["action"] == "receive"]
    everything = [f"access.audit.receives.{one.type}" for one in vocabulary(contracts)]
    assert sorted(received) == sorted([*everything, f"access.doors.receives.{CREATED}"])


def test_docstrings_describe(document: Json) -> None:
    assert document["components"]["messages"][CREATED]["summary"] == "A slot was taken."
    assert document["components"]["schemas"]["ReservationCreated"]["description"] == "A slot was taken."


def test_an_event_as_it_travels_is_valid_and_another_is_not(document: Json) -> None:
    when = datetime(2027, 3, 1, 9, tzinfo=UTC)
    event = ReservationCancelled(
        reservation_id=7,
        state="cancelled",
        owner_id=1,
        actor_id=2,
        title="Seminar",
        resource_ids=(3, 4),
        start=when,
        end=when,
        reason=None,
    )
    travelling = {
        "specversion": "1.0",
        "id": "booking/42",
        "source": "booking",
        "type": event.type,
        "subject": event.subject,
        "time": "2027-03-01T09:00:00Z",
        "datacontenttype": "application/json",
        "data": orjson.loads(event.data()),
    }
    check = validator(document, CANCELLED)
    assert [str(one) for one in check.iter_errors([travelling, travelling])] == []
    more = {"address": "192.0.2.7", "traceparent": f"00-{'a' * 32}-{'b' * 16}-01"}
    assert check.is_valid([travelling | more])
    for wrong in ({"type": CREATED}, {"id": "42"}, {"data": {}}, {"source": "catalog"}, {"traceparent": "none"}):
        assert not check.is_valid([travelling, travelling | wrong]), wrong
    assert not check.is_valid([{name: value for name, value in travelling.items() if name != "time"}])
    assert not check.is_valid([])
    assert not check.is_valid(travelling)


def test_the_schemas_are_of_the_json_schema_that_asyncapi_reads(document: Json) -> None:
    for type_ in document["components"]["messages"]:
        assert validator(document, type_)
    assert "prefixItems" not in str(document["components"]), "fixed tuples are unknown to draft 7: make it a dataclass"
