"""The bounds of what people write: names, kinds, tags, descriptions, attributes, zones, days.

Each check answers the text as it will be kept, or raises ``ValueError`` with a sentence. Leading and
trailing white space and control characters are refused, so that what a CSV file trims is never lost.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import orjson

from berth.kit.localtime import zone

NAME_MAX = 200
KIND_MAX = 50
TAG_MAX = 50
TAGS_MAX = 50
DESCRIPTION_MAX = 2000
ATTRIBUTES_MAX = 50
ATTRIBUTE_NAME_MAX = 100
ATTRIBUTES_BYTES_MAX = 8_000
ATTRIBUTE_NUMBER_MAX = 2**53
CAPACITY_MAX = 2**31 - 1

CONTROLS = r"\x00-\x1f\x7f-\x9f"


def _line_without(characters: str) -> str:
    """Answer the pattern of one line of text that does not begin or end in white space."""
    inside, ends = f"[^{CONTROLS}{characters}]", rf"[^\s{CONTROLS}{characters}]"
    return f"^{ends}({inside}*{ends})?$"


NAME_PATTERN = _line_without("")
SITE_NAME_PATTERN = _line_without("/")
TAG_PATTERN = _line_without(",;|")
DESCRIPTION_PATTERN = r"^[^\x00]*$"


def name(text: str) -> str:
    """Check the name of a resource."""
    return _line(text, "a name", NAME_MAX, NAME_PATTERN)


def site_name(text: str) -> str:
    """Check the name of a site, which may not hold the slash that separates the names of a path."""
    return _line(text, "the name of a site", NAME_MAX, SITE_NAME_PATTERN, " or a slash")


def kind(text: str) -> str:
    """Check the kind of a resource."""
    return _line(text, "a kind", KIND_MAX, NAME_PATTERN)


def tag(text: str) -> str:
    """Check one tag."""
    return _line(text, "a tag", TAG_MAX, TAG_PATTERN, ", a comma, a semicolon or a bar")


def tags(texts: Iterable[str]) -> tuple[str, ...]:
    """Answer the tags sorted, each once."""
    found = tuple(sorted({tag(text) for text in texts}))
    if len(found) > TAGS_MAX:
        raise ValueError(f"a resource has up to {TAGS_MAX} tags")
    return found


def description(text: str) -> str:
    """Check a description, which may have several lines."""
    if len(text) > DESCRIPTION_MAX:
        raise ValueError(f"a description has up to {DESCRIPTION_MAX} characters")
    if "\0" in text:
        raise ValueError("a description holds no NUL character")
    return text


def timezone(text: str) -> str:
    """Check the name of a time zone."""
    zone(text)
    return text


def day(text: str) -> date:
    """Answer the day of a date such as ``2027-04-05``, which is the one way to write it."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise ValueError(f'{text!r} is not a date; write it as "2027-04-05"')
    return found


def attributes(found: Any) -> dict[str, Any]:
    """Check a flat object: short names with texts, numbers, true, false or null."""
    if not isinstance(found, Mapping):
        raise ValueError('attributes are a JSON object such as {"floor": "2", "hearing_loop": true}')
    if len(found) > ATTRIBUTES_MAX:
        raise ValueError(f"a resource has up to {ATTRIBUTES_MAX} attributes")
    for key, value in found.items():
        _attribute(key, value)
    if len(orjson.dumps(found)) > ATTRIBUTES_BYTES_MAX:
        raise ValueError(f"the attributes have up to {ATTRIBUTES_BYTES_MAX:,} bytes together")
    # PostgreSQL's numbers know no negative zero; adding zero takes the sign away.
    return {key: value + 0.0 if isinstance(value, float) else value for key, value in found.items()}


def _attribute(key: str, value: Any) -> None:
    if not 1 <= len(key) <= ATTRIBUTE_NAME_MAX or "\0" in key:
        raise ValueError(f"the name of an attribute has 1 to {ATTRIBUTE_NAME_MAX} characters and no NUL")
    if isinstance(value, str):
        if "\0" in value:
            raise ValueError(f"the attribute {key} holds a NUL character")
    elif isinstance(value, bool) or value is None:
        pass
    elif not isinstance(value, int | float):
        raise ValueError(f"the attribute {key} is neither a text nor a number, true, false or null")
    elif not -ATTRIBUTE_NUMBER_MAX <= value <= ATTRIBUTE_NUMBER_MAX:
        raise ValueError(f"the attribute {key} is a number beyond ±2^53; write it as a text")


def _line(text: str, what: str, length_max: int, pattern: str, nor: str = "") -> str:
    if not 1 <= len(text) <= length_max:
        raise ValueError(f"{what} has 1 to {length_max} characters")
    if not re.fullmatch(pattern, text):
        raise ValueError(f"{what} does not begin or end with white space and holds no control character{nor}")
    return text
