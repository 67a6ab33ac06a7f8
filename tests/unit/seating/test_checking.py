"""What is wrong with a map is told, all of it at once."""

from dataclasses import replace

from berth.modules.seating.domain.seat_map.checking import FAULTS_TOLD_MAX, faults
from berth.modules.seating.domain.seat_map.value import Area, Category, Row, Seat, SeatMap, Section

ROW = Row("A", (Seat("1", 0, 0, "a"), Seat("2", 55, 0, "a")))
STALLS = Section("stalls", "Stalls", (ROW,))
HALL = SeatMap((Category("a", "First"),), (STALLS,), (Area("floor", "Floor", "a", 300),))


def of_row(row: Row) -> SeatMap:
    return replace(HALL, sections=(replace(STALLS, rows=(row,)),))


def test_a_whole_map_has_no_faults_and_counts_everybody() -> None:
    assert faults(HALL) == []
    assert (HALL.seat_count, HALL.capacity) == (2, 302)
    assert [id_ for id_, _ in HALL.seats()] == ["stalls/A/1", "stalls/A/2"]


def test_a_map_without_a_place_is_none() -> None:
    assert faults(SeatMap((), ())) == ["There is no place in it: add a section with seats, or an area."]


def test_names_are_unique_where_they_stand() -> None:
    twice = replace(HALL, sections=(STALLS, replace(STALLS, rows=())), categories=HALL.categories * 2)
    assert faults(twice) == [
        "There is more than one category named a.",
        "There is more than one section or area named stalls.",
    ]
    assert "There is more than one section or area named floor." in faults(replace(HALL, areas=HALL.areas * 2))
    seats = (Seat("1", 0, 0, "a"), Seat("1", 55, 0, "a"))
    assert faults(of_row(Row("A", seats))) == ["There is more than one seat of row stalls/A named 1."]


def test_what_a_row_says_of_its_seats_is_true() -> None:
    assert faults(of_row(Row("A", ()))) == ["The row stalls/A has no seats."]
    assert faults(of_row(replace(ROW, aisles_after=("9",)))) == [
        "The row stalls/A has an aisle after 9, which is none of its seats."
    ]


def test_a_category_that_the_map_does_not_have_is_told_with_the_place() -> None:
    strange = of_row(Row("A", (Seat("1", 0, 0, "b"),)))
    assert faults(strange) == ["The seat stalls/A/1 has the category b, which the map does not have."]
    area = replace(HALL, areas=(Area("floor", "Floor", "c", 1),))
    assert faults(area) == ["The area floor has the category c, which the map does not have."]


def test_two_seats_are_not_in_one_place() -> None:
    on_top = of_row(Row("A", (Seat("1", 7, 9, "a"), Seat("2", 7, 9, "a"))))
    assert faults(on_top) == [
        "The seat stalls/A/1 is where another one is: 7, 9.",
        "The seat stalls/A/2 is where another one is: 7, 9.",
    ]


def test_only_the_first_faults_are_told() -> None:
    many = of_row(Row("A", tuple(Seat(str(number), number, 0, "b") for number in range(100))))
    assert len(faults(many)) == FAULTS_TOLD_MAX


def test_a_map_that_is_too_large_is_refused_at_once() -> None:
    rows = tuple(Row(str(y), tuple(Seat(str(x), x, y, "a") for x in range(500))) for y in range(41))
    found = faults(replace(HALL, sections=(replace(STALLS, rows=rows),)))
    assert found == ["It has 20,500 seats; a map has 20,000 at most."]
