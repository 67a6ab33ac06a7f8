"""Blackouts over HTTP: everybody may know of them, administrators set and lift them."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from berth.kit.auth import Principal
from berth.kit.http.caller import Administrator, SignedIn, part
from berth.kit.http.page import Cursor, Limit, instant_key, page, read_instant_cursor
from berth.kit.http.problem import Problem, problems
from berth.kit.http.reply import reply
from berth.kit.http.zone import Moment, OutputZone, ZoneAsked, shown
from berth.modules.booking.api.models import BlackoutCreate, BlackoutPage, BlackoutShown
from berth.modules.booking.store.blackout import Blackout
from berth.modules.booking.usecases.blackout import Blackouts

router = APIRouter(prefix="/api/v1", tags=["blackouts"])


@router.post("/blackouts", status_code=201, response_model=BlackoutShown, responses=problems(401, 403, 404, 409))
async def create(
    body: BlackoutCreate, caller: Administrator, zone: OutputZone, blackouts: Blackouts = part(Blackouts)
) -> Response:
    """Close resources for a time, all or none; 409 tells what occupies them."""
    wanted = Blackout(0, tuple(sorted(body.resource_ids)), body.start, body.end, body.reason, caller.id)
    return reply(_show(await blackouts.set(caller, wanted), caller, zone), 201)


@router.get("/blackouts", response_model=BlackoutPage, responses=problems(401))
async def listed(
    caller: SignedIn,
    zone: OutputZone,
    resource_id: Annotated[int | None, Query(ge=1, le=2**63 - 1)] = None,
    from_: Annotated[Moment | None, Query(alias="from")] = None,
    until: Moment | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    blackouts: Blackouts = part(Blackouts),
) -> Response:
    """List blackouts by start, optionally of one resource or within a time."""
    found = await blackouts.listed(
        resource_id=resource_id, start=from_, until=until, after=read_instant_cursor(cursor), limit=limit + 1
    )
    pages = page(found, limit, lambda last: (instant_key(last.start), last.id))
    return reply(pages | {"items": [_show(one, caller, zone) for one in pages["items"]]})


@router.delete("/blackouts/{blackout_id:id}", status_code=204, responses=problems(401, 403, 404, 409))
async def lift(blackout_id: int, caller: Administrator, blackouts: Blackouts = part(Blackouts)) -> Response:
    """Open the resources again."""
    if not 1 <= blackout_id < 2**63:
        raise Problem(404, "unknown-blackout", "There is no such blackout.")
    await blackouts.lift(caller, blackout_id)
    return Response(status_code=204)


def _show(blackout: Blackout, caller: Principal, zone: ZoneAsked) -> dict[str, Any]:
    where = zone.of(caller)
    return {
        "id": blackout.id,
        "resource_ids": blackout.resource_ids,
        "start": shown(blackout.start, where),
        "end": shown(blackout.end, where),
        "reason": blackout.reason,
        "closing": blackout.closing,
    }
