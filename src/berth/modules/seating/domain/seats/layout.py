"""A seat map as numbered places: who sits beside whom, what each costs, and how good it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from math import hypot

from berth.modules.seating.domain.seat_map.value import Row, Seat, SeatMap

BLOCK_KEPT_MAX = 16

Run = range
"""Places of seats that are beside each other, without an aisle between them."""


@dataclass(frozen=True)
class Layout:
    """The places of a map, in the order of its sections, rows and seats."""

    seat_map: SeatMap

    @cached_property
    def seats(self) -> tuple[tuple[str, Seat], ...]:
        """Answer each seat with its id, by place."""
        return tuple(self.seat_map.seats())

    @cached_property
    def place_of(self) -> dict[str, int]:
        """Answer the place of each seat, by its id."""
        return {id_: place for place, (id_, _) in enumerate(self.seats)}

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """Answer the stretches of neighbours, in their order."""
        found: list[Run] = []
        place = 0
        for section in self.seat_map.sections:
            for row in section.rows:
                found += _runs_of(row, place)
                place += len(row.seats)
        return tuple(found)

    @cached_property
    def run_of(self) -> tuple[int, ...]:
        """Answer the number of the run of each place."""
        return tuple(number for number, run in enumerate(self.runs) for _ in run)

    @cached_property
    def scores(self) -> tuple[float, ...]:
        """Answer how far each place is from the best one, in centimetres: the lower the better.

        The best one is in the middle of the width, at a third of the depth: neither under the stage nor far off.
        """
        if not self.seats:
            return ()
        across = [seat.x for _, seat in self.seats]
        along = [seat.y for _, seat in self.seats]
        middle = (min(across) + max(across)) / 2
        third = min(along) + (max(along) - min(along)) / 3
        return tuple(hypot(seat.x - middle, seat.y - third) for _, seat in self.seats)

    def blocks(self, count: int) -> Sequence[int]:
        """Answer the first places of all blocks of so many neighbours, the best first, of equals the lower place."""
        found = self._blocks.get(count)
        if found is None:
            found = self._sorted_blocks(count)
            if count <= BLOCK_KEPT_MAX:
                self._blocks[count] = found
        return found

    @cached_property
    def _blocks(self) -> dict[int, Sequence[int]]:
        """Keep the blocks of the sizes that people ask for again and again; a layout never changes."""
        return {}

    def _sorted_blocks(self, count: int) -> Sequence[int]:
        sums = [0.0, *accumulate(self.scores)]
        firsts = [first for run in self.runs for first in range(run.start, run.stop - count + 1)]
        return sorted(firsts, key=lambda first: (sums[first + count] - sums[first], first))

    def name_of(self, place: int) -> str:
        """Answer what is printed on a ticket, such as ``Stalls, row A, seat 12``."""
        section_key, row, seat = self.seats[place][0].split("/")
        return f"{self.section_names[section_key]}, row {row}, seat {seat}"

    @cached_property
    def section_names(self) -> dict[str, str]:
        """Answer the names of the sections by their keys."""
        return {one.key: one.name for one in self.seat_map.sections}


def _runs_of(row: Row, first: int) -> list[Run]:
    """Answer the runs of a row whose seats begin at a place."""
    aisles_after = set(row.aisles_after)
    behind = [number + 1 for number, seat in enumerate(row.seats) if seat.key in aisles_after]
    bounds = sorted({0, *behind, len(row.seats)})
    return [range(first + start, first + end) for start, end in pairwise(bounds)]


def stretches(run: Sequence[int], states: str) -> list[range]:
    """Answer the stretches of free places within a run."""
    found: list[range] = []
    for place in run:
        if states[place] != "f":
            continue
        if found and found[-1].stop == place:
            found[-1] = range(found[-1].start, place + 1)
        else:
            found.append(range(place, place + 1))
    return found
