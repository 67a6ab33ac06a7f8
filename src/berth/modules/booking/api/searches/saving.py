"""``/searches``: keeping a search, changing how it is called and whether one is told, and letting it go."""

from fastapi import APIRouter, Response

from berth.kit.http.caller import SignedIn, part
from berth.kit.http.problem import problems
from berth.kit.http.reply import reply
from berth.kit.http.zone import OutputZone
from berth.modules.booking.api.reservation import known
from berth.modules.booking.api.searches.models import SearchChange, SearchCreate, SearchShown, show_searches
from berth.modules.booking.usecases.searches.reading import Searches
from berth.modules.booking.usecases.searches.saving import Saving

router = APIRouter(prefix="/api/v1", tags=["searches"])


@router.post("/searches", status_code=201, response_model=SearchShown, responses=problems(401, 409))
async def save(
    body: SearchCreate,
    caller: SignedIn,
    zone: OutputZone,
    saving: Saving = part(Saving),
    searches: Searches = part(Searches),
) -> Response:
    """Keep a search under a name, to run it again and to be told when something that fits becomes free.

    Nothing is kept for you: what is free is whoever's comes first. The search ends when its time has passed.
    """
    search = await saving.save(caller, body.wish())
    [item] = await show_searches(searches, [search], zone.of(caller))
    return reply(item, 201)


@router.patch("/searches/{search_id:id}", response_model=SearchShown, responses=problems(401, 403, 404, 409, 410))
async def change(
    search_id: int,
    body: SearchChange,
    caller: SignedIn,
    zone: OutputZone,
    saving: Saving = part(Saving),
    searches: Searches = part(Searches),
) -> Response:
    """Rename your own search, or pause the telling (`"notify": false`) or resume it. 410 if its time has passed.

    What became free while it was paused is not told.
    """
    search = await saving.change(caller, known(search_id, "search"), body.name, body.notify)
    [item] = await show_searches(searches, [search], zone.of(caller))
    return reply(item)


@router.delete("/searches/{search_id:id}", status_code=204, responses=problems(401, 403, 404))
async def remove(search_id: int, caller: SignedIn, saving: Saving = part(Saving)) -> Response:
    """Let a search go: its owner, or an administrator."""
    await saving.remove(caller, known(search_id, "search"))
    return Response(status_code=204)
