"""App passwords over HTTP: each person's own, and nobody else's."""

from typing import Any

from fastapi import APIRouter, Response

from berth.kit.auth import Principal
from berth.kit.http.caller import SignedIn, part
from berth.kit.http.problem import Problem, problems
from berth.kit.http.reply import reply
from berth.kit.http.zone import OutputZone, ZoneAsked, shown
from berth.modules.calendar.api.models import AppPasswordCreate, AppPasswordMade, AppPasswordPage
from berth.modules.calendar.domain.dav.nodes import ROOT
from berth.modules.calendar.domain.feed import AppPassword
from berth.modules.calendar.domain.items import Place
from berth.modules.calendar.usecases.passwords import AppPasswords

router = APIRouter(prefix="/api/v1/calendars/app-passwords", tags=["calendars"])


@router.post("", status_code=201, response_model=AppPasswordMade, responses=problems(401, 409))
async def create(
    body: AppPasswordCreate,
    caller: SignedIn,
    zone: OutputZone,
    passwords: AppPasswords = part(AppPasswords),
    place: Place = part(Place),
) -> Response:
    """Make a password for a calendar program, which reads what you reserved and does nothing else; shown this once."""
    made, secret = await passwords.create(caller, body.name)
    more = {"password": secret, "username": caller.username, "url": f"{place.origin}{ROOT}"}
    return reply(_show(made, caller, zone) | more, 201)


@router.get("", response_model=AppPasswordPage, responses=problems(401))
async def listed(caller: SignedIn, zone: OutputZone, passwords: AppPasswords = part(AppPasswords)) -> Response:
    """List your app passwords."""
    items = [_show(one, caller, zone) for one in await passwords.listed(caller)]
    return reply({"items": items, "next_cursor": None})


@router.delete("/{app_password_id:id}", status_code=204, responses=problems(401, 404))
async def revoke(app_password_id: int, caller: SignedIn, passwords: AppPasswords = part(AppPasswords)) -> Response:
    """Let nobody use an app password any more."""
    if not 1 <= app_password_id < 2**63:
        raise Problem(404, "unknown-app-password", "You have no such app password.")
    await passwords.revoke(caller, app_password_id)
    return Response(status_code=204)


def _show(one: AppPassword, caller: Principal, zone: ZoneAsked) -> dict[str, Any]:
    where = zone.of(caller)
    return {
        "id": one.id,
        "name": one.name,
        "created_at": shown(one.created_at, where),
        "used_at": one.used_at and shown(one.used_at, where),
    }
