"""How seats are drawn in a terminal."""

from typing import Any

from rich.console import Console

from berth.edges.cli.seating.picture import counted, drawn, picture


def row(key: str, *seats: str, aisles_after: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"key": key, "seats": [{"key": one} for one in seats], "aisles_after": list(aisles_after)}


HALL = {
    "sections": [
        {"key": "s", "name": "Stalls", "rows": [row("A", "1", "2"), row("B", "9", "10", "11", "12")]},
        {"key": "Balcony", "name": "Balcony", "rows": [row("A", "1", "2", "3", aisles_after=("1", "3"))]},
    ],
    "areas": [{"key": "floor", "name": "Floor"}],
}
STANDS = {"states": "fhsbfffff", "areas": [{"key": "floor", "capacity": 40, "taken": 3}], "mine": [1, 8]}


def lines_of(section: str | None = None) -> list[str]:
    console = Console(width=20, record=True, file=None)
    with console.capture() as captured:
        console.print(picture(HALL, STANDS, section), crop=False)
    return [line.rstrip() for line in captured.get().splitlines()]


def test_each_seat_is_a_sign_between_the_outermost_of_its_row() -> None:
    assert lines_of() == [
        "Stalls (s): 3 free, 1 held, 1 sold, 1 blocked",
        "  A  1  ·M  2",
        "  B  9 sx·· 12",
        "",
        "Balcony: 3 free",
        "  A  1 · ·M 3",
        "",
        "Floor (floor): 37 of 40 free",
        "· free   h held   s sold   x blocked   M yours   in all: 6 free, 1 held, 1 sold, 1 blocked",
    ]


def test_one_section_is_drawn_with_its_own_seats() -> None:
    assert lines_of("Balcony")[:2] == ["Balcony: 3 free", "  A  1 · ·M 3"]
    assert lines_of("Stalls") == lines_of("s")


def test_no_aisle_is_behind_the_last_seat() -> None:
    assert drawn(row("A", "1", "2", aisles_after=("1", "2")), "fh", [False, False]) == "· h"


def test_only_states_that_occur_are_counted() -> None:
    assert counted("ffs") == "2 free, 1 sold"
    assert counted("") == ""
