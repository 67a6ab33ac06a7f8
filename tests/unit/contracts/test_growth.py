"""What a published event may become, and what it may not."""

from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

import orjson
import pytest

from berth.app.events.document import describe
from berth.app.events.growth import breaches
from berth.app.events.publishing import publish
from berth.app.events.vocabulary import Word
from berth.kit.outbox.event import Event
from berth.kit.refusal import Refused

TYPE = "berth.harbour.ship_sighted.v1"


@dataclass(frozen=True, slots=True)
class Place:
    """Where it was."""

    name: str
    depth_metres: float | None = None


@dataclass(frozen=True, slots=True)
class ShipSighted(Event):
    """A ship was seen."""

    type: ClassVar[str] = TYPE
    ship_id: int
    flag: Literal["red", "white"]
    crew_ids: tuple[int, ...]
    place: Place
    note: str = ""

    @property
    def subject(self) -> str:
        return f"ship/{self.ship_id}"


Document = dict[str, Any]


@pytest.fixture(scope="module")
def published() -> Document:
    return orjson.loads(orjson.dumps(describe([Word(ShipSighted, "harbour")], [])))


@pytest.fixture
def current(published: Document) -> Document:
    return deepcopy(published)


def data(document: Document, name: str = "ShipSighted") -> Document:
    return document["components"]["schemas"][name]


def payload(document: Document) -> Document:
    return document["components"]["messages"][TYPE]["payload"]["items"]["properties"]


def refused(published: Document, current: Document) -> str:
    (found,) = breaches(published, current)
    assert found.startswith(f"{TYPE}: ")
    assert found.endswith("Make it v2: a new event beside this one, which stays as it is.")
    return found


def test_nothing_changed(published: Document, current: Document) -> None:
    assert breaches(published, current) == []


def test_a_new_event_is_allowed(published: Document, current: Document) -> None:
    messages = current["components"]["messages"]
    messages["berth.harbour.ship_sighted.v2"] = deepcopy(messages[TYPE]) | {"title": "ShipSightedAgain"}
    assert breaches(published, current) == []


def test_a_new_member_that_may_be_missing_is_allowed(published: Document, current: Document) -> None:
    data(current)["properties"]["speed_knots"] = {"type": "number", "default": 0}
    data(current, "Place")["properties"]["berth"] = {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None}
    assert breaches(published, current) == []


def test_other_words_are_allowed(published: Document, current: Document) -> None:
    data(current)["description"] = "A ship was seen, or heard."
    data(current)["properties"]["ship_id"]["title"] = "Which ship"
    payload(current)["subject"]["description"] = "Which ship it was."
    assert breaches(published, current) == []


def test_a_definition_of_another_name_is_allowed(published: Document, current: Document) -> None:
    schemas = current["components"]["schemas"]
    schemas["Spot"] = schemas.pop("Place")
    data(current)["properties"]["place"]["$ref"] = "#/components/schemas/Spot"
    assert breaches(published, current) == []


def test_a_new_required_member_is_refused(published: Document, current: Document) -> None:
    data(current)["properties"]["speed_knots"] = {"type": "number"}
    data(current)["required"].append("speed_knots")
    assert "the new member data.speed_knots is required, and older events lack it" in refused(published, current)


def test_a_member_that_could_be_missing_and_is_required_is_refused(published: Document, current: Document) -> None:
    data(current)["required"].append("note")
    assert "the member data.note could be missing and is required" in refused(published, current)


def test_a_member_that_may_be_missing_all_at_once_is_refused(published: Document, current: Document) -> None:
    data(current)["required"].remove("flag")
    assert "the member data.flag was always there and may be missing" in refused(published, current)


def test_a_member_that_is_gone_is_refused(published: Document, current: Document) -> None:
    del data(current)["properties"]["note"]
    assert "the member data.note is gone" in refused(published, current)


def test_a_member_deeper_down_that_is_gone_is_refused(published: Document, current: Document) -> None:
    del data(current, "Place")["properties"]["depth_metres"]
    assert "the member data.place.depth_metres is gone" in refused(published, current)


def test_a_member_of_another_type_is_refused(published: Document, current: Document) -> None:
    data(current)["properties"]["ship_id"]["type"] = "string"
    assert "type of data.ship_id was integer and is string" in refused(published, current)


def test_items_of_another_type_are_refused(published: Document, current: Document) -> None:
    data(current)["properties"]["crew_ids"]["items"]["type"] = "string"
    assert "type of data.crew_ids[] was integer and is string" in refused(published, current)


def test_another_form_of_the_same_type_is_refused(published: Document, current: Document) -> None:
    data(current)["properties"]["note"]["format"] = "date-time"
    assert "format of data.note was not said and is date-time" in refused(published, current)


def test_a_member_that_becomes_nothing_at_times_is_refused(published: Document, current: Document) -> None:
    data(current)["properties"]["note"] = {"anyOf": [{"type": "string"}, {"type": "null"}], "default": ""}
    assert all("data.note" in one for one in breaches(published, current))
    assert breaches(published, current)


def test_another_default_is_refused_since_older_events_would_read_differently(
    published: Document, current: Document
) -> None:
    data(current)["properties"]["note"]["default"] = "none"
    assert "default of data.note was  and is none" in refused(published, current)


def test_a_narrowed_enumeration_is_refused(published: Document, current: Document) -> None:
    data(current)["properties"]["flag"]["enum"].remove("red")
    assert "data.flag can no longer be red" in refused(published, current)


def test_a_widened_enumeration_is_refused_since_listeners_of_before_cannot_read_it(
    published: Document, current: Document
) -> None:
    data(current)["properties"]["flag"]["enum"].append("black")
    assert "data.flag can now be black" in refused(published, current)


def test_an_event_that_is_gone_is_refused(published: Document, current: Document) -> None:
    del current["components"]["messages"][TYPE]
    assert "it is gone" in refused(published, current)


def test_an_event_of_another_type_is_refused(published: Document, current: Document) -> None:
    messages = current["components"]["messages"]
    messages["berth.harbour.ship_seen.v1"] = messages.pop(TYPE)
    assert "its type became berth.harbour.ship_seen.v1" in refused(published, current)


def test_subjects_of_another_form_are_refused(published: Document, current: Document) -> None:
    payload(current)["subject"]["x-form"] = "vessel/{ship_id}"
    assert "x-form of subject was ship/{ship_id} and is vessel/{ship_id}" in refused(published, current)


def test_several_breaches_are_all_told(published: Document, current: Document) -> None:
    del data(current)["properties"]["note"]
    data(current)["properties"]["ship_id"]["type"] = "string"
    assert len(breaches(published, current)) == 2


def test_the_published_document_is_not_overwritten_by_one_that_breaks_it(
    published: Document, current: Document, tmp_path: Path
) -> None:
    file = tmp_path / "events.json"
    publish(orjson.dumps(published).decode(), file)
    before = file.read_text()
    del data(current)["properties"]["note"]
    with pytest.raises(Refused, match=r"the member data\.note is gone"):
        publish(orjson.dumps(current).decode(), file)
    assert file.read_text() == before
