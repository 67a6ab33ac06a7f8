"""What is promised to listeners is kept, and written down."""

import json
from pathlib import Path

from berth.app.events.document import events_document
from berth.app.events.growth import breaches

PUBLISHED = Path(__file__).parents[2] / "docs" / "events.json"


def test_no_published_event_is_broken() -> None:
    found = breaches(json.loads(PUBLISHED.read_text()), json.loads(events_document()))
    assert found == [], "\n".join(found)


def test_the_published_document_is_current() -> None:
    current = f"{events_document()}\n" == PUBLISHED.read_text()
    assert current, "run `make docs` and commit docs/events.json"
