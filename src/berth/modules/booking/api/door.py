"""Checking in and out at the door of a resource, where somebody has a code and knows no number."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import Field

from berth.kit.http.caller import SignedIn, part
from berth.kit.http.problem import problems
from berth.kit.http.zone import OutputZone
from berth.modules.booking.api.models import Input, ReservationDetail
from berth.modules.booking.api.reservation import known, one_shown
from berth.modules.booking.usecases.life.visiting import Visiting
from berth.modules.booking.usecases.reading import Reading

router = APIRouter(prefix="/api/v1", tags=["reservations"])


class DoorCode(Input):
    """The access code of a reservation, as it is typed at a door."""

    code: Annotated[str, Field(pattern=r"^[0-9]{4,12}$")]


@router.post(
    "/resources/{resource_id:id}/check-in",
    response_model=ReservationDetail,
    responses=problems(401, 403, 404, 409, 429),
)
async def check_in_here(
    resource_id: int,
    body: DoorCode,
    caller: SignedIn,
    zone: OutputZone,
    visiting: Visiting = part(Visiting),
    reading: Reading = part(Reading),
) -> Response:
    """Begin to use what is reserved here and has this code; whoever has the code may."""
    found = await visiting.check_in_here(caller, known(resource_id, "resource"), body.code)
    return await one_shown(reading, caller, zone, found)


@router.post(
    "/resources/{resource_id:id}/check-out",
    response_model=ReservationDetail,
    responses=problems(401, 403, 404, 409, 429),
)
async def check_out_here(
    resource_id: int,
    body: DoorCode,
    caller: SignedIn,
    zone: OutputZone,
    visiting: Visiting = part(Visiting),
    reading: Reading = part(Reading),
) -> Response:
    """End the use of what is reserved here and has this code; the rest of the slot is free again at once."""
    found = await visiting.check_out_here(caller, known(resource_id, "resource"), body.code)
    return await one_shown(reading, caller, zone, found)
