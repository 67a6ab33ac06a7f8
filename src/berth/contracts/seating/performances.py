"""What is on in a venue, and how its seats stand; seating tells it, and answers how they stand now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Protocol

from berth.kit.outbox.event import Event


@dataclass(frozen=True, slots=True)
class PerformanceEvent(Event):
    """The base of what administrators do to a performance."""

    performance_id: int
    actor_id: int
    name: str
    venue_id: int
    resource_id: int
    start: datetime
    end: datetime

    @property
    def subject(self) -> str:
        """Name the performance."""
        return f"performance/{self.performance_id}"


@dataclass(frozen=True, slots=True)
class PerformanceAdded(PerformanceEvent):
    """Something is on, and occupies the venue's resource; its seats are those of this version of the map."""

    type: ClassVar[str] = "berth.seating.performance_added.v1"
    map_version: int
    capacity: int


@dataclass(frozen=True, slots=True)
class PerformanceChanged(PerformanceEvent):
    """A performance was changed; ``before`` and ``after`` hold the members that are others now."""

    type: ClassVar[str] = "berth.seating.performance_changed.v1"
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PerformanceCancelled(PerformanceEvent):
    """A performance does not take place; all its orders are cancelled and returned."""

    type: ClassVar[str] = "berth.seating.performance_cancelled.v1"
    reason: str


@dataclass(frozen=True, slots=True)
class AreaTaken:
    """How many people of an area are held or sold now; the version grows with each change."""

    key: str
    taken: int
    version: int


@dataclass(frozen=True, slots=True)
class SeatsChanged(Event):
    """Seats of a performance came into a state together: ``free``, ``held``, ``sold`` or ``blocked``.

    ``seats`` are pairs of place and version: the place is the seat's number in the map, from 0 in the order of
    sections, rows and seats, and the version grows with each change of that seat. ``person_id`` is whom they are held
    for or sold to.
    """

    type: ClassVar[str] = "berth.seating.seats_changed.v1"
    performance_id: int
    actor_id: int
    state: str
    seats: tuple[tuple[int, ...], ...]
    areas: tuple[AreaTaken, ...]
    person_id: int | None

    @property
    def subject(self) -> str:
        """Name the performance."""
        return f"performance/{self.performance_id}"


@dataclass(frozen=True, slots=True)
class AreaNow:
    """How an area stands: how many people there is room for, and how many of that are held or sold."""

    key: str
    capacity: int
    taken: int
    version: int


@dataclass(frozen=True, slots=True)
class SeatsNow:
    """How all seats of a performance stand, by place.

    ``states`` has a letter for each: ``f`` free, ``h`` held, ``s`` sold, ``b`` blocked. ``versions`` are theirs.
    """

    performance_id: int
    states: str
    versions: tuple[int, ...]
    areas: tuple[AreaNow, ...]


class Seating(Protocol):
    """The questions that seating answers."""

    async def seats(self, *, performance_id: int) -> SeatsNow | None:
        """Answer how the seats of a performance stand; none if there is no such performance."""
        ...

    async def tickets(self, *, order_id: int) -> str | None:
        """Answer the tickets of an order as a PDF in base64, in the buyer's language; none if none of them is good."""
        ...
