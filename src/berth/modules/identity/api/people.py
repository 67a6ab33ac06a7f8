"""Registering, and one's own account."""

from typing import Any

from fastapi import APIRouter, Request, Response

from berth.kit.http.caller import Anyone, SignedIn, address_of, part
from berth.kit.http.limit import Limits
from berth.kit.http.problem import problems
from berth.kit.http.reply import reply
from berth.modules.identity.api.models import OwnChanges, OwnPassword, PersonOutput, RegisterInput, language_of
from berth.modules.identity.api.sessions import FromDoor, Rates
from berth.modules.identity.usecases.people import People, Registration

router = APIRouter(prefix="/api/v1", tags=["identity"])


@router.post("/register", status_code=201, response_model=PersonOutput, responses=problems(409), dependencies=[Anyone])
async def register(
    request: Request, body: RegisterInput, people: People = part(People), rates: Rates = part(Rates)
) -> Response:
    """Make an account for an ordinary user, who is written to in the language that `Accept-Language` likes best."""
    limits: Limits = request.app.state.limits
    await limits.count("register", address_of(request), rates.register_per_minute)
    wish = Registration(body.username, body.email, body.password, body.name or body.username, language_of(request))
    return reply(await people.register(wish), 201)


@router.get("/users/me", response_model=PersonOutput, responses=problems(401))
async def me(caller: SignedIn, people: People = part(People)) -> Response:
    """Answer the caller's own account."""
    return reply(await people.account(caller.id))


@router.patch("/users/me", response_model=PersonOutput, responses=problems(401, 409))
async def change_me(caller: SignedIn, body: OwnChanges, people: People = part(People)) -> Response:
    """Change the caller's own account."""
    changes: dict[str, Any] = {
        name: value
        for name, value in (("name", body.name), ("email", body.email), ("language", body.language))
        if value is not None
    }
    if "timezone" in body.model_fields_set:
        changes["timezone"] = body.timezone
    return reply(await people.change(caller.id, changes, actor=caller))


@router.post("/users/me/password", status_code=204, response_class=Response, responses=problems(401, 403))
async def change_my_password(
    caller: SignedIn, body: OwnPassword, door: FromDoor, people: People = part(People)
) -> Response:
    """Set a new password, given the present one; the caller's other sessions end."""
    await people.change_own_password(caller=caller, current=body.current_password, new=body.new_password, door=door)
    return Response(status_code=204)
