"""Payments over HTTP: each person's own, and for administrators all."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from berth.kit.http.caller import Administrator, SignedIn, part
from berth.kit.http.page import Cursor, Limit, page, read_cursor
from berth.kit.http.problem import problems
from berth.kit.http.reply import reply
from berth.kit.http.zone import OutputZone
from berth.modules.payments.api.shapes import (
    ID_MAX,
    MarkPaid,
    PathId,
    PaymentDetails,
    PaymentPage,
    show_details,
    show_payment,
)
from berth.modules.payments.domain.intent import PaymentState
from berth.modules.payments.domain.receipt import Language, number
from berth.modules.payments.store.listing import Filter
from berth.modules.payments.usecases.desk import Desk
from berth.modules.payments.usecases.reading import Reading
from berth.modules.payments.usecases.receipts import Receipts

router = APIRouter(prefix="/api/v1/payments", tags=["payments"])

QueryId = Annotated[int | None, Query(ge=1, le=ID_MAX)]
QueryNumber = Annotated[
    int | None, Query(ge=1, le=ID_MAX, description="The number of a reservation, or of an order of seats.")
]
PDF: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The receipt",
        "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.get("/my", response_model=PaymentPage, responses=problems(401))
async def mine(
    caller: SignedIn,
    zone: OutputZone,
    state: PaymentState | None = None,
    reservation_id: QueryNumber = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    reading: Reading = part(Reading),
) -> Response:
    """List the payments for your own reservations and orders, the newest first."""
    keys = read_cursor(cursor, int)
    found = await reading.listed(Filter(caller.id, reservation_id, state, keys[0] if keys else None), limit + 1)
    pages = page(found, limit, lambda last: (last.id,))
    return reply(pages | {"items": [show_payment(one, zone.of(caller)) for one in pages["items"]]})


@router.get("", response_model=PaymentPage, responses=problems(401, 403))
async def listed(
    caller: Administrator,
    zone: OutputZone,
    state: PaymentState | None = None,
    reservation_id: QueryNumber = None,
    person_id: QueryId = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    reading: Reading = part(Reading),
) -> Response:
    """List the payments of everybody, the newest first."""
    keys = read_cursor(cursor, int)
    found = await reading.listed(Filter(person_id, reservation_id, state, keys[0] if keys else None), limit + 1)
    pages = page(found, limit, lambda last: (last.id,))
    return reply(pages | {"items": [show_payment(one, zone.of(caller)) for one in pages["items"]]})


@router.get("/{payment_id:id}", response_model=PaymentDetails, responses=problems(401, 404))
async def one(payment_id: PathId, caller: SignedIn, zone: OutputZone, reading: Reading = part(Reading)) -> Response:
    """Answer a payment of yours, with what you need to pay it; administrators see any, without that."""
    return reply(show_details(await reading.one(caller, payment_id), caller, zone.of(caller)))


@router.post("/{payment_id:id}/mark-paid", response_model=PaymentDetails, responses=problems(401, 403, 404, 409))
async def mark_paid(
    payment_id: PathId, body: MarkPaid, caller: Administrator, zone: OutputZone, desk: Desk = part(Desk)
) -> Response:
    """Say that a payment was made by hand; saying it twice with the same reference changes nothing more."""
    return reply(show_details(await desk.mark_paid(payment_id, body.reference), caller, zone.of(caller)))


@router.get("/{payment_id:id}/receipt", response_class=Response, responses={**PDF, **problems(401, 404)})
async def receipt(
    payment_id: PathId, caller: SignedIn, language: Language = "en", receipts: Receipts = part(Receipts)
) -> Response:
    """Answer the receipt of a payment of yours as a PDF, with times in the zone of what was reserved."""
    made = await receipts.print(caller, payment_id, language)
    disposition = {"Content-Disposition": f'attachment; filename="{number(payment_id)}.pdf"'}
    return Response(made, 200, disposition, "application/pdf")
