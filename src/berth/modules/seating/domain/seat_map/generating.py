"""Makes a section from a few numbers: so many rows of so many seats, numbered, in straight lines or in curves."""

from dataclasses import dataclass
from enum import StrEnum
from math import cos, radians, sin
from string import ascii_uppercase

from berth.modules.seating.domain.seat_map.value import Row, Seat, Section


class Numbering(StrEnum):
    """How the seats of a row are numbered, as the audience sees them."""

    FROM_LEFT = "from_left"
    FROM_RIGHT = "from_right"
    ODD_LEFT = "odd_left"
    """From the middle: 1, 3, 5 … to the left and 2, 4, 6 … to the right, as theatres do."""


class RowNames(StrEnum):
    """How rows are named, from the stage."""

    LETTERS = "letters"
    NUMBERS = "numbers"


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a section is made from.

    The middle of its first row is at ``x``, ``y``. Seats are ``seat_pitch`` apart, from middle to middle, rows
    ``row_pitch``, and each aisle takes ``aisle_width``; all in centimetres. ``aisles_after`` counts seats from the
    left. The first row is bent around the stage by ``curve_degrees``, and those behind it are parallel to it.
    ``growing`` is how many seats each row has more than the one before it.
    """

    key: str
    name: str
    category: str
    rows: int
    seats: int
    growing: int = 0
    row_names: RowNames = RowNames.LETTERS
    numbering: Numbering = Numbering.FROM_LEFT
    seat_pitch: int = 55
    row_pitch: int = 90
    aisles_after: tuple[int, ...] = ()
    aisle_width: int = 120
    curve_degrees: int = 0
    x: int = 0
    y: int = 0


def generated(pattern: Pattern) -> Section:
    """Answer the section of a pattern."""
    rows = []
    for number in range(pattern.rows):
        count = max(pattern.seats + number * pattern.growing, 1)
        keys = _numbers(count, pattern.numbering)
        places = _along(pattern, count)
        seats = tuple(Seat(keys[one], *_bent(pattern, places[one], number), pattern.category) for one in range(count))
        aisles = tuple(keys[after - 1] for after in sorted(pattern.aisles_after) if 0 < after < count)
        rows.append(Row(_row_name(number, pattern.row_names), seats, aisles))
    return Section(pattern.key, pattern.name, tuple(rows))


def _numbers(count: int, numbering: Numbering) -> list[str]:
    match numbering:
        case Numbering.FROM_LEFT:
            found = list(range(1, count + 1))
        case Numbering.FROM_RIGHT:
            found = list(range(count, 0, -1))
        case Numbering.ODD_LEFT:
            left = (count + 1) // 2
            found = [2 * one - 1 for one in range(left, 0, -1)] + [2 * one for one in range(1, count - left + 1)]
    return [str(one) for one in found]


def _row_name(number: int, names: RowNames) -> str:
    """Answer A to Z, then AA, AB and so on; or 1, 2, 3."""
    if names is RowNames.NUMBERS:
        return str(number + 1)
    name = ""
    left = number + 1
    while left:
        left, place = divmod(left - 1, len(ascii_uppercase))
        name = ascii_uppercase[place] + name
    return name


def _along(pattern: Pattern, count: int) -> list[float]:
    """Answer how far to the right of the row's middle each seat is, along the row."""
    places, at = [], 0.0
    for one in range(count):
        places.append(at)
        at += pattern.seat_pitch + (pattern.aisle_width if one + 1 in pattern.aisles_after else 0)
    middle = (places[0] + places[-1]) / 2
    return [one - middle for one in places]


def _bent(pattern: Pattern, along: float, row: int) -> tuple[int, int]:
    """Answer where a seat is: on a straight line, or on the arc of its row, whose ends come nearer to the stage."""
    back = row * pattern.row_pitch
    if not pattern.curve_degrees:
        return round(pattern.x + along), pattern.y + back
    first = _along(pattern, pattern.seats)
    width = max(first[-1] - first[0], pattern.seat_pitch)
    radius = width / radians(pattern.curve_degrees) + back
    angle = along / radius
    return round(pattern.x + radius * sin(angle)), round(pattern.y + back - radius * (1 - cos(angle)))
