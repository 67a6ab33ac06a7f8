"""The committed document of events, which is what listeners were promised."""

import json
from pathlib import Path

from berth.app.events.growth import breaches
from berth.kit.refusal import Refused


def publish(document: str, into: Path) -> None:
    """Write the document to the file; one that breaks what the file promises is refused, and the file kept."""
    if into.exists():
        found = breaches(json.loads(into.read_text()), json.loads(document))
        if found:
            raise Refused("These events are promised to listeners:\n" + "\n".join(found))
    into.write_text(f"{document}\n")
