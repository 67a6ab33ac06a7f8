"""What seating tells of its venues."""

from dataclasses import dataclass
from typing import ClassVar

from berth.kit.outbox.event import Event


@dataclass(frozen=True, slots=True)
class VenueEvent(Event):
    """The base of what administrators do to a venue. ``resource_id`` is what is reserved while it is used."""

    venue_id: int
    actor_id: int
    name: str
    resource_id: int

    @property
    def subject(self) -> str:
        """Name the venue."""
        return f"venue/{self.venue_id}"


@dataclass(frozen=True, slots=True)
class VenueAdded(VenueEvent):
    """There is a new venue; it has no seats yet."""

    type: ClassVar[str] = "berth.seating.venue_added.v1"


@dataclass(frozen=True, slots=True)
class VenueRenamed(VenueEvent):
    """A venue has another name."""

    type: ClassVar[str] = "berth.seating.venue_renamed.v1"
    before: str


@dataclass(frozen=True, slots=True)
class VenueRemoved(VenueEvent):
    """A venue takes no events any more."""

    type: ClassVar[str] = "berth.seating.venue_removed.v1"


@dataclass(frozen=True, slots=True)
class SeatMapSaved(VenueEvent):
    """A venue has a new version of its seat map; ``capacity`` counts those without seats, too."""

    type: ClassVar[str] = "berth.seating.seat_map_saved.v1"
    version: int
    seat_count: int
    capacity: int
