"""What happens to saved searches, for whoever listens; booking tells it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from berth.kit.outbox.event import Event


@dataclass(frozen=True, slots=True)
class SearchEvent(Event):
    """What every event of a saved search carries; ``actor_id`` is 0 if the clock did it."""

    search_id: int
    owner_id: int
    actor_id: int
    name: str

    @property
    def subject(self) -> str:
        """Name the search."""
        return f"search/{self.search_id}"


@dataclass(frozen=True, slots=True)
class SearchFor:
    """What a resource has to be like, as in a query of the catalogue."""

    text: str | None
    kind: str | None
    tags: tuple[str, ...]
    site_id: int | None
    capacity_min: int | None


@dataclass(frozen=True, slots=True)
class FreeSlot:
    """A resource that is free for a time, and may be reserved for it."""

    resource_id: int
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class SearchSaved(SearchEvent):
    """Somebody keeps a search: for the whole time or, with ``minutes``, for so long within it."""

    type: ClassVar[str] = "berth.booking.search_saved.v1"
    any_of: SearchFor
    start: datetime
    end: datetime
    minutes: int | None
    notify: bool


@dataclass(frozen=True, slots=True)
class SearchChanged(SearchEvent):
    """A search has another name, or its owner wants to be told of it or not; ``changes`` names the members."""

    type: ClassVar[str] = "berth.booking.search_changed.v1"
    changes: tuple[str, ...]
    notify: bool


@dataclass(frozen=True, slots=True)
class SearchMatched(SearchEvent):
    """Something that fits a search became free, and nothing is kept for anybody.

    ``slots`` are the first of what is free, by their starts; ``more`` tells whether there were others. The rest is
    the search, so that it can be run anew.
    """

    type: ClassVar[str] = "berth.booking.search_matched.v1"
    any_of: SearchFor
    start: datetime
    end: datetime
    minutes: int | None
    slots: tuple[FreeSlot, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class SearchEnded(SearchEvent):
    """A search is over: ``how`` is ``removed``, or ``expired`` if its time has passed."""

    type: ClassVar[str] = "berth.booking.search_ended.v1"
    how: str
