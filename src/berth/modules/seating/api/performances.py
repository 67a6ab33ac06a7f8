"""Performances over HTTP: everybody reads what is on, administrators put it on."""

from datetime import datetime, tzinfo
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from berth.kit.http.caller import Administrator, SignedIn, part
from berth.kit.http.page import EPOCH, MICROSECOND, Cursor, Limit, instant_key, page, read_cursor
from berth.kit.http.problem import problems
from berth.kit.http.reply import IfMatch, reply, versions_of
from berth.kit.http.zone import Moment, OutputZone, shown
from berth.modules.seating.api.models import QueryId, SeatMapContent
from berth.modules.seating.api.sale_models import (
    PerformanceCancel,
    PerformanceChange,
    PerformanceCreate,
    PerformancePage,
    PerformanceShown,
    SeatsBlock,
    SeatsBlocked,
    SeatsShown,
)
from berth.modules.seating.domain.performance import Counts, Performance
from berth.modules.seating.usecases.performances import Performances, unknown
from berth.modules.seating.usecases.watching import Watching

router = APIRouter(prefix="/api/v1/performances", tags=["performances"])

Since = Annotated[Moment | None, Query(alias="from", description="Those that are not over then.")]
Until = Annotated[Moment | None, Query(alias="until", description="Those that begin before.")]


def known(id_: int) -> int:
    """Answer an id that a performance may have; raises 404."""
    if not 1 <= id_ < 2**63:
        raise unknown(id_)
    return id_


def show(one: Performance, counts: Counts, now: datetime, where: tzinfo) -> dict[str, Any]:
    """Answer a performance as the API tells it."""
    plan = one.plan
    return {
        "id": one.id,
        "name": plan.name,
        "description": plan.description,
        "venue_id": one.venue_id,
        "resource_id": one.resource_id,
        "start": shown(plan.start, where),
        "end": shown(plan.end, where),
        "timezone": one.timezone,
        "sales_start": shown(plan.sales_start, where),
        "sales_end": shown(plan.sales_end, where),
        "currency": plan.currency,
        "prices": plan.prices,
        "seats_per_person": plan.seats_per_person,
        "hold_minutes": plan.hold_minutes,
        "no_single_seats": plan.no_single_seats,
        "free_until_hours": plan.free_until_hours,
        "kept_percent": plan.kept_percent,
        "admitted_max": plan.admitted_max,
        "state": one.state,
        "cancel_reason": one.cancel_reason,
        "map_version": one.map_version,
        "capacity": counts.capacity,
        "free": counts.free,
        "held": counts.held,
        "sold": counts.sold,
        "blocked": counts.blocked,
        "on_sale": one.why_not_on_sale(now) is None,
        "version": one.version,
    }


async def _reply(performances: Performances, one: Performance, where: tzinfo, status: int = 200) -> Response:
    counts = await performances.counts([one])
    body = show(one, counts[one.id], performances.now(), where)
    return reply(body, status, {"ETag": f'"{one.version}"'})


@router.get("", response_model=PerformancePage, responses=problems(401, 403))
async def listed(
    caller: SignedIn,
    zone: OutputZone,
    venue_id: QueryId = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    performances: Performances = part(Performances),
) -> Response:
    """List what is on, by start."""
    keys = read_cursor(cursor, int, int)
    found = page(
        await performances.listed(
            venue_id=venue_id,
            since=since,
            until=until,
            after=(EPOCH + keys[0] * MICROSECOND, keys[1]) if keys else None,
            limit=limit + 1,
        ),
        limit,
        lambda last: (instant_key(last.plan.start), last.id),
    )
    counts, now, where = await performances.counts(found["items"]), performances.now(), zone.of(caller)
    return reply(found | {"items": [show(one, counts[one.id], now, where) for one in found["items"]]})


@router.post("", status_code=201, response_model=PerformanceShown, responses=problems(401, 403, 404, 409))
async def add(
    body: PerformanceCreate, caller: Administrator, zone: OutputZone, performances: Performances = part(Performances)
) -> Response:
    """Put something on in a venue: it occupies the venue's resource, and has the seats of the present map.

    409 `venue-taken` tells what stands in the way, under `busy`; 422 `performance-faulty` all that is wrong, under
    `faults`.
    """
    return await _reply(performances, await performances.add(caller, body.venue_id, body.plan()), zone.of(caller), 201)


@router.get("/{performance_id:id}", response_model=PerformanceShown, responses=problems(401, 403, 404))
async def one(
    performance_id: int, caller: SignedIn, zone: OutputZone, performances: Performances = part(Performances)
) -> Response:
    """Answer a performance, with its version as ETag."""
    return await _reply(performances, await performances.one(known(performance_id)), zone.of(caller))


@router.patch("/{performance_id:id}", response_model=PerformanceShown, responses=problems(401, 403, 404, 409, 412))
async def change(
    performance_id: int,
    body: PerformanceChange,
    caller: Administrator,
    zone: OutputZone,
    if_match: IfMatch = None,
    performances: Performances = part(Performances),
) -> Response:
    """Change a performance; what was bought keeps its price, and its seats."""
    changed = await performances.change(caller, known(performance_id), body.changes(), versions_of(if_match))
    return await _reply(performances, changed, zone.of(caller))


@router.post("/{performance_id:id}/cancel", response_model=PerformanceShown, responses=problems(401, 403, 404))
async def cancel(
    performance_id: int,
    body: PerformanceCancel,
    caller: Administrator,
    zone: OutputZone,
    performances: Performances = part(Performances),
) -> Response:
    """Cancel a performance: its venue is free again, and all that was paid is returned whole."""
    cancelled = await performances.cancel(caller, known(performance_id), body.reason)
    return await _reply(performances, cancelled, zone.of(caller))


@router.get("/{performance_id:id}/map", response_model=SeatMapContent, responses=problems(401, 403, 404))
async def seat_map(performance_id: int, _: SignedIn, watching: Watching = part(Watching)) -> Response:
    """Answer the seat map that the performance is sold by. A seat's place is its number, from 0, in the map's order."""
    return reply(await watching.seat_map(known(performance_id)), headers={"Cache-Control": "private, max-age=300"})


@router.get("/{performance_id:id}/seats", response_model=SeatsShown, responses=problems(401, 403, 404))
async def seats(performance_id: int, caller: SignedIn, watching: Watching = part(Watching)) -> Response:
    """Answer how all seats stand, a letter for each place: `f` free, `h` held, `s` sold, `b` blocked; and your own."""
    return reply(await watching.seats_for(caller, known(performance_id)))


@router.post("/{performance_id:id}/blocked", response_model=SeatsBlocked, responses=problems(401, 403, 404, 409))
async def block(
    performance_id: int, body: SeatsBlock, caller: Administrator, watching: Watching = part(Watching)
) -> Response:
    """Take free seats out of the sale, or put blocked ones back; answers those that were."""
    changed = await watching.block(caller, known(performance_id), body.seats, blocked=body.blocked)
    return reply({"seats": changed, "blocked": body.blocked})
