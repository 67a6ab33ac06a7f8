"""Reads a seat map from a drawing: an SVG in which every seat is a circle, an ellipse or a rectangle.

A shape is a seat if it, or a group around it, says which: by ``data-section``, ``data-row``, ``data-seat`` and
``data-category``, or by an ``id`` such as ``stalls/A/12``. ``data-accessible`` and ``data-companion`` mark those seats.
Everything else is decoration, and left out. A unit of the drawing is a centimetre, unless it is told otherwise.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import cos, radians, sin, tan

from berth.kit.reading.xml import Bounds, Element, NotXml, read_xml
from berth.modules.seating.domain.seat_map.value import Category, Row, Seat, SeatMap, Section

CATEGORY = "standard"
NAMES = ("section", "row", "seat", "category", "accessible", "companion")
TRANSFORM = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^)]*)\)")
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
BOUNDS = Bounds(bytes_max=16 * 1024 * 1024, elements_max=200_000, depth_max=100, typed=True)
REACH = 1_000_000
"""So many centimetres from its origin a drawing may have seats: ten kilometres."""

Matrix = tuple[float, float, float, float, float, float]
UNCHANGED: Matrix = (1, 0, 0, 1, 0, 0)


class NotADrawing(ValueError):
    """The text is not an SVG with seats; the message says what is wrong, and where."""


@dataclass(frozen=True, slots=True)
class _Found:
    said: Mapping[str, str]
    x: float
    y: float


def read_drawing(data: bytes, *, centimetres_per_unit: float = 1.0) -> SeatMap:
    """Answer the map of a drawing; raises ``NotADrawing``."""
    try:
        root = read_xml(data, BOUNDS)
    except NotXml as error:
        raise NotADrawing(str(error)) from error
    if root is None or root.name[1] != "svg":
        raise NotADrawing(f"It is {f'a {root.name[1]}' if root else 'empty'} and not an svg.")
    found = list(_shapes(root, {}, UNCHANGED))
    if not found:
        raise NotADrawing(
            "No shape in it is a seat: give circles data-section, data-row and data-seat, or an id such as stalls/A/12."
        )
    return _assembled(found, centimetres_per_unit)


def _shapes(element: Element, said: Mapping[str, str], matrix: Matrix) -> Iterator[_Found]:
    said = {**said, **_said(element)}
    matrix = _times(matrix, _transform(element.attributes.get("transform", "")))
    middle = _middle(element)
    if middle is not None and {"section", "row", "seat"} <= said.keys():
        a, b, c, d, e, f = matrix
        yield _Found(said, a * middle[0] + c * middle[1] + e, b * middle[0] + d * middle[1] + f)
    for child in element.children:
        yield from _shapes(child, said, matrix)


def _said(element: Element) -> dict[str, str]:
    """Answer what an element says of the seats in it."""
    named = {name: element.attributes.get(f"data-{name}", "").strip() for name in NAMES}
    parts = element.attributes.get("id", "").split("/")
    by_id = dict(zip(("section", "row", "seat"), parts, strict=False)) if len(parts) == 3 else {}
    return {**by_id, **{name: value for name, value in named.items() if value}}


def _middle(element: Element) -> tuple[float, float] | None:
    match element.name[1]:
        case "circle" | "ellipse":
            return _length(element, "cx"), _length(element, "cy")
        case "rect":
            return (
                _length(element, "x") + _length(element, "width") / 2,
                _length(element, "y") + _length(element, "height") / 2,
            )
    return None


def _length(element: Element, name: str) -> float:
    found = NUMBER.match(element.attributes.get(name, "0").strip())
    if found is None:
        raise NotADrawing(f"The {name} of a {element.name[1]} is {element.attributes.get(name)!r}, which is no number.")
    return float(found[0])


def _transform(text: str) -> Matrix:
    matrix = UNCHANGED
    for kind, inner in TRANSFORM.findall(text):
        matrix = _times(matrix, _one_transform(kind, [float(one) for one in NUMBER.findall(inner)]))
    return matrix


def _one_transform(kind: str, values: list[float]) -> Matrix:
    """Answer a transformation as SVG defines it (SVG 2, section 8.5)."""
    match kind, values:
        case "matrix", [a, b, c, d, e, f]:
            found = a, b, c, d, e, f
        case "translate", [x, *rest]:
            found = 1.0, 0.0, 0.0, 1.0, x, rest[0] if rest else 0.0
        case "scale", [x, *rest]:
            found = x, 0.0, 0.0, rest[0] if rest else x, 0.0, 0.0
        case "rotate", [angle]:
            turned = radians(angle)
            found = cos(turned), sin(turned), -sin(turned), cos(turned), 0.0, 0.0
        case "rotate", [angle, x, y]:
            found = _times(_times((1, 0, 0, 1, x, y), _one_transform("rotate", [angle])), (1, 0, 0, 1, -x, -y))
        case "skewX", [angle]:
            found = 1.0, 0.0, tan(radians(angle)), 1.0, 0.0, 0.0
        case "skewY", [angle]:
            found = 1.0, tan(radians(angle)), 0.0, 1.0, 0.0, 0.0
        case _:
            raise NotADrawing(f"The transformation {kind}({', '.join(map(str, values))}) is none of SVG's.")
    return found


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f


def _assembled(found: list[_Found], scale: float) -> SeatMap:
    """Answer the map of these shapes: rows from the stage outwards, and the seats of each from left to right."""
    by_row: dict[str, dict[str, list[tuple[float, Seat]]]] = {}
    categories: dict[str, None] = {}
    for one in found:
        x, y = one.x * scale, one.y * scale
        if not (abs(x) <= REACH and abs(y) <= REACH):
            raise NotADrawing(
                f"The seat {one.said['seat']} of row {one.said['row']} is out of reach: {x:.0f}, {y:.0f}."
            )
        category = one.said.get("category", CATEGORY)
        categories[category] = None
        seat = Seat(one.said["seat"], round(x), round(y), category, _is(one, "accessible"), _is(one, "companion"))
        by_row.setdefault(one.said["section"], {}).setdefault(one.said["row"], []).append((x, seat))
    sections = tuple(Section(section, section, _rows(rows)) for section, rows in by_row.items())
    return SeatMap(tuple(Category(one, one) for one in categories), sections)


def _rows(seats_by_row: Mapping[str, list[tuple[float, Seat]]]) -> tuple[Row, ...]:
    rows = [
        Row(key, tuple(seat for _, seat in sorted(seats, key=lambda one: one[0])))
        for key, seats in seats_by_row.items()
    ]
    return tuple(sorted(rows, key=lambda row: sum(seat.y for seat in row.seats) / len(row.seats)))


def _is(one: _Found, flag: str) -> bool:
    return one.said.get(flag, "").lower() in {"true", "yes", "1"}
