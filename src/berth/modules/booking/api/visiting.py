"""Checking in and out over HTTP, and the picture that opens check-in."""

import io
from typing import Annotated

import segno
from fastapi import APIRouter, Response
from pydantic import Field

from berth.kit.http.caller import SignedIn, part
from berth.kit.http.problem import problems
from berth.kit.http.zone import Moment, OutputZone
from berth.modules.booking.api.models import Input, ReservationDetail
from berth.modules.booking.api.reservation import IfMatch, known, one_shown, version_of
from berth.modules.booking.api.waiting import Prefer, Waiting
from berth.modules.booking.usecases.changing import Changing, Wish
from berth.modules.booking.usecases.life.visiting import Visiting
from berth.modules.booking.usecases.reading import Reading

router = APIRouter(prefix="/api/v1", tags=["reservations"])


class CheckIn(Input):
    """What is shown at the door; the owner needs no code."""

    code: Annotated[str | None, Field(pattern=r"^[0-9]{4,12}$")] = None


class Extension(Input):
    """Until when a reservation is to go on."""

    end: Moment


@router.post(
    "/reservations/{reservation_id:id}/check-in",
    response_model=ReservationDetail,
    responses=problems(401, 403, 404, 409, 429),
)
async def check_in(
    reservation_id: int,
    caller: SignedIn,
    zone: OutputZone,
    body: CheckIn | None = None,
    visiting: Visiting = part(Visiting),
    reading: Reading = part(Reading),
) -> Response:
    """Begin to use what is reserved: its owner, an administrator, or whoever has the code."""
    found = await visiting.check_in(caller, known(reservation_id), body.code if body else None)
    return await one_shown(reading, caller, zone, found)


@router.post(
    "/reservations/{reservation_id:id}/check-out",
    response_model=ReservationDetail,
    responses=problems(401, 403, 404, 409),
)
async def check_out(
    reservation_id: int,
    caller: SignedIn,
    zone: OutputZone,
    visiting: Visiting = part(Visiting),
    reading: Reading = part(Reading),
) -> Response:
    """End the use; the rest of the slot is free again at once."""
    return await one_shown(reading, caller, zone, await visiting.check_out(caller, known(reservation_id)))


@router.post(
    "/reservations/{reservation_id:id}/extend",
    response_model=ReservationDetail,
    responses=problems(401, 403, 404, 409, 412),
)
async def extend(
    reservation_id: int,
    body: Extension,
    caller: SignedIn,
    zone: OutputZone,
    prefer: Prefer = None,
    if_match: IfMatch = None,
    changing: Changing = part(Changing),
    waiting: Waiting = part(Waiting),
    reading: Reading = part(Reading),
) -> Response:
    """Go on until another end, also while in use, if what follows is free."""
    wish = Wish(end=body.end, version=version_of(if_match))
    found = await changing.change(caller, known(reservation_id), wish)
    return await one_shown(reading, caller, zone, await waiting.moved(caller, found, wish, prefer), prefer)


@router.get(
    "/reservations/{reservation_id:id}/check-in.svg",
    response_class=Response,
    responses={200: {"content": {"image/svg+xml": {}}}, **problems(401, 403, 404, 409)},
)
async def check_in_picture(reservation_id: int, caller: SignedIn, visiting: Visiting = part(Visiting)) -> Response:
    """Answer a QR code that opens check-in, with the access code if there is one: to the owner alone."""
    return _qr_code(await visiting.check_in_link(caller, known(reservation_id)))


@router.get(
    "/resources/{resource_id:id}/door.svg",
    response_class=Response,
    responses={200: {"content": {"image/svg+xml": {}}}, **problems(401, 403, 404)},
)
async def door_picture(resource_id: int, _: SignedIn, visiting: Visiting = part(Visiting)) -> Response:
    """Answer a QR code that opens the display at the door of a resource."""
    return _qr_code(await visiting.door_link(resource_id))


def _qr_code(link: str) -> Response:
    picture = io.BytesIO()
    segno.make(link, error="m", micro=False).save(picture, kind="svg", scale=4, border=4, dark="#000", light="#fff")
    return Response(picture.getvalue(), media_type="image/svg+xml")
