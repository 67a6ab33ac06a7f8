"""What a venue is."""

from dataclasses import dataclass
from datetime import datetime

from berth.modules.seating.domain.seat_map.value import SeatMap


@dataclass(frozen=True, slots=True)
class Venue:
    """A place with seats. What takes place in it occupies the resource; ``map_version`` is 0 until it has a map."""

    id: int
    name: str
    resource_id: int
    map_version: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class SavedMap:
    """A version of a venue's map."""

    version: int
    content: SeatMap
    saved_by: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class MapVersion:
    """What is told of a version without its seats."""

    version: int
    seat_count: int
    capacity: int
    saved_by: int
    saved_at: datetime
