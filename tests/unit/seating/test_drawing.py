"""Seat maps that are read from drawings."""

import pytest

from berth.modules.seating.domain.seat_map.checking import faults
from berth.modules.seating.domain.seat_map.drawing import NotADrawing, read_drawing
from berth.modules.seating.domain.seat_map.value import Category, SeatMap


def svg(inner: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{inner}</svg>'.encode()


def places(seat_map: SeatMap) -> dict[str, tuple[int, int]]:
    return {id_: (seat.x, seat.y) for id_, seat in seat_map.seats()}


def test_groups_say_what_their_seats_are() -> None:
    found = read_drawing(
        svg(
            '<rect width="100" height="5" id="stage"/><text>Stage</text>'
            '<g data-section="Stalls" data-category="gold"><g data-row="B"><circle cx="30" cy="40" data-seat="2"/>'
            '<circle cx="20" cy="40" data-seat="1"/></g>'
            '<g data-row="A"><rect x="18" y="18" width="4" height="4" data-seat="1" data-accessible="true"/>'
            '<ellipse cx="30" cy="20" data-seat="2" data-companion="yes" data-category="silver"/></g></g>'
        )
    )
    assert places(found) == {
        "Stalls/A/1": (20, 20),
        "Stalls/A/2": (30, 20),
        "Stalls/B/1": (20, 40),
        "Stalls/B/2": (30, 40),
    }
    first, second = found.sections[0].rows[0].seats
    assert (first.accessible, first.companion, first.category) == (True, False, "gold")
    assert (second.accessible, second.companion, second.category) == (False, True, "silver")
    assert set(found.categories) == {Category("gold", "gold"), Category("silver", "silver")}
    assert faults(found) == []


def test_an_id_of_three_parts_is_enough() -> None:
    found = read_drawing(svg('<circle cx="1" cy="2" id="balcony/C/14"/><circle id="logo" cx="9" cy="9"/>'))
    assert places(found) == {"balcony/C/14": (1, 2)}


def test_transformations_are_followed_and_a_scale_is_taken() -> None:
    inner = (
        '<g transform="translate(10 20) scale(2)"><circle id="s/A/1" cx="5" cy="5"/>'
        '<circle id="s/A/2" cx="5" cy="5" transform="rotate(90)"/>'
        '<circle id="s/A/3" cx="5" cy="5" transform="rotate(180, 10, 5)"/>'
        '<circle id="s/A/4" cx="5" cy="5" transform="matrix(1,0,0,1,-1e1,.5)"/>'
        '<circle id="s/A/5" cx="5" cy="5" transform="skewX(45)"/></g>'
    )
    assert places(read_drawing(svg(inner))) == {
        "s/A/1": (20, 30),
        "s/A/2": (0, 30),
        "s/A/3": (40, 30),
        "s/A/4": (0, 31),
        "s/A/5": (30, 30),
    }
    assert places(read_drawing(svg('<circle id="s/A/1" cx="5" cy="5"/>'), centimetres_per_unit=12.5))["s/A/1"] == (
        62,
        62,
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"<svg", "not XML"),
        (b"<html/>", "is a html and not an svg"),
        (svg("<circle cx='1' cy='1'/>"), "No shape in it is a seat"),
        (svg("<circle id='s/A/1' cx='left' cy='1'/>"), "'left', which is no number"),
        (svg("<circle id='s/A/1' cx='1e300' cy='1'/>"), "out of reach"),
        (svg("<circle id='s/A/1' cx='1' cy='1' transform='scale(1e308) scale(1e308)'/>"), "out of reach"),
        (svg("<circle id='s/A/1' transform='rotate(1,2)'/>"), "none of SVG's"),
        (svg("<g>" * 101 + "</g>" * 101), "nests them too deeply"),
        (b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><svg>&b;</svg>', "declares a type or entities"),
    ],
)
def test_what_is_no_drawing_of_seats_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(NotADrawing, match=reason):
        read_drawing(data)


def test_a_document_type_without_entities_is_read() -> None:
    data = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://127.0.0.1:1/svg11.dtd">' + svg(
        '<circle id="s/A/1" cx="1" cy="2"/>'
    )
    assert places(read_drawing(data)) == {"s/A/1": (1, 2)}
