"""XML as CalDAV clients send it, read within bounds and without anything that a document could define or fetch."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from xml.parsers.expat import ExpatError, ParserCreate

BYTES_MAX = 256 * 1024
ELEMENTS_MAX = 10_000
DEPTH_MAX = 32

Name = tuple[str, str]
"""A namespace and a name in it."""

DAV, CALDAV, SERVER = "DAV:", "urn:ietf:params:xml:ns:caldav", "http://calendarserver.org/ns/"
PREFIXES = {DAV: "D", CALDAV: "C", SERVER: "CS"}


class NotXml(ValueError):
    """The text is not XML that is read here; the message says why."""


@dataclass(slots=True)
class Element:
    """An element: its name, its attributes without namespaces, its text, and what is in it."""

    name: Name
    attributes: dict[str, str]
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def one(self, name: Name) -> "Element | None":
        """Answer the first child of this name, if there is one."""
        return next((one for one in self.children if one.name == name), None)

    def all(self, name: Name) -> Iterator["Element"]:
        """Answer all children of this name."""
        return (one for one in self.children if one.name == name)


class _Builder:
    """Takes what the parser finds, and refuses what nobody needs: declarations, and more than is sensible."""

    def __init__(self) -> None:
        self.root = Element(("", ""), {})
        self._open = [self.root]
        self._count = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > ELEMENTS_MAX or len(self._open) > DEPTH_MAX:
            raise NotXml("The document has too many elements, or nests them too deeply.")
        made = Element(_name(name), attributes)
        self._open[-1].children.append(made)
        self._open.append(made)

    def end(self, _name: str) -> None:
        self._open.pop()

    def text(self, text: str) -> None:
        self._open[-1].text += text

    def refuse(self, *_: object) -> None:
        raise NotXml("The document declares a type or entities, which is not read.")


def read_xml(data: bytes) -> Element | None:
    """Answer the root of a document, none of an empty one; raise ``NotXml`` if it cannot be read."""
    if not data.strip():
        return None
    if len(data) > BYTES_MAX:
        raise NotXml(f"The document has more than {BYTES_MAX // 1024} KiB.")
    builder = _Builder()
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = builder.begin
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    parser.StartDoctypeDeclHandler = builder.refuse
    parser.EntityDeclHandler = builder.refuse
    try:
        parser.Parse(data, True)
    except (ExpatError, UnicodeError, LookupError, ValueError) as error:
        if isinstance(error, NotXml):
            raise
        raise NotXml(f"The document is not XML: {error}.") from error
    return builder.root.children[0]


def _name(text: str) -> Name:
    namespace, _, name = text.rpartition(" ")
    return namespace, name


def element(name: Name, content: str = "") -> str:
    """Answer an element as text; ``content`` is XML."""
    namespace, local = name
    prefix = PREFIXES.get(namespace)
    opening = f"{prefix}:{local}" if prefix else f'x:{local} xmlns:x="{escape(namespace)}"' if namespace else local
    closing = opening.partition(" ")[0]
    return f"<{opening}>{content}</{closing}>" if content else f"<{opening}/>"


def text_of(value: str) -> str:
    """Answer a text as XML."""
    return escape(value, quote=False)


def document(name: Name, content: str) -> bytes:
    """Answer a whole document."""
    known = " ".join(f'xmlns:{prefix}="{namespace}"' for namespace, prefix in PREFIXES.items())
    made = element(name, content)
    opening = f"{PREFIXES[name[0]]}:{name[1]}"
    return f'<?xml version="1.0" encoding="utf-8"?>\n{made.replace(opening, f"{opening} {known}", 1)}\n'.encode()
