"""XML from outside, read within bounds and without anything that a document could define or fetch."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers.expat import ExpatError, ParserCreate

Name = tuple[str, str]
"""A namespace and a name in it."""


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


@dataclass(frozen=True, slots=True)
class Bounds:
    """How large a document may be. With ``typed`` it may say its type, but still declare no entities."""

    bytes_max: int
    elements_max: int
    depth_max: int
    typed: bool = False


class _Builder:
    """Takes what the parser finds, and refuses what nobody needs: declarations, and more than is sensible."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self.root = Element(("", ""), {})
        self._open = [self.root]
        self._count = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > self._bounds.elements_max or len(self._open) > self._bounds.depth_max:
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


def read_xml(data: bytes, bounds: Bounds) -> Element | None:
    """Answer the root of a document, none of an empty one; raise ``NotXml`` if it cannot be read."""
    if not data.strip():
        return None
    if len(data) > bounds.bytes_max:
        raise NotXml(f"The document has more than {bounds.bytes_max // 1024} KiB.")
    builder = _Builder(bounds)
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = builder.begin
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    if not bounds.typed:
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
