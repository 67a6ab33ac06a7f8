"""The tree that CalDAV clients see: the root, a person, that person's home, one collection, and its items."""

from collections.abc import Mapping
from dataclasses import dataclass

from berth.kit.reading.xml import Name
from berth.modules.calendar.domain.dav.asked import Wanted
from berth.modules.calendar.domain.dav.xml import CALDAV, DAV, SERVER, element, text_of
from berth.modules.calendar.domain.items import Item
from berth.modules.calendar.domain.writing import MEDIA_TYPE, calendar_text

ROOT = "/caldav/"
DATA: Name = (CALDAV, "calendar-data")
REPORTS: tuple[Name, ...] = (
    (CALDAV, "calendar-query"),
    (CALDAV, "calendar-multiget"),
    (DAV, "sync-collection"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """Whose tree it is."""

    id: int
    name: str

    @property
    def principal(self) -> str:
        """Answer the path of the person."""
        return f"{ROOT}principals/{self.id}/"

    @property
    def home(self) -> str:
        """Answer the path of the person's calendars."""
        return f"{ROOT}calendars/{self.id}/"

    @property
    def collection(self) -> str:
        """Answer the path of what the person reserved."""
        return f"{self.home}reservations/"

    def item(self, reservation_id: int) -> str:
        """Answer the path of one reservation."""
        return f"{self.collection}{reservation_id}.ics"


Node = tuple[str, Mapping[Name, str]]
"""A path, and the properties of what is there as XML."""


def root(person: Person) -> Node:
    """Answer the entrance."""
    return ROOT, _usual(person, "Berth", element((DAV, "collection")))


def principal(person: Person) -> Node:
    """Answer the person."""
    kinds = element((DAV, "collection")) + element((DAV, "principal"))
    return person.principal, {
        **_usual(person, person.name, kinds),
        (CALDAV, "calendar-home-set"): _href(person.home),
        (CALDAV, "calendar-user-address-set"): _href(person.principal),
    }


def home(person: Person) -> Node:
    """Answer where the person's calendars are."""
    return person.home, _usual(person, person.name, element((DAV, "collection")))


def collection(person: Person, token: str) -> Node:
    """Answer what the person reserved, as of a sync token."""
    kinds = element((DAV, "collection")) + element((CALDAV, "calendar"))
    reports = (element((DAV, "supported-report"), element((DAV, "report"), element(one))) for one in REPORTS)
    return person.collection, {
        **_usual(person, "Berth", kinds),
        (CALDAV, "calendar-description"): "What you reserved in Berth",
        (CALDAV, "supported-calendar-component-set"): '<C:comp name="VEVENT"/>',
        (CALDAV, "supported-calendar-data"): '<C:calendar-data content-type="text/calendar" version="2.0"/>',
        (DAV, "supported-report-set"): "".join(reports),
        (DAV, "sync-token"): text_of(token),
        (SERVER, "getctag"): text_of(token),
        (DAV, "getetag"): f'"{text_of(token)}"',
    }


def item(person: Person, reservation_id: int, one: Item, asked: Wanted) -> Node:
    """Answer one reservation; its text is written for who asks for that, and not for who asks for everything."""
    text = {DATA: text_of(calendar_text([one]).decode())} if DATA in (asked.names or ()) else {}
    return person.item(reservation_id), {
        (DAV, "resourcetype"): "",
        (DAV, "displayname"): text_of(one.summary),
        (DAV, "getcontenttype"): f"{MEDIA_TYPE}; component=VEVENT",
        (DAV, "getetag"): f'"{one.etag}"',
        (DAV, "getlastmodified"): one.changed_at.strftime("%a, %d %b %Y %H:%M:%S GMT"),
        (DAV, "owner"): _href(person.principal),
        (DAV, "current-user-principal"): _href(person.principal),
        (DAV, "current-user-privilege-set"): _may_read(),
        **text,
    }


def answered(node: Node, asked: Wanted) -> str:
    """Answer what was asked of a node: the properties that it has, and those that it has not."""
    path, has = node
    names = tuple(has) if asked.names is None else asked.names
    there = "".join(element(name, "" if asked.only_names else has[name]) for name in names if name in has)
    missing = "".join(element(name) for name in names if name not in has)
    found = element((DAV, "href"), text_of(path))
    if there or not missing:
        found += _status(there, "200 OK")
    if missing:
        found += _status(missing, "404 Not Found")
    return element((DAV, "response"), found)


def missing(path: str) -> str:
    """Answer that there is nothing at a path."""
    return element(
        (DAV, "response"),
        element((DAV, "href"), text_of(path)) + element((DAV, "status"), "HTTP/1.1 404 Not Found"),
    )


def _usual(person: Person, name: str, kinds: str) -> dict[Name, str]:
    return {
        (DAV, "resourcetype"): kinds,
        (DAV, "displayname"): text_of(name),
        (DAV, "current-user-principal"): _href(person.principal),
        (DAV, "principal-URL"): _href(person.principal),
        (DAV, "principal-collection-set"): _href(f"{ROOT}principals/"),
        (DAV, "owner"): _href(person.principal),
        (DAV, "current-user-privilege-set"): _may_read(),
    }


def _href(path: str) -> str:
    return element((DAV, "href"), text_of(path))


def _may_read() -> str:
    found = (element((DAV, "privilege"), element((DAV, one))) for one in ("read", "read-current-user-privilege-set"))
    return "".join(found)


def _status(properties: str, status: str) -> str:
    return element((DAV, "propstat"), f"<D:prop>{properties}</D:prop>" + element((DAV, "status"), f"HTTP/1.1 {status}"))
