"""``/searches``: one's own saved searches, and what they find now."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from berth.kit.http.caller import SignedIn, part
from berth.kit.http.page import Cursor, Limit, page, read_cursor
from berth.kit.http.problem import problems
from berth.kit.http.reply import reply
from berth.kit.http.zone import OutputZone
from berth.modules.booking.api.availability import OfferPage, offers_reply
from berth.modules.booking.api.reservation import known
from berth.modules.booking.api.searches.models import SearchPage, SearchShown, SearchStateName, show_searches
from berth.modules.booking.usecases.availability import Availability
from berth.modules.booking.usecases.searches.reading import Searches, window_of

router = APIRouter(prefix="/api/v1", tags=["searches"])


@router.get("/searches", response_model=SearchPage, responses=problems(401))
async def own(
    caller: SignedIn,
    zone: OutputZone,
    state: Annotated[
        list[SearchStateName] | None, Query(max_length=2, description="Default: those that are not over.")
    ] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    searches: Searches = part(Searches),
) -> Response:
    """List your own saved searches. Those that are over stay for 30 days, with `state=over`."""
    keys = read_cursor(cursor, int)
    found = await searches.listed(caller, state, keys[0] if keys else 0, limit + 1)
    pages = page(found, limit, lambda last: (last.id,))
    return reply(pages | {"items": await show_searches(searches, pages["items"], zone.of(caller))})


@router.get("/searches/{search_id:id}", response_model=SearchShown, responses=problems(401, 403, 404))
async def one(search_id: int, caller: SignedIn, zone: OutputZone, searches: Searches = part(Searches)) -> Response:
    """Answer a saved search, to its owner and to administrators."""
    search = await searches.one(caller, known(search_id, "search"))
    [item] = await show_searches(searches, [search], zone.of(caller))
    return reply(item)


@router.get("/searches/{search_id:id}/results", response_model=OfferPage, responses=problems(401, 403, 404))
async def results(
    search_id: int,
    caller: SignedIn,
    zone: OutputZone,
    limit: Limit = 50,
    cursor: Cursor = None,
    searches: Searches = part(Searches),
    availability: Availability = part(Availability),
) -> Response:
    """Run your own search again: each resource that fits with its earliest start, as `/free` answers.

    Empty if nothing is free, and once its time has passed.
    """
    search = await searches.one(caller, known(search_id, "search"), alone=True)
    window = window_of(search, availability.now())
    if window is None:
        return reply({"items": [], "next_cursor": None})
    return await offers_reply(
        availability, caller, search.query, window, cursor=cursor, limit=limit, where=zone.of(caller)
    )
