"""A seat map: where the seats of a venue are, and what they are like.

Lengths are whole centimetres of the hall: ``x`` grows to the right as the audience sees it, ``y`` away from the stage.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Category:
    """What seats are priced by."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat of a row. ``accessible`` is for a wheelchair, ``companion`` for whoever comes with one."""

    key: str
    x: int
    y: int
    category: str
    accessible: bool = False
    companion: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Seats beside each other: each is the neighbour of the one before it, unless an aisle lies ``after`` that.

    ``aisles_after`` names the seats behind which one does.
    """

    key: str
    seats: tuple[Seat, ...]
    aisles_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Rows, the one nearest to the stage first."""

    key: str
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """Room for so many people who have no seats; ``outline`` are the corners of what it covers."""

    key: str
    name: str
    category: str
    capacity: int
    outline: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SeatMap:
    """All places of a venue."""

    categories: tuple[Category, ...]
    sections: tuple[Section, ...] = ()
    areas: tuple[Area, ...] = ()

    def seats(self) -> Iterator[tuple[str, Seat]]:
        """Answer each seat with its id, such as ``stalls/A/12``: it stays the same in later versions of the map."""
        for section in self.sections:
            for row in section.rows:
                for seat in row.seats:
                    yield f"{section.key}/{row.key}/{seat.key}", seat

    @property
    def seat_count(self) -> int:
        """Answer how many seats there are, areas left out."""
        return sum(len(row.seats) for section in self.sections for row in section.rows)

    @property
    def capacity(self) -> int:
        """Answer how many people there is room for."""
        return self.seat_count + sum(one.capacity for one in self.areas)
