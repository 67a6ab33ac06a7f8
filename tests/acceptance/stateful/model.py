"""What a calendar should do, in plain Python: a list of who occupies what, and a loop that looks through it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass
class Room:
    """A room; all times are minutes."""

    id: int
    capacity: int
    setup: int = 0
    teardown: int = 0
    retired: bool = False
    occupied: dict[int, tuple[int, int]] = field(default_factory=dict)

    def free(self, start: int, end: int, ignoring: int | None = None) -> bool:
        return not any(
            start < until and since < end for who, (since, until) in self.occupied.items() if who != ignoring
        )

    def buffered(self, start: int, end: int) -> tuple[int, int]:
        return start - self.setup, end + self.teardown


@dataclass
class Reservation:
    """A reservation of one person."""

    id: int
    owner: int
    rooms: tuple[int, ...]
    start: int
    end: int
    cancelled: bool = False
    version: int = 1


class Calendar:
    """Rooms and what occupies them; each verb answers the status that it must get."""

    def __init__(self, rooms: Iterable[Room]) -> None:
        self.rooms = {room.id: room for room in rooms}
        self.reservations: dict[int, Reservation] = {}
        self.blackouts: dict[int, tuple[int, ...]] = {}

    def status_of(self, ids: Sequence[int], start: int, end: int, ignoring: int | None = None, good: int = 201) -> int:
        """Answer what placing a reservation must answer."""
        rooms = [self.rooms[id_] for id_ in ids]
        if any(room.retired for room in rooms):
            return 422
        return good if all(room.free(*room.buffered(start, end), ignoring) for room in rooms) else 409

    def any_of(self, capacity_min: int, start: int, end: int) -> tuple[int, int | None]:
        """Answer the status, and the room that must be taken."""
        fitting = [room for room in self.rooms.values() if room.capacity >= capacity_min and not room.retired]
        free = [room for room in fitting if room.free(*room.buffered(start, end))]
        if free:
            return 201, min(free, key=lambda room: (room.capacity, room.id)).id
        return (409 if fitting else 422), None

    def occupy(self, occupant: int, ids: Sequence[int], start: int, end: int, *, buffered: bool = True) -> None:
        """Take the rooms; whatever the occupant held is given back."""
        self.vacate(occupant)
        for id_ in ids:
            room = self.rooms[id_]
            room.occupied[occupant] = room.buffered(start, end) if buffered else (start, end)

    def vacate(self, occupant: int) -> None:
        for room in self.rooms.values():
            room.occupied.pop(occupant, None)
