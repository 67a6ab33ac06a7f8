"""Approvals over HTTP: an approver's inbox, and the decisions."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from berth.kit.auth import Principal
from berth.kit.http.caller import SignedIn, part
from berth.kit.http.page import Cursor, Limit, page, read_cursor
from berth.kit.http.problem import problems
from berth.kit.http.reply import reply
from berth.kit.http.zone import OutputZone, shown
from berth.modules.booking.api.models import Input, Named, Text
from berth.modules.booking.api.reservation import known
from berth.modules.booking.store.approving import Decided
from berth.modules.booking.usecases.life.approving import Approving
from berth.modules.booking.usecases.reading import Reading

router = APIRouter(prefix="/api/v1", tags=["approvals"])


class Decision(Input):
    """What the approver says about it; the owner reads it."""

    message: Annotated[Text | None, Field(max_length=500)] = None


class ApprovalShown(BaseModel):
    """A reservation, or a move of one, that waits for a decision ``until`` a time. Times are those that are wanted."""

    id: int
    reservation_id: int
    start: datetime
    end: datetime
    title: str
    description: str | None
    resources: list[Named]
    owner: Named
    moves: bool
    escalated: bool
    asked_at: datetime
    until: datetime


class ApprovalPage(BaseModel):
    """A page of what waits for the caller's decision."""

    items: list[ApprovalShown]
    next_cursor: str | None


@router.get("/approvals", response_model=ApprovalPage, responses=problems(401))
async def waiting(
    caller: SignedIn,
    zone: OutputZone,
    limit: Limit = 50,
    cursor: Cursor = None,
    approving: Approving = part(Approving),
    reading: Reading = part(Reading),
) -> Response:
    """List what waits for the caller's decision, the oldest first."""
    keys = read_cursor(cursor, int)
    pages = page(
        await approving.waiting(caller, keys[0] if keys else None, limit + 1), limit, lambda one: (one.request_id,)
    )
    names = await reading.resource_names([id_ for one in pages["items"] for id_ in one.resource_ids])
    people = await reading.people([one.owner_id for one in pages["items"]])
    where = zone.of(caller)
    items = [
        {
            "id": one.request_id,
            "reservation_id": one.reservation_id,
            "start": shown(one.start, where),
            "end": shown(one.end, where),
            "title": one.title,
            "description": one.description,
            "resources": [{"id": id_, "name": names.get(id_, "")} for id_ in one.resource_ids],
            "owner": {"id": one.owner_id, "name": people[one.owner_id].name if one.owner_id in people else ""},
            "moves": one.moves,
            "escalated": one.escalated,
            "asked_at": shown(one.asked_at, where),
            "until": shown(one.until, where),
        }
        for one in pages["items"]
    ]
    return reply(pages | {"items": items})


@router.post("/approvals/{request_id:id}/approve", status_code=204, responses=problems(401, 403, 404, 409))
async def approve(
    request_id: int, caller: SignedIn, body: Decision | None = None, approving: Approving = part(Approving)
) -> Response:
    """Approve; only those whom the policy named may. Twice changes nothing more."""
    return await _decided(approving, caller, request_id, body, approved=True)


@router.post("/approvals/{request_id:id}/reject", status_code=204, responses=problems(401, 403, 404, 409))
async def reject(
    request_id: int, caller: SignedIn, body: Decision | None = None, approving: Approving = part(Approving)
) -> Response:
    """Reject; the reservation is cancelled, or stays where it is if it was to be moved."""
    return await _decided(approving, caller, request_id, body, approved=False)


async def _decided(
    approving: Approving, caller: Principal, request_id: int, body: Decision | None, *, approved: bool
) -> Response:
    message = body.message if body else None
    await approving.decide(caller, known(request_id, "approval"), Decided(approved, message))
    return Response(status_code=204)
