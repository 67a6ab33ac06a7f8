"""Reservations and blackouts as entries of a calendar."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from berth.contracts.booking.questions import Closure, Entry

DAYS_BACK, DAYS_AHEAD = 30, 366
TENTATIVE = frozenset({"held", "pending"})
GONE = frozenset({"cancelled", "expired", "no_show"})
FORM = "1"
"""Grows when the same entries are written otherwise, so that programs fetch them anew."""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry. ``uid`` never changes, ``sequence`` grows with each change; ``status`` is one of RFC 5545."""

    uid: str
    sequence: int
    created_at: datetime
    changed_at: datetime
    start: datetime
    end: datetime
    summary: str
    location: str
    description: str
    url: str
    status: str

    @property
    def etag(self) -> str:
        """Answer a tag of all that it shows."""
        return fingerprint("item", [self]).hex()[:32]


@dataclass(frozen=True, slots=True)
class Names:
    """What things are called, by their ids."""

    resources: Mapping[int, str]
    people: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where this Berth is reached: its address without a slash at the end, and its host, which UIDs end in."""

    origin: str
    host: str


def window(now: datetime) -> tuple[datetime, datetime]:
    """Answer the time that calendars show: whole days of UTC, so that it moves once a day."""
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD)


def of_reservation(entry: Entry, names: Names, place: Place, *, titles: bool, owner: bool) -> Item:
    """Answer a reservation as an entry: with its title or only as busy, and with who reserved it if ``owner``."""
    what = ", ".join(names.resources.get(id_, f"#{id_}") for id_ in entry.resource_ids)
    said = [f"Reserved by {names.people.get(entry.owner_id, 'somebody')}." if owner else "", entry.description or ""]
    return Item(
        uid=f"reservation-{entry.id}@{place.host}",
        sequence=entry.version - 1,
        created_at=entry.created_at,
        changed_at=entry.changed_at,
        start=entry.start,
        end=entry.end,
        summary=plain(entry.title or what) if titles else "Busy",
        location=plain(what),
        description=plain("\n".join(filter(None, said))) if titles else "",
        url=f"{place.origin}/reservations/{entry.id}" if titles else "",
        status="CANCELLED" if entry.state in GONE else "TENTATIVE" if entry.state in TENTATIVE else "CONFIRMED",
    )


def of_closure(closure: Closure, names: Names, place: Place, *, titles: bool) -> Item:
    """Answer a blackout as an entry."""
    return Item(
        uid=f"blackout-{closure.id}@{place.host}",
        sequence=0,
        created_at=closure.created_at,
        changed_at=closure.created_at,
        start=closure.start,
        end=closure.end,
        summary=plain(closure.reason) if titles else "Closed",
        location=plain(", ".join(names.resources.get(id_, f"#{id_}") for id_ in closure.resource_ids)),
        description="",
        url="",
        status="CONFIRMED",
    )


def fingerprint(name: str, items: Iterable[Item]) -> bytes:
    """Answer a hash of all that a calendar shows: it is the same as long as nothing changes."""
    found = sha256(f"{FORM} {name!r}".encode())
    for one in items:
        found.update(repr(one).encode("utf-8", "surrogatepass"))
    return found.digest()


def plain(text: str) -> str:
    """Answer the text without control characters, which neither iCalendar nor XML can hold."""
    return "".join(one for one in text.replace("\r\n", "\n") if one == "\n" or (one.isprintable() or one == "\t"))
