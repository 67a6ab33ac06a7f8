"""XML as CalDAV writes it, and within which bounds that of its clients is read."""

from html import escape

from berth.kit.reading.xml import Bounds, Name

BOUNDS = Bounds(bytes_max=256 * 1024, elements_max=10_000, depth_max=32)

DAV, CALDAV, SERVER = "DAV:", "urn:ietf:params:xml:ns:caldav", "http://calendarserver.org/ns/"
PREFIXES = {DAV: "D", CALDAV: "C", SERVER: "CS"}


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
