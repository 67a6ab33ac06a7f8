"""The best available seats are beside each other and the best there are; a choice leaves nobody's seat alone."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from berth.modules.seating.domain.seat_map.value import Category, Row, Seat, SeatMap, Section
from berth.modules.seating.domain.seats.choosing import Wanted, apart, best, left_alone
from berth.modules.seating.domain.seats.layout import Layout, stretches


@st.composite
def halls(draw: st.DrawFn) -> tuple[Layout, str]:
    """A small hall of two categories with aisles, some places for wheelchairs, and some seats taken."""
    rows = []
    for number in range(draw(st.integers(1, 4))):
        length = draw(st.integers(1, 9))
        seats = tuple(
            Seat(str(at), 55 * at - 27 * length, 90 * number, draw(st.sampled_from("ab")), accessible=draw(RARELY))
            for at in range(1, length + 1)
        )
        aisles = draw(st.lists(st.integers(1, length), max_size=2, unique=True))
        rows.append(Row(str(number), seats, tuple(str(at) for at in aisles)))
    cut = draw(st.integers(0, len(rows)))
    parts = [("s", tuple(rows[:cut])), ("t", tuple(rows[cut:]))]
    sections = tuple(Section(key, key, part) for key, part in parts if part)
    layout = Layout(SeatMap((Category("a", "A"), Category("b", "B")), sections))
    states = draw(st.text("ffffhsb", min_size=len(layout.seats), max_size=len(layout.seats)))
    return layout, states


RARELY = st.sampled_from([False] * 9 + [True])

wishes = st.builds(
    Wanted,
    count=st.integers(1, 4),
    category=st.sampled_from([None, "a", "b"]),
    section=st.sampled_from([None, "s", "t"]),
    accessible=RARELY,
)


def neighbours(layout: Layout, one: int, other: int) -> bool:
    """Tell by the map itself whether two seats are beside each other: same row, next to it, and no aisle between."""
    row_of, at_of = {}, {}
    place = 0
    for section in layout.seat_map.sections:
        for row in section.rows:
            part = 0
            for at, seat in enumerate(row.seats):
                row_of[place], at_of[place] = (section.key, row.key, part), at
                part += seat.key in row.aisles_after
                place += 1
    return row_of[one] == row_of[other] and abs(at_of[one] - at_of[other]) == 1


def suits(layout: Layout, states: str, block: range, wanted: Wanted, *, no_single_seats: bool) -> bool:
    """Tell by brute force whether somebody may be given these places."""
    if block.stop > len(states) or any(not neighbours(layout, one, other) for one, other in pairwise(block)):
        return False
    for place in block:
        id_, seat = layout.seats[place]
        if states[place] != "f" or seat.accessible != wanted.accessible:
            return False
        if wanted.category not in (None, seat.category) or wanted.section not in (None, id_.split("/")[0]):
            return False
    return not (no_single_seats and left_alone(layout, states, block))


@given(halls(), wishes, st.booleans())
def test_the_best_is_never_worse_than_by_brute_force(
    hall: tuple[Layout, str], wanted: Wanted, no_single_seats: bool
) -> None:
    layout, states = hall
    every = [range(first, first + wanted.count) for first in range(len(states))]
    could = [one for one in every if suits(layout, states, one, wanted, no_single_seats=no_single_seats)]
    found = best(layout, states, wanted, no_single_seats=no_single_seats, most=len(states))
    assert set(found) == set(could)
    scores = [sum(layout.scores[place] for place in one) for one in found]
    assert all(one <= other + 1e-6 for one, other in pairwise(scores))


@given(halls(), wishes, st.integers(1, 6))
def test_of_many_who_want_the_best_each_may_have_seats_of_his_own(
    hall: tuple[Layout, str], wanted: Wanted, most: int
) -> None:
    layout, states = hall
    near = best(layout, states, wanted, no_single_seats=False, most=len(states))
    found = apart(near, most)
    assert found[:1] == near[:1]
    assert len({place for block in found for place in block}) == wanted.count * len(found)
    assert len(found) <= most
    left = [one for one in near if not {*one} & {place for block in found for place in block}]
    assert len(found) == most or not left


@given(halls(), st.data())
def test_a_seat_is_left_alone_only_if_it_was_before_or_cannot_be_helped(
    hall: tuple[Layout, str], data: st.DataObject
) -> None:
    layout, states = hall
    free = [place for place, state in enumerate(states) if state == "f"]
    if not free:
        return
    chosen = data.draw(st.lists(st.sampled_from(free), min_size=1, max_size=5, unique=True))
    alone = left_alone(layout, states, chosen)
    after = "".join("h" if place in chosen else state for place, state in enumerate(states))
    singles = {one[0] for run in layout.runs for one in stretches(run, after) if len(one) == 1}
    singles_before = {one[0] for run in layout.runs for one in stretches(run, states) if len(one) == 1}
    assert set(alone) <= singles - singles_before
    for place in singles - singles_before - set(alone):
        [stretch] = [one for run in layout.runs for one in stretches(run, states) if place in one]
        assert len(set(stretch) - set(chosen)) == 1


def test_the_middle_is_better_than_the_sides_and_the_front_third_than_the_back() -> None:
    seats = [tuple(Seat(str(at), 50 * at, 90 * row, "a") for at in range(1, 10)) for row in range(9)]
    rows = tuple(Row(str(number), one) for number, one in enumerate(seats))
    layout = Layout(SeatMap((Category("a", "A"),), (Section("s", "S", rows),)))
    [block] = best(layout, "f" * 81, Wanted(3), no_single_seats=False)
    assert [layout.seats[place][0] for place in block] == ["s/3/4", "s/3/5", "s/3/6"]
