"""What became free for a saved search: in words, and where the app shows it."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any
from urllib.parse import urlencode

from berth.modules.notifications.domain import writing
from berth.modules.notifications.domain.languages.words import Part, Words
from berth.modules.notifications.domain.writing import one_line

TIMES_MAX = 3
"""So many times are named; of more, only how many there are."""

Span = tuple[datetime, datetime]


def slot_ids(data: Mapping[str, Any]) -> list[int]:
    """Answer the ids of the resources that became free, each once."""
    return list(dict.fromkeys(one["resource_id"] for one in data.get("slots") or ()))


def spans(data: Mapping[str, Any]) -> dict[Span, list[int]]:
    """Answer the times that became free, each with the resources that are free then."""
    found: dict[Span, list[int]] = {}
    for one in data.get("slots") or ():
        time = datetime.fromisoformat(one["start"]), datetime.fromisoformat(one["end"])
        found.setdefault(time, []).append(one["resource_id"])
    return found


def told(data: Mapping[str, Any], names: Mapping[int, str], where: tzinfo, words: Words) -> str:
    """Answer what became free, and when: ``Room 12 and Room 14, Monday …; Room 12, Tuesday …; 2 more``."""
    found = list(spans(data).items())
    more = [words.parts[Part.MORE].format(count=len(found) - TIMES_MAX)] if len(found) > TIMES_MAX else []
    shown = [f"{named(ids, names, words)}, {writing.span(*time, where, words)}" for time, ids in found[:TIMES_MAX]]
    return "; ".join([*shown, *more])


def named(ids: Sequence[int], names: Mapping[int, str], words: Words) -> str:
    """Answer what these resources are called, as a sentence lists them."""
    return writing.listed(
        [one_line(names.get(id_, "")) or words.parts[Part.RESOURCE].format(id=id_) for id_ in ids], words
    )


def find_path(data: Mapping[str, Any]) -> str:
    """Answer the path of the page that finds what the search finds, with what it asks for behind the ``?``.

    The app reads each value as JSON where it is some, so that a text which looks like JSON is written as such.
    """
    wish = data["any_of"]
    asked = {
        "text": wish.get("text"),
        "site": wish.get("site_id"),
        "capacity": wish.get("capacity_min"),
        "tags": wish.get("tags") or None,
        "kind": wish.get("kind"),
        "from": data["start"],
        "until": data["end"],
        "minutes": data.get("minutes"),
        "view": "list",
    }
    return "/find?" + urlencode({name: _written(value) for name, value in asked.items() if value is not None})


def _written(value: Any) -> str:
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        json.loads(value)
    except ValueError:
        return value
    return json.dumps(value, ensure_ascii=False)
