"""``/holds``: keeping a slot while one decides."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field, model_validator

from berth.contracts.catalog import Resource
from berth.kit.http.caller import SignedIn, part
from berth.kit.http.problem import Problem, problems
from berth.kit.http.reply import reply
from berth.kit.http.zone import Moment, OutputZone, shown
from berth.modules.booking.api.models import Placed, Target
from berth.modules.booking.domain.hold import Hold
from berth.modules.booking.usecases.holds.holding import Holding, HoldWish

router = APIRouter(prefix="/api/v1", tags=["holds"])


class HoldCreate(Target):
    """The slot to be kept; ``minutes`` asks for less than what is usual."""

    start: Moment
    end: Moment
    minutes: Annotated[int | None, Field(strict=True, ge=1, le=1440, description="Default and most: as set.")] = None

    @model_validator(mode="after")
    def _whole(self) -> "HoldCreate":
        self.named_once()
        if self.start >= self.end:
            raise ValueError("the end must lie after the start")
        return self


class HoldShown(BaseModel):
    """A slot that is yours until ``expires_at``; ``seconds_left`` is how long that is."""

    id: int
    start: datetime
    end: datetime
    resources: list[Placed]
    expires_at: datetime
    seconds_left: int
    created_at: datetime


class HoldList(BaseModel):
    """All of one's holds, the one that ends next first."""

    items: list[HoldShown]
    next_cursor: None


@router.post("/holds", status_code=201, response_model=HoldShown, responses=problems(401, 403, 404, 409))
async def place(body: HoldCreate, caller: SignedIn, zone: OutputZone, holding: Holding = part(Holding)) -> Response:
    """Keep a slot for some minutes: nobody else can take it, and `POST /reservations` with its `hold_id` reserves it.

    The rules of the resource hold as for a reservation. 409 tells what stands in the way, or that it is one too many.
    """
    wish = HoldWish(body.ids, body.query, body.start, body.end, body.minutes)
    hold = await holding.place(caller, wish)
    resources = await holding.resources_of([hold])
    return reply(_show(hold, resources, holding.seconds_left(hold), zone.of(caller)), 201)


@router.get("/holds", response_model=HoldList, responses=problems(401))
async def listed(caller: SignedIn, zone: OutputZone, holding: Holding = part(Holding)) -> Response:
    """List your own holds, and how long they last."""
    found = await holding.listed(caller)
    resources = await holding.resources_of(found)
    items = [_show(one, resources, holding.seconds_left(one), zone.of(caller)) for one in found]
    return reply({"items": items, "next_cursor": None})


@router.delete("/holds/{hold_id:id}", status_code=204, responses=problems(401, 403, 404))
async def release(hold_id: int, caller: SignedIn, holding: Holding = part(Holding)) -> Response:
    """Give a hold back; its slot goes to whoever is next in line, or is free at once."""
    if not 1 <= hold_id < 2**63:
        raise Problem(404, "unknown-hold", "There is no such hold.")
    await holding.release(caller, hold_id)
    return Response(status_code=204)


def _show(hold: Hold, resources: Mapping[int, Resource], seconds_left: int, where: tzinfo) -> dict[str, Any]:
    return {
        "id": hold.id,
        "start": shown(hold.start, where),
        "end": shown(hold.end, where),
        "resources": [
            {"id": id_, "name": resources[id_].name, "timezone": resources[id_].timezone}
            for id_ in hold.resource_ids
            if id_ in resources
        ],
        "expires_at": shown(hold.expires_at, where),
        "seconds_left": seconds_left,
        "created_at": shown(hold.created_at, where),
    }
