"""Which seats somebody gets: the best that are beside each other, and never such that one seat is left alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from berth.modules.seating.domain.seats.layout import Layout, stretches

FREE, HELD, SOLD, BLOCKED = "f", "h", "s", "b"
LETTERS = {"free": FREE, "held": HELD, "sold": SOLD, "blocked": BLOCKED}


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many seats beside each other, in one section or of one category, if that is said.

    Places for wheelchairs are given only to those who ask for ``accessible`` ones.
    """

    count: int
    category: str | None = None
    section: str | None = None
    accessible: bool = False


def best(layout: Layout, states: str, wanted: Wanted, *, no_single_seats: bool, most: int = 1) -> list[range]:
    """Answer up to ``most`` blocks of free neighbours, the best first; they may overlap each other.

    A block is the better the lower the sum of its scores, and of equals the one of the lower place.
    """
    found: list[range] = []
    count, free = wanted.count, FREE * wanted.count
    for first in layout.blocks(count):
        if states[first : first + count] != free:
            continue
        block = range(first, first + count)
        if not all(_fits(layout, place, wanted) for place in block):
            continue
        if no_single_seats and _leaves_one(*_free_beside(layout, states, block)):
            continue
        found.append(block)
        if len(found) == most:
            break
    return found


def apart(blocks: Sequence[range], most: int) -> list[range]:
    """Answer up to ``most`` of these blocks that have no seat in common, in their order."""
    found: list[range] = []
    taken: set[int] = set()
    for block in blocks:
        if taken.isdisjoint(block):
            found.append(block)
            taken.update(block)
            if len(found) == most:
                break
    return found


def _fits(layout: Layout, place: int, wanted: Wanted) -> bool:
    id_, seat = layout.seats[place]
    return (
        wanted.category in (None, seat.category)
        and (wanted.section is None or id_.startswith(f"{wanted.section}/"))
        and (seat.accessible or not wanted.accessible)
        and (wanted.accessible or not seat.accessible)
    )


def _free_beside(layout: Layout, states: str, block: range) -> tuple[int, int]:
    """Answer how many seats are free directly before and behind a block; of more than two, two."""
    run = layout.runs[layout.run_of[block.start]]
    before = states[max(run.start, block.start - 2) : block.start]
    behind = states[block.stop : min(run.stop, block.stop + 2)]
    return len(before) - len(before.rstrip(FREE)), len(behind) - len(behind.lstrip(FREE))


def _leaves_one(before: int, behind: int) -> bool:
    """Tell whether a block leaves one seat alone that need not be: in a stretch of one more, one always is."""
    return 1 in (before, behind) and before + behind > 1


def left_alone(layout: Layout, states: str, chosen: Sequence[int]) -> list[int]:
    """Answer the places that would be left alone between taken ones by choosing these, and were not before.

    Where a stretch has just one seat more than is chosen of it, one is left whatever is chosen, and that is allowed.
    """
    taken = set(chosen)
    alone: list[int] = []
    for number in sorted({layout.run_of[place] for place in taken}):
        for stretch in stretches(layout.runs[number], states):
            left = [place for place in stretch if place not in taken]
            if len(left) == len(stretch) or len(left) == 1:
                continue
            alone += [place for place in left if place - 1 not in left and place + 1 not in left]
    return alone
