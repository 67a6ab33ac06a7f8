"""What seating takes and answers over HTTP."""

from datetime import datetime
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field, StrictBool, TypeAdapter

from berth.modules.seating.domain.seat_map.generating import Numbering, Pattern, RowNames
from berth.modules.seating.domain.seat_map.value import SeatMap

REACH = 1_000_000

Id = Annotated[int, Field(strict=True, ge=1, le=2**63 - 1)]
QueryId = Annotated[int | None, Query(ge=1, le=2**63 - 1)]
"""An id in an address, where every value is text."""

Line = Annotated[
    str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$")
]
Key = Annotated[
    str, Field(min_length=1, max_length=30, pattern=r"^[^\x00-\x20/\x7f]([^\x00-\x1f/\x7f]*[^\x00-\x20/\x7f])?$")
]
Centimetres = Annotated[int, Field(strict=True, ge=-REACH, le=REACH)]

_map = TypeAdapter(SeatMap)


class Input(BaseModel):
    """What all that comes in is: nothing else than what is named."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class VenueCreate(Input):
    """A venue to be; what takes place in it occupies the resource."""

    name: Line
    resource_id: Id


class VenueRename(Input):
    """Another name for a venue."""

    name: Line


class CategoryContent(Input):
    """What seats are priced by."""

    key: Key
    name: Line


class SeatContent(Input):
    """A seat: ``x`` and ``y`` are centimetres, to the right and away from the stage as the audience sees it."""

    key: Key
    x: Centimetres
    y: Centimetres
    category: Key
    accessible: StrictBool = False
    companion: StrictBool = False


class RowContent(Input):
    """Seats from left to right; ``aisles_after`` names those behind which an aisle lies."""

    key: Key
    seats: Annotated[list[SeatContent], Field(max_length=1000)]
    aisles_after: Annotated[list[Key], Field(max_length=100)] = []


class SectionContent(Input):
    """Rows, the one nearest to the stage first."""

    key: Key
    name: Line
    rows: Annotated[list[RowContent], Field(max_length=1000)]


class AreaContent(Input):
    """Room for so many people without seats; ``outline`` are the corners of what it covers, in centimetres."""

    key: Key
    name: Line
    category: Key
    capacity: Annotated[int, Field(strict=True, ge=1, le=1_000_000)]
    outline: Annotated[list[tuple[Centimetres, Centimetres]], Field(max_length=200)] = []


class SeatMapContent(Input):
    """A seat map as it is drawn, exchanged and kept. A seat's id is ``section/row/seat``."""

    categories: Annotated[list[CategoryContent], Field(max_length=100)]
    sections: Annotated[list[SectionContent], Field(max_length=500)] = []
    areas: Annotated[list[AreaContent], Field(max_length=500)] = []

    def seat_map(self) -> SeatMap:
        """Answer it as the rules take it."""
        return _map.validate_python(self.model_dump())


class SectionPattern(Input):
    """What a section is generated from; lengths are centimetres, the middle of its first row is at ``x``, ``y``."""

    key: Key
    name: Line
    category: Key
    rows: Annotated[int, Field(strict=True, ge=1, le=200)]
    seats: Annotated[int, Field(strict=True, ge=1, le=500)]
    growing: Annotated[int, Field(strict=True, ge=-20, le=20)] = 0
    row_names: RowNames = RowNames.LETTERS
    numbering: Numbering = Numbering.FROM_LEFT
    seat_pitch: Annotated[int, Field(strict=True, ge=10, le=1000)] = 55
    row_pitch: Annotated[int, Field(strict=True, ge=10, le=1000)] = 90
    aisles_after: Annotated[list[Annotated[int, Field(strict=True, ge=1, le=500)]], Field(max_length=20)] = []
    aisle_width: Annotated[int, Field(strict=True, ge=0, le=2000)] = 120
    curve_degrees: Annotated[int, Field(strict=True, ge=0, le=180)] = 0
    x: Centimetres = 0
    y: Centimetres = 0

    def pattern(self) -> Pattern:
        """Answer it as the rules take it."""
        return Pattern(**(self.model_dump() | {"aisles_after": tuple(self.aisles_after)}))


class VenueShown(BaseModel):
    """A venue; ``map_version`` is 0 until it has a map."""

    id: int
    name: str
    resource_id: int
    map_version: int
    created_at: datetime


class VenuePage(BaseModel):
    """A page of venues."""

    items: list[VenueShown]
    next_cursor: str | None


class MapVersionShown(BaseModel):
    """A version of a map, without its seats; ``capacity`` counts those without seats, too."""

    version: int
    seat_count: int
    capacity: int
    saved_by: int
    saved_at: datetime


class MapVersionPage(BaseModel):
    """A page of versions, the newest first."""

    items: list[MapVersionShown]
    next_cursor: str | None


class SavedMapShown(MapVersionShown):
    """A version of a map."""

    content: SeatMapContent
