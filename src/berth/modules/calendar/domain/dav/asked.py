"""What a client asks for: which properties, of which items."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from berth.kit.reading.xml import Element, Name, NotXml
from berth.modules.calendar.domain.dav.xml import CALDAV, DAV
from berth.modules.calendar.domain.items import Item

HREFS_MAX = 5_000
INSTANT = re.compile(r"(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z")
FIRST, LAST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


class NotSupported(ValueError):
    """The filter asks for something that is not answered here; the message says what."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The properties that are wanted; ``names`` is none for all that are usual, ``only_names`` without their values."""

    names: tuple[Name, ...] | None
    only_names: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Which items a calendar-query wants: those within a time, and with this UID if one is given; or none at all."""

    start: datetime
    end: datetime
    uid: str | None
    nothing: bool

    def fits(self, item: Item) -> bool:
        """Tell whether an item is wanted."""
        if self.nothing or (self.uid is not None and item.uid != self.uid):
            return False
        return item.end > self.start and item.start < self.end


def wanted(root: Element | None) -> Wanted:
    """Answer what a PROPFIND or a report asks of each item; no body, or no names, asks for all that is usual."""
    if root is None or root.one((DAV, "allprop")) is not None:
        return Wanted(None)
    if root.one((DAV, "propname")) is not None:
        return Wanted(None, only_names=True)
    properties = root.one((DAV, "prop"))
    return Wanted(None if properties is None else tuple(dict.fromkeys(one.name for one in properties.children)))


def hrefs(root: Element) -> Sequence[str]:
    """Answer the paths that a calendar-multiget names."""
    found = [one.text.strip() for one in root.all((DAV, "href"))]
    if len(found) > HREFS_MAX:
        raise NotXml(f"More than {HREFS_MAX} items are asked for at once.")
    return found


def query(root: Element) -> Query:
    """Answer what a calendar-query filters by; raise ``NotSupported`` for a filter that is not answered here."""
    start, end, uid, nothing = FIRST, LAST, None, False
    filtering = root.one((CALDAV, "filter"))
    calendar = filtering.one((CALDAV, "comp-filter")) if filtering else None
    for component in calendar.all((CALDAV, "comp-filter")) if calendar else ():
        # There are events here, and nothing else.
        nothing = nothing or component.attributes.get("name", "").upper() != "VEVENT"
        for part in component.children:
            if part.name == (CALDAV, "time-range"):
                start, end = _instant(part, "start", FIRST), _instant(part, "end", LAST)
            elif part.name == (CALDAV, "prop-filter"):
                uid = _uid(part)
            elif part.name == (CALDAV, "is-not-defined"):
                nothing = True
            else:
                raise NotSupported(f"A filter by {part.name[1]} is not answered here.")
    return Query(start, end, uid, nothing)


def _instant(part: Element, name: str, otherwise: datetime) -> datetime:
    text = part.attributes.get(name)
    if text is None:
        return otherwise
    found = INSTANT.fullmatch(text)
    try:
        if found is None:
            raise ValueError(text)
        year, month, day, hour, minute, second = map(int, found.groups())
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError as error:
        raise NotXml(f"The {name} of a time range is written like 20270301T000000Z.") from error


def _uid(part: Element) -> str:
    match = part.one((CALDAV, "text-match"))
    if part.attributes.get("name", "").upper() != "UID" or match is None:
        raise NotSupported("Properties are filtered by the text of the UID alone.")
    if match.attributes.get("negate-condition") == "yes":
        raise NotSupported("A filter by the UID cannot be negated.")
    return match.text
