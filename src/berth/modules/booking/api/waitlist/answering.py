"""Answers to offers over HTTP, and leaving the line."""

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Response

from berth.contracts.catalog import Resource
from berth.kit.http.caller import SignedIn, part
from berth.kit.http.problem import problems
from berth.kit.http.reply import Ready
from berth.kit.http.zone import OutputZone
from berth.modules.booking.api.models import ReservationDetail
from berth.modules.booking.api.reservation import known
from berth.modules.booking.api.show import show, show_life
from berth.modules.booking.domain.life.value import Life
from berth.modules.booking.usecases.waitlist.answering import Answering

router = APIRouter(prefix="/api/v1", tags=["waitlist"])


@router.post(
    "/waitlist/{entry_id:id}/accept",
    status_code=201,
    response_model=ReservationDetail,
    responses=problems(401, 403, 404, 409, 410),
)
async def accept(entry_id: int, caller: SignedIn, zone: OutputZone, answering: Answering = part(Answering)) -> Response:
    """Reserve what is offered to you; it is confirmed as any reservation is. 410 if the offer is over.

    Accepting twice answers the same reservation.
    """
    where = zone.of(caller)

    def shown_as(life: Life, resources: Sequence[Resource], owner_name: str) -> Mapping[str, object]:
        return show(life.reservation, resources, owner_name, where) | show_life(life, {}, where)

    answer = await answering.accept(caller, known(entry_id, "entry"), shown_as)
    replayed = [(b"idempotency-replayed", b"true")] if answer.replayed else []
    return Ready(answer.body, 201, replayed)


@router.post("/waitlist/{entry_id:id}/decline", status_code=204, responses=problems(401, 403, 404, 409, 410))
async def decline(entry_id: int, caller: SignedIn, answering: Answering = part(Answering)) -> Response:
    """Let an offer go to the next in line; your place is given up with it. Twice changes nothing more."""
    await answering.decline(caller, known(entry_id, "entry"))
    return Response(status_code=204)


@router.delete("/waitlist/{entry_id:id}", status_code=204, responses=problems(401, 403, 404, 410))
async def leave(entry_id: int, caller: SignedIn, answering: Answering = part(Answering)) -> Response:
    """Leave the line: who stands there, or an administrator. What was offered goes to the next."""
    await answering.leave(caller, known(entry_id, "entry"))
    return Response(status_code=204)
