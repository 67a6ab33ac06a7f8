"""Seat maps over HTTP: read and saved by version, generated from a pattern, and read from a drawing."""

from datetime import tzinfo
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from berth.kit.http.caller import Administrator, SignedIn, part
from berth.kit.http.page import Cursor, Limit, page, read_cursor
from berth.kit.http.problem import Problem, problems
from berth.kit.http.reply import IfMatch, reply, versions_of
from berth.kit.http.zone import OutputZone, shown
from berth.modules.seating.api.models import (
    MapVersionPage,
    SavedMapShown,
    SeatMapContent,
    SectionContent,
    SectionPattern,
)
from berth.modules.seating.api.venues import known
from berth.modules.seating.domain.seat_map.drawing import NotADrawing, read_drawing
from berth.modules.seating.domain.seat_map.generating import generated
from berth.modules.seating.domain.venues import MapVersion, SavedMap
from berth.modules.seating.usecases.venues import Venues

SVG = "image/svg+xml"

router = APIRouter(prefix="/api/v1", tags=["venues"])

Version = Annotated[int | None, Query(ge=1, le=2**31 - 1, description="A version; without it the present one.")]


@router.get("/venues/{venue_id:id}/map", response_model=SavedMapShown, responses=problems(401, 403, 404))
async def read(
    venue_id: int, caller: SignedIn, zone: OutputZone, version: Version = None, venues: Venues = part(Venues)
) -> Response:
    """Answer a venue's seat map, with its version as ETag."""
    return _answer(await venues.map_of(known(venue_id), version), zone.of(caller))


@router.put("/venues/{venue_id:id}/map", response_model=SavedMapShown, responses=problems(401, 403, 404, 412))
async def save(
    venue_id: int,
    body: SeatMapContent,
    caller: Administrator,
    zone: OutputZone,
    if_match: IfMatch = None,
    venues: Venues = part(Venues),
) -> Response:
    """Save a new version of the map; 422 tells all that is wrong with it, under ``faults``, and nothing is saved.

    Versions that were saved before stay. With If-Match ``"0"`` only if there is none.
    """
    saved = await venues.save_map(caller, known(venue_id), body.seat_map(), versions_of(if_match))
    return _answer(saved, zone.of(caller))


@router.get("/venues/{venue_id:id}/maps", response_model=MapVersionPage, responses=problems(401, 403, 404))
async def versions(
    venue_id: int,
    caller: SignedIn,
    zone: OutputZone,
    limit: Limit = 50,
    cursor: Cursor = None,
    venues: Venues = part(Venues),
) -> Response:
    """List the versions of a venue's map, the newest first."""
    keys = read_cursor(cursor, int)
    before = min(max(keys[0], 0), 2**31 - 1) if keys else None
    found = page(await venues.versions_of(known(venue_id), before, limit + 1), limit, lambda last: (last.version,))
    return reply(found | {"items": [_version(one, zone.of(caller)) for one in found["items"]]})


@router.post("/seat-maps/sections", response_model=SectionContent, responses=problems(401, 403))
async def generate(body: SectionPattern, _: Administrator) -> Response:
    """Answer a section of so many rows and seats; nothing is saved, it is to be put into a map."""
    return reply(generated(body.pattern()))


@router.post(
    "/seat-maps/from-svg",
    response_model=SeatMapContent,
    responses=problems(401, 403, 415),
    openapi_extra={"requestBody": {"required": True, "content": {SVG: {"schema": {"type": "string"}}}}},
)
async def from_svg(
    request: Request,
    _: Administrator,
    centimetres_per_unit: Annotated[float, Query(gt=0, le=10_000, allow_inf_nan=False)] = 1.0,
) -> Response:
    """Read a seat map from a drawing; nothing is saved, it is to be looked at and then put to a venue."""
    if not request.headers.get("content-type", "").startswith(SVG):
        raise Problem(415, "not-svg", f"Send the drawing as Content-Type: {SVG}.")
    try:
        found = read_drawing(await request.body(), centimetres_per_unit=centimetres_per_unit)
    except NotADrawing as error:
        raise Problem(422, "not-a-drawing", str(error)) from error
    return reply(found)


def _answer(saved: SavedMap, where: tzinfo) -> Response:
    content = saved.content
    version = MapVersion(saved.version, content.seat_count, content.capacity, saved.saved_by, saved.saved_at)
    return reply(_version(version, where) | {"content": content}, 200, {"ETag": f'"{saved.version}"'})


def _version(one: MapVersion, where: tzinfo) -> dict[str, Any]:
    return {
        "version": one.version,
        "seat_count": one.seat_count,
        "capacity": one.capacity,
        "saved_by": one.saved_by,
        "saved_at": shown(one.saved_at, where),
    }
