"""Signing in, refreshing and signing out."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from berth.kit.http.caller import Anyone, SignedIn, address_of, part
from berth.kit.http.limit import Limits
from berth.kit.http.problem import Problem, problems
from berth.kit.http.reply import reply
from berth.modules.identity.api.models import LogoutInput, RefreshInput, TokenInput, TokenOutput
from berth.modules.identity.usecases.sessions import Sessions

router = APIRouter(prefix="/api/v1", tags=["identity"])

FAILURE_DOOR = "token-failure"


@dataclass(frozen=True)
class Rates:
    """How often per minute one address may register, and fail to prove who it is; zero means no limit."""

    register_per_minute: int
    failures_per_minute: int


async def count_failure(request: Request, rates: Rates, problem: Problem) -> None:
    """Count a refused proof of identity by address; raise 429 when it was one too many."""
    if problem.status in (401, 403):
        limits: Limits = request.app.state.limits
        await limits.count(FAILURE_DOOR, address_of(request), rates.failures_per_minute)


@router.post("/token", response_model=TokenOutput, responses=problems(401), dependencies=[Anyone])
async def token(
    request: Request,
    form: Annotated[TokenInput, Form()],
    sessions: Sessions = part(Sessions),
    rates: Rates = part(Rates),
) -> Response:
    """Sign in with a username or e-mail address and its password."""
    try:
        pair = await sessions.sign_in(login=form.username, password=form.password, address=address_of(request))
    except Problem as problem:
        await count_failure(request, rates, problem)
        raise
    return reply(pair)


@router.post("/token/refresh", response_model=TokenOutput, responses=problems(401), dependencies=[Anyone])
async def refresh(
    request: Request, body: RefreshInput, sessions: Sessions = part(Sessions), rates: Rates = part(Rates)
) -> Response:
    """Exchange a refresh token for a new pair; used twice, it ends its session."""
    try:
        return reply(await sessions.refresh(refresh_token=body.refresh_token))
    except Problem as problem:
        await count_failure(request, rates, problem)
        raise


@router.post("/logout", status_code=204, response_class=Response, responses=problems(401))
async def logout(caller: SignedIn, body: LogoutInput | None = None, sessions: Sessions = part(Sessions)) -> Response:
    """End the session of the access token, at once."""
    await sessions.sign_out(caller=caller, refresh_token=body.refresh_token if body else None)
    return Response(status_code=204)
