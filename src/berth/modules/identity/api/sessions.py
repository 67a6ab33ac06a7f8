"""Signing in, refreshing and signing out."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from berth.kit.http.caller import Anyone, SignedIn, address_of, part
from berth.kit.http.limit import Limits
from berth.kit.http.problem import problems
from berth.kit.http.reply import reply
from berth.modules.identity.api.models import LogoutInput, RefreshInput, TokenInput, TokenOutput
from berth.modules.identity.usecases.sessions import Sessions

router = APIRouter(prefix="/api/v1", tags=["identity"])


@dataclass(frozen=True)
class Rates:
    """How often per minute one address may register, and fail to prove who it is; zero means no limit."""

    register_per_minute: int
    failures_per_minute: int


class PasswordDoor:
    """The caller's address, with the count of its wrong passwords."""

    def __init__(self, request: Request) -> None:
        self.address = address_of(request)
        self._limits: Limits = request.app.state.limits
        self._per_minute = request.app.state.parts[Rates].failures_per_minute

    async def admit(self) -> None:
        """Raise 429 if too many wrong passwords came from here."""
        await self._limits.admit("token-failure", self.address, self._per_minute)

    async def failed(self) -> None:
        """Count a wrong password."""
        await self._limits.count("token-failure", self.address, self._per_minute)


FromDoor = Annotated[PasswordDoor, Depends(PasswordDoor)]


@router.post("/token", response_model=TokenOutput, responses=problems(401), dependencies=[Anyone])
async def token(door: FromDoor, form: Annotated[TokenInput, Form()], sessions: Sessions = part(Sessions)) -> Response:
    """Sign in with a username or e-mail address and its password."""
    return reply(await sessions.sign_in(login=form.username, password=form.password, door=door))


@router.post("/token/refresh", response_model=TokenOutput, responses=problems(401), dependencies=[Anyone])
async def refresh(body: RefreshInput, sessions: Sessions = part(Sessions)) -> Response:
    """Exchange a refresh token for a new pair; used twice, it ends its session."""
    return reply(await sessions.refresh(refresh_token=body.refresh_token))


@router.post("/logout", status_code=204, response_class=Response, responses=problems(401))
async def logout(caller: SignedIn, body: LogoutInput | None = None, sessions: Sessions = part(Sessions)) -> Response:
    """End the session of the access token, at once."""
    await sessions.sign_out(caller=caller, refresh_token=body.refresh_token if body else None)
    return Response(status_code=204)


@router.post("/logout/others", status_code=204, response_class=Response, responses=problems(401))
async def logout_others(caller: SignedIn, sessions: Sessions = part(Sessions)) -> Response:
    """End all other sessions of the caller, at once, such as that of a phone that was lost."""
    await sessions.sign_out_others(caller=caller)
    return Response(status_code=204)
