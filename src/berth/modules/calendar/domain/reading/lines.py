"""Calendar text as components and their lines, within bounds. Only what tells when somebody is busy is kept."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

BYTES_MAX = 5 * 1024 * 1024
DEPTH_MAX = 6
EVENTS_MAX = 50_000
KEPT = frozenset(
    {
        *("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"),
        *("UID", "STATUS", "TRANSP", "SUMMARY", "FREEBUSY", "TZID"),
    }
)
FOLD = re.compile(r"\r?\n[ \t]")
NAME = re.compile(r"([A-Za-z0-9-]+)(?=[;:])")
PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"]*"|[^";:]*)')
ESCAPED = re.compile(r"\\([\\;,nN])")


class FeedBroken(ValueError):
    """The calendar cannot be read; the message is a sentence for who subscribed to it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A property: its name and parameters in capitals, and its value as it was written."""

    name: str
    parameters: Mapping[str, str]
    value: str

    @property
    def text(self) -> str:
        """Answer the value as text, without escapes."""
        return ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)


@dataclass(slots=True)
class Component:
    """A component with the lines that are kept of it; ``source`` is the whole text of a time zone."""

    name: str
    lines: list[Line] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)
    source: list[str] = field(default_factory=list)

    def one(self, name: str) -> Line | None:
        """Answer the first line of this name, if there is one."""
        return next((one for one in self.lines if one.name == name), None)

    def all(self, name: str) -> Iterator[Line]:
        """Answer all lines of this name."""
        return (one for one in self.lines if one.name == name)


def components(data: bytes) -> list[Component]:
    """Answer the components inside all calendars of a file; raise ``FeedBroken`` if it is none."""
    text = FOLD.sub("", _decoded(data))
    root = Component("")
    stack = [root]
    events = 0
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        found = NAME.match(line)
        if found is None:
            raise FeedBroken(f"Line {number} is no line of a calendar: {line[:60]!r}.")
        name = found[1].upper()
        if len(stack) == 1 and (name, line[found.end() + 1 :].strip().upper()) != ("BEGIN", "VCALENDAR"):
            raise FeedBroken(f"This is no calendar: line {number} should say BEGIN:VCALENDAR, and is {line[:60]!r}.")
        if name == "BEGIN":
            events += 1
            _begin(stack, line, number, events)
        elif name == "END":
            _end(stack, line, number)
        elif name in KEPT or stack[-1].source:
            _keep(stack, name, line, found.end(), number)
    if len(stack) > 1:
        raise FeedBroken(f"The calendar is cut off: END:{stack[-1].name} is missing.")
    if not root.parts:
        raise FeedBroken("This is no calendar: it is empty.")
    return [one for calendar in root.parts for one in calendar.parts]


def _decoded(data: bytes) -> str:
    if len(data) > BYTES_MAX:
        raise FeedBroken(f"The calendar has more than {BYTES_MAX // 1024 // 1024} MB.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FeedBroken(f"The calendar is not in UTF-8 (byte {error.start}); have it exported in UTF-8.") from error
    if "\0" in text:
        raise FeedBroken("The calendar is not in UTF-8 text: it has zero bytes in it.")
    return text


def _begin(stack: list[Component], line: str, number: int, events: int) -> None:
    if len(stack) > DEPTH_MAX:
        raise FeedBroken(f"Line {number}: components are nested more than {DEPTH_MAX} deep.")
    if events > EVENTS_MAX:
        raise FeedBroken(f"The calendar has more than {EVENTS_MAX:,} components.")
    made = Component(line.partition(":")[2].strip().upper())
    if made.name == "VTIMEZONE" or stack[-1].source:
        made.source = stack[-1].source or [""]
        made.source.append(line)
    stack[-1].parts.append(made)
    stack.append(made)


def _end(stack: list[Component], line: str, number: int) -> None:
    name = line.partition(":")[2].strip().upper()
    if name != stack[-1].name:
        raise FeedBroken(f"Line {number} ends {name[:40]!r}, but {stack[-1].name} is open.")
    if stack[-1].source:
        stack[-1].source.append(line)
    stack.pop()


def _keep(stack: list[Component], name: str, line: str, at: int, number: int) -> None:
    if stack[-1].source:
        stack[-1].source.append(line)
    if name not in KEPT:
        return
    parameters = {}
    while line[at : at + 1] == ";":
        found = PARAMETER.match(line, at)
        if found is None:
            raise FeedBroken(f"Line {number} has a parameter that cannot be read: {line[:60]!r}.")
        parameters[found[1].upper()] = found[2].strip('"')
        at = found.end()
    if line[at : at + 1] != ":":
        raise FeedBroken(f"Line {number} has no value: {line[:60]!r}.")
    stack[-1].lines.append(Line(name, parameters, line[at + 1 :].strip()))
