"""Venues over HTTP: everybody reads them, administrators change them."""

from fastapi import APIRouter, Response

from berth.kit.auth import Principal
from berth.kit.http.caller import Administrator, SignedIn, part
from berth.kit.http.page import Cursor, Limit, page, read_cursor
from berth.kit.http.problem import problems
from berth.kit.http.reply import reply
from berth.kit.http.zone import OutputZone, ZoneAsked, shown
from berth.modules.seating.api.models import VenueCreate, VenuePage, VenueRename, VenueShown
from berth.modules.seating.domain.venues import Venue
from berth.modules.seating.usecases.venues import Venues, unknown

router = APIRouter(prefix="/api/v1/venues", tags=["venues"])


def _show(venue: Venue, zone: ZoneAsked, caller: Principal) -> dict[str, object]:
    return {
        "id": venue.id,
        "name": venue.name,
        "resource_id": venue.resource_id,
        "map_version": venue.map_version,
        "created_at": shown(venue.created_at, zone.of(caller)),
    }


def known(id_: int) -> int:
    """Answer an id that a venue may have; raises 404."""
    if not 1 <= id_ < 2**63:
        raise unknown(id_)
    return id_


@router.get("", response_model=VenuePage, responses=problems(401, 403))
async def listed(
    caller: SignedIn, zone: OutputZone, limit: Limit = 50, cursor: Cursor = None, venues: Venues = part(Venues)
) -> Response:
    """List venues by name."""
    keys = read_cursor(cursor, str, int)
    found = page(
        await venues.listed((keys[0], keys[1]) if keys else None, limit + 1), limit, lambda last: (last.name, last.id)
    )
    return reply(found | {"items": [_show(one, zone, caller) for one in found["items"]]})


@router.post("", status_code=201, response_model=VenueShown, responses=problems(401, 403, 409))
async def add(body: VenueCreate, caller: Administrator, zone: OutputZone, venues: Venues = part(Venues)) -> Response:
    """Make a venue of a resource; it has no seats until its map is saved."""
    return reply(_show(await venues.add(caller, body.name, body.resource_id), zone, caller), 201)


@router.get("/{venue_id:id}", response_model=VenueShown, responses=problems(401, 403, 404))
async def one(venue_id: int, caller: SignedIn, zone: OutputZone, venues: Venues = part(Venues)) -> Response:
    """Answer a venue."""
    return reply(_show(await venues.one(known(venue_id)), zone, caller))


@router.patch("/{venue_id:id}", response_model=VenueShown, responses=problems(401, 403, 404, 409))
async def rename(
    venue_id: int, body: VenueRename, caller: Administrator, zone: OutputZone, venues: Venues = part(Venues)
) -> Response:
    """Name a venue."""
    return reply(_show(await venues.rename(caller, known(venue_id), body.name), zone, caller))


@router.delete("/{venue_id:id}", status_code=204, responses=problems(401, 403, 404, 409))
async def remove(venue_id: int, caller: Administrator, venues: Venues = part(Venues)) -> Response:
    """Remove a venue; its resource stays, and so do the versions of its map."""
    await venues.remove(caller, known(venue_id))
    return Response(status_code=204)
