"""``/orders``: buying what one holds, and giving it up; making one is a hot path."""

from datetime import tzinfo
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from berth.kit.auth import Identify
from berth.kit.http.caller import Reserver, SignedIn, identify_hot, part
from berth.kit.http.front import HotRequest, HotRoute, hot_without_query
from berth.kit.http.limit import Limits
from berth.kit.http.page import Cursor, Limit, page, read_cursor
from berth.kit.http.problem import Problem, problems
from berth.kit.http.reply import reply
from berth.kit.http.zone import OutputZone, ZoneAsked, shown
from berth.modules.seating.api.holds import refuse_guests, show_seats
from berth.modules.seating.api.models import QueryId
from berth.modules.seating.api.sale_models import OrderCancel, OrderCreate, OrderPage, OrderShown
from berth.modules.seating.domain.order import Ticket
from berth.modules.seating.usecases.ordering import Ordering, unknown
from berth.modules.seating.usecases.printing import Printing
from berth.modules.seating.usecases.selling import Bought

router = APIRouter(prefix="/api/v1/orders", tags=["orders"])


def _show(found: Bought, where: tzinfo) -> dict[str, Any]:
    one, hall, plan = found.order, found.hall, found.hall.performance.plan
    return {
        "id": one.id,
        "performance_id": one.performance_id,
        "performance": plan.name,
        "start": shown(plan.start, where),
        "end": shown(plan.end, where),
        "timezone": hall.performance.timezone,
        "buyer_id": one.buyer_id,
        "state": one.state,
        "seats": show_seats(hall, one.places),
        "areas": one.areas,
        "lines": one.lines,
        "amount_minor": one.amount_minor,
        "currency": one.currency,
        "due_at": shown(one.due_at, where),
        "cancelled_by": one.cancelled_by,
        "cancel_reason": one.cancel_reason,
        "returned_minor": one.returned_minor,
        "kept_minor": one.kept_minor,
        "created_at": shown(one.created_at, where),
        "tickets": [_ticket(each, where) for each in found.tickets],
    }


def _ticket(one: Ticket, where: tzinfo) -> dict[str, Any]:
    admitted_at = one.admitted_at and shown(one.admitted_at, where)
    return {"id": one.id, "seat": one.seat, "code": one.code, "void": one.void, "admitted_at": admitted_at}


def _reply(found: Bought, where: tzinfo, status: int = 200) -> Response:
    return reply(_show(found, where), status)


@router.post("", status_code=201, response_model=OrderShown, responses=problems(401, 403, 404, 410))
async def order(body: OrderCreate, caller: Reserver, zone: OutputZone, ordering: Ordering = part(Ordering)) -> Response:
    """Buy what you hold; asked again, the same order is answered. 410 if the hold is over.

    It is `pending` until it is paid, and its seats stay held until `due_at`; what costs nothing is `paid` at once.
    """
    return _reply(await ordering.order(caller, body.hold_id), zone.of(caller), 201)


def hot_order(ordering: Ordering, identify_token: Identify, limits: Limits) -> HotRoute:
    """Answer the hot route that serves the same route without the framework's dependencies."""
    no_zone_asked = ZoneAsked(None)

    async def handle(request: HotRequest) -> Response:
        caller = await identify_hot(identify_token, limits, request)
        refuse_guests(caller)
        wish = OrderCreate.model_validate_json(request.body)
        return _reply(await ordering.order(caller, wish.hold_id), no_zone_asked.of(caller), 201)

    return hot_without_query(handle)


@router.get("", response_model=OrderPage, responses=problems(401, 403))
async def listed(
    caller: SignedIn,
    zone: OutputZone,
    everybody: Annotated[bool, Query(description="Administrators only: not only your own.")] = False,
    performance_id: QueryId = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    ordering: Ordering = part(Ordering),
) -> Response:
    """List orders, the newest first."""
    if everybody and not caller.is_admin:
        raise Problem(403, "not-allowed", "Only an administrator sees the orders of others.")
    keys = read_cursor(cursor, int)
    buyer_id = None if everybody else caller.id
    found = page(
        await ordering.listed(
            buyer_id=buyer_id, performance_id=performance_id, before=keys[0] if keys else None, limit=limit + 1
        ),
        limit,
        lambda last: (last.id,),
    )
    halls, tickets = await ordering.halls(found["items"]), await ordering.tickets(found["items"])
    where = zone.of(caller)
    items = [_show(Bought(one, halls[one.performance_id], tickets.get(one.id, ())), where) for one in found["items"]]
    return reply(found | {"items": items})


@router.get("/{order_id:id}", response_model=OrderShown, responses=problems(401, 403, 404))
async def one(order_id: int, caller: SignedIn, zone: OutputZone, ordering: Ordering = part(Ordering)) -> Response:
    """Answer an order of yours, with its tickets; an administrator sees everybody's."""
    return _reply(await ordering.one(caller, _known(order_id)), zone.of(caller))


@router.post("/{order_id:id}/cancel", response_model=OrderShown, responses=problems(401, 403, 404, 409))
async def cancel(
    order_id: int,
    body: OrderCancel,
    caller: SignedIn,
    zone: OutputZone,
    ordering: Ordering = part(Ordering),
) -> Response:
    """Give an order up: its seats are free at once, and what the terms do not keep is returned."""
    return _reply(await ordering.cancel(caller, _known(order_id), body.reason), zone.of(caller))


@router.get(
    "/{order_id:id}/tickets.pdf",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}, **problems(401, 403, 404, 409)},
)
async def printed(
    order_id: int, caller: SignedIn, ordering: Ordering = part(Ordering), printing: Printing = part(Printing)
) -> Response:
    """Answer the tickets as a PDF, a page for each, with the QR code that the door reads; 409 while there are none."""
    found = await ordering.one(caller, _known(order_id))
    body = await printing.tickets(found)
    headers = {"Content-Disposition": f'attachment; filename="tickets-{found.order.id}.pdf"'}
    return Response(body, media_type="application/pdf", headers=headers)


def _known(id_: int) -> int:
    if not 1 <= id_ < 2**63:
        raise unknown(id_)
    return id_
