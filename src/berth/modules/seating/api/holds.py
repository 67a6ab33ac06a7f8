"""``/seat-holds``: keeping seats while one decides; making one is a hot path."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any

from fastapi import APIRouter, Response

from berth.kit.auth import Identify, Principal, Role
from berth.kit.http.caller import Reserver, SignedIn, identify_hot, part
from berth.kit.http.front import HotRequest, HotRoute, hot_without_query
from berth.kit.http.limit import Limits
from berth.kit.http.problem import Problem, problems
from berth.kit.http.reply import reply
from berth.kit.http.zone import OutputZone, ZoneAsked, shown
from berth.modules.seating.api.models import QueryId
from berth.modules.seating.api.sale_models import SeatHoldCreate, SeatHoldList, SeatHoldShown
from berth.modules.seating.domain.order import SeatHold, lines_of
from berth.modules.seating.usecases.halls import Hall, Halls
from berth.modules.seating.usecases.holding import Holding, unknown

router = APIRouter(prefix="/api/v1/seat-holds", tags=["seats"])


def show_seats(hall: Hall, places: tuple[int, ...]) -> list[dict[str, Any]]:
    """Answer seats as the API tells them."""
    layout, prices = hall.layout, hall.performance.plan.prices
    return [
        {
            "id": layout.seats[place][0],
            "place": place,
            "name": layout.name_of(place),
            "category": layout.seats[place][1].category,
            "price_minor": prices[layout.seats[place][1].category],
        }
        for place in places
    ]


def _show(hold: SeatHold, hall: Hall, now: datetime, where: tzinfo) -> dict[str, Any]:
    plan = hall.performance.plan
    return {
        "id": hold.id,
        "performance_id": hold.performance_id,
        "seats": show_seats(hall, hold.places),
        "areas": hold.areas,
        "amount_minor": sum(one.amount_minor for one in lines_of(hall.layout, plan, hold.places, hold.areas)),
        "currency": plan.currency,
        "expires_at": shown(hold.expires_at, where),
        "seconds_left": max(0, int((hold.expires_at - now).total_seconds())),
        "extended": hold.extended,
        "created_at": shown(hold.created_at, where),
    }


async def _place(holding: Holding, caller: Principal, wish: SeatHoldCreate, where: tzinfo) -> Response:
    held, hall = await holding.hold(caller, wish.wish())
    return reply(_show(held, hall, holding.now(), where), 201)


@router.post("", status_code=201, response_model=SeatHoldShown, responses=problems(401, 403, 404, 409))
async def place(body: SeatHoldCreate, caller: Reserver, zone: OutputZone, holding: Holding = part(Holding)) -> Response:
    """Hold seats for some minutes: all of them or, if one is taken, none.

    409 `seats-taken` tells which were, and what could be had instead; `single-seat-left`, `too-many-seats` and
    `not-on-sale` why it may not be; `waiting-room` how you stand in the queue, for you are not inside.
    """
    return await _place(holding, caller, body, zone.of(caller))


def hot_place(holding: Holding, identify_token: Identify, limits: Limits) -> HotRoute:
    """Answer the hot route that serves the same route without the framework's dependencies."""
    no_zone_asked = ZoneAsked(None)

    async def handle(request: HotRequest) -> Response:
        caller = await identify_hot(identify_token, limits, request)
        refuse_guests(caller)
        wish = SeatHoldCreate.model_validate_json(request.body)
        return await _place(holding, caller, wish, no_zone_asked.of(caller))

    return hot_without_query(handle)


def refuse_guests(caller: Principal) -> None:
    """Raise 403 for whoever may only look."""
    if caller.role is Role.GUEST:
        raise Problem(403, "not-allowed", "This needs the role admin or user.")


@router.get("", response_model=SeatHoldList, responses=problems(401))
async def listed(
    caller: SignedIn,
    zone: OutputZone,
    performance_id: QueryId = None,
    holding: Holding = part(Holding),
    halls: Halls = part(Halls),
) -> Response:
    """List what you hold, the oldest first."""
    found = await holding.listed(caller, performance_id)
    of: Mapping[int, Hall] = {id_: await halls.of(id_) for id_ in {one.performance_id for one in found}}
    items = [_show(one, of[one.performance_id], holding.now(), zone.of(caller)) for one in found]
    return reply({"items": items, "next_cursor": None})


@router.post("/{hold_id:id}/extend", response_model=SeatHoldShown, responses=problems(401, 403, 404, 409))
async def extend(hold_id: int, caller: Reserver, zone: OutputZone, holding: Holding = part(Holding)) -> Response:
    """Keep a hold for as long again, counted from now; once."""
    held, hall = await holding.extend(caller, _known(hold_id))
    return reply(_show(held, hall, holding.now(), zone.of(caller)))


@router.delete("/{hold_id:id}", status_code=204, responses=problems(401, 403, 404))
async def release(hold_id: int, caller: SignedIn, holding: Holding = part(Holding)) -> Response:
    """Give a hold back; its seats are free at once."""
    await holding.release(caller, _known(hold_id))
    return Response(status_code=204)


def _known(id_: int) -> int:
    if not 1 <= id_ < 2**63:
        raise unknown(id_)
    return id_
