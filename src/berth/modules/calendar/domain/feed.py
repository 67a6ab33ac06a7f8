"""Feeds: private addresses under which a calendar is read."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FeedKind(StrEnum):
    """What a feed shows: what a person reserved, or what takes a resource, or all resources at and below a site."""

    PERSON = "person"
    RESOURCE = "resource"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed; ``content_hash`` and ``changed_at`` tell when what it shows changed last, as far as anybody looked."""

    id: int
    kind: FeedKind
    subject_id: int
    titles: bool
    created_by: int
    created_at: datetime
    read_at: datetime | None
    content_hash: bytes | None
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class AppPassword:
    """A password for a calendar program, as far as Berth still knows it."""

    id: int
    person_id: int
    name: str
    created_at: datetime
    used_at: datetime | None


def may_make(*, is_admin: bool, caller_id: int, kind: FeedKind, subject_id: int, titles: bool) -> str | None:
    """Answer why somebody may not make such a feed, as a sentence; none if it may be made."""
    if kind is FeedKind.PERSON:
        return None if subject_id == caller_id else "A feed of a person can be made by that person alone."
    if titles and not is_admin:
        return "A feed with titles is for administrators; leave titles out to see when it is busy."
    return None
