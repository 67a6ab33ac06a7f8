"""What is wrong with a seat map, all of it, each in a sentence that names the place."""

from collections import Counter
from collections.abc import Iterable, Iterator

from berth.modules.seating.domain.seat_map.value import Row, SeatMap

SEATS_MAX = 20_000
SEATS_IN_ROW_MAX = 500
FAULTS_TOLD_MAX = 20


def faults(seat_map: SeatMap) -> list[str]:
    """Answer what is wrong, the first few; an empty list means that seats can be sold by this map."""
    found = _all(seat_map)
    return [fault for _, fault in zip(range(FAULTS_TOLD_MAX), found, strict=False)]


def _all(seat_map: SeatMap) -> Iterator[str]:
    if not seat_map.capacity:
        yield "There is no place in it: add a section with seats, or an area."
    if seat_map.seat_count > SEATS_MAX:
        yield f"It has {seat_map.seat_count:,} seats; a map has {SEATS_MAX:,} at most."
        return
    yield from _twice("category", (one.key for one in seat_map.categories))
    keys = [one.key for one in seat_map.sections] + [one.key for one in seat_map.areas]
    yield from _twice("section or area", keys)
    known = {one.key for one in seat_map.categories}
    for area in seat_map.areas:
        if area.category not in known:
            yield f"The area {area.key} has the category {area.category}, which the map does not have."
    for section in seat_map.sections:
        yield from _twice(f"row of section {section.key}", (one.key for one in section.rows))
        for row in section.rows:
            yield from _of_row(f"{section.key}/{row.key}", row, known)
    places = Counter((seat.x, seat.y) for _, seat in seat_map.seats())
    for id_, seat in seat_map.seats():
        if places[seat.x, seat.y] > 1:
            yield f"The seat {id_} is where another one is: {seat.x}, {seat.y}."


def _of_row(name: str, row: Row, categories: set[str]) -> Iterator[str]:
    keys = [one.key for one in row.seats]
    if not keys:
        yield f"The row {name} has no seats."
    if len(keys) > SEATS_IN_ROW_MAX:
        yield f"The row {name} has {len(keys)} seats; a row has {SEATS_IN_ROW_MAX} at most."
    yield from _twice(f"seat of row {name}", keys)
    for one in row.aisles_after:
        if one not in keys:
            yield f"The row {name} has an aisle after {one}, which is none of its seats."
    for seat in row.seats:
        if seat.category not in categories:
            yield f"The seat {name}/{seat.key} has the category {seat.category}, which the map does not have."


def _twice(what: str, keys: Iterable[str]) -> Iterator[str]:
    for key, count in Counter(keys).items():
        if count > 1:
            yield f"There is more than one {what} named {key}."
