"""Sections that are made from a pattern."""

from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berth.modules.seating.domain.seat_map.checking import faults
from berth.modules.seating.domain.seat_map.generating import Numbering, Pattern, RowNames, generated
from berth.modules.seating.domain.seat_map.value import Category, SeatMap

STALLS = Pattern("stalls", "Stalls", "a", rows=2, seats=4)
CATEGORIES = (Category("a", "First"),)


def keys(pattern: Pattern, row: int = 0) -> list[str]:
    return [seat.key for seat in generated(pattern).rows[row].seats]


def test_rows_are_straight_and_their_middle_is_where_it_was_asked_for() -> None:
    found = generated(Pattern("stalls", "Stalls", "a", rows=2, seats=3, x=100, y=500))
    assert [[(seat.x, seat.y) for seat in row.seats] for row in found.rows] == [
        [(45, 500), (100, 500), (155, 500)],
        [(45, 590), (100, 590), (155, 590)],
    ]


@pytest.mark.parametrize(
    ("numbering", "seats", "expected"),
    [
        (Numbering.FROM_LEFT, 4, ["1", "2", "3", "4"]),
        (Numbering.FROM_RIGHT, 4, ["4", "3", "2", "1"]),
        (Numbering.ODD_LEFT, 5, ["5", "3", "1", "2", "4"]),
        (Numbering.ODD_LEFT, 4, ["3", "1", "2", "4"]),
    ],
)
def test_seats_are_numbered_as_theatres_do(numbering: Numbering, seats: int, expected: list[str]) -> None:
    assert keys(Pattern("stalls", "Stalls", "a", rows=1, seats=seats, numbering=numbering)) == expected


def test_rows_go_on_behind_z() -> None:
    found = generated(Pattern("stalls", "Stalls", "a", rows=54, seats=1))
    assert [found.rows[number].key for number in (0, 25, 26, 27, 51, 52, 53)] == [
        "A",
        "Z",
        "AA",
        "AB",
        "AZ",
        "BA",
        "BB",
    ]
    numbered = generated(Pattern("stalls", "Stalls", "a", rows=3, seats=1, row_names=RowNames.NUMBERS))
    assert [row.key for row in numbered.rows] == ["1", "2", "3"]


def test_an_aisle_takes_its_width_and_parts_neighbours() -> None:
    [row] = generated(Pattern("stalls", "Stalls", "a", rows=1, seats=4, aisles_after=(2,), aisle_width=100)).rows
    assert [seat.x for seat in row.seats] == [-132, -78, 78, 132]
    assert row.aisles_after == ("2",)


def test_a_row_may_have_more_seats_than_the_one_before_it() -> None:
    found = generated(Pattern("stalls", "Stalls", "a", rows=3, seats=4, growing=2))
    assert [len(row.seats) for row in found.rows] == [4, 6, 8]


def test_curved_rows_come_nearer_to_the_stage_at_their_ends() -> None:
    first, last = generated(Pattern("stalls", "Stalls", "a", rows=2, seats=21, curve_degrees=60)).rows
    assert first.seats[0].y < first.seats[10].y == 0 > first.seats[20].y
    assert first.seats[0].x == -first.seats[20].x
    assert all(abs(dist((a.x, a.y), (b.x, b.y)) - 90) < 2 for a, b in ((first.seats[10], last.seats[10]),))


@given(
    st.builds(
        Pattern,
        st.just("stalls"),
        st.just("Stalls"),
        st.just("a"),
        rows=st.integers(1, 30),
        seats=st.integers(1, 40),
        growing=st.integers(-2, 3),
        row_names=st.sampled_from(RowNames),
        numbering=st.sampled_from(Numbering),
        aisles_after=st.lists(st.integers(1, 40), max_size=3, unique=True).map(tuple),
        curve_degrees=st.integers(0, 120),
    )
)
def test_what_is_generated_can_be_sold_and_is_spaced_as_was_asked(pattern: Pattern) -> None:
    section = generated(pattern)
    assert faults(SeatMap(CATEGORIES, (section,))) == []
    for row in section.rows:
        for one, other in zip(row.seats, row.seats[1:], strict=False):
            apart = pattern.seat_pitch + (pattern.aisle_width if one.key in row.aisles_after else 0)
            assert dist((one.x, one.y), (other.x, other.y)) <= apart + 2
