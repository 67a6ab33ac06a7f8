"""Sessions of browsers: the refresh token is in a cookie that no script can read, the access token in memory.

Another site cannot act through the cookie. ``SameSite=Strict`` keeps browsers from sending it from there, and
each route asks for a header that a page of another origin can only send if Berth allowed it to, which it never does.
"""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Cookie, Depends, Header, Request, Response

from berth.kit.http.caller import Anyone, part
from berth.kit.http.problem import Problem, problems
from berth.kit.http.reply import reply
from berth.modules.identity.api.models import AccessOutput, SignInInput
from berth.modules.identity.api.sessions import FromDoor
from berth.modules.identity.domain.tokens import TokenPair
from berth.modules.identity.usecases.sessions import Sessions

PATH = "/api/v1/session"
COOKIE = "berth_session"
REUSE_GRACE = timedelta(seconds=20)
"""A page that is reloaded while it refreshes never sees the answer, and its cookie stays the one that was used."""


async def same_site(
    x_berth_web: Annotated[
        str | None, Header(max_length=20, description="`1`, to show that no other site is asking.")
    ] = None,
) -> None:
    """Raise 403 without the header."""
    if x_berth_web != "1":
        raise Problem(403, "cross-site-refused", "This is for pages of Berth alone: send the header 'X-Berth-Web: 1'.")


RefreshToken = Annotated[str | None, Cookie(alias=COOKIE, include_in_schema=False)]

router = APIRouter(prefix=PATH, tags=["identity"], dependencies=[Anyone, Depends(same_site)])


@router.post("", response_model=AccessOutput, responses=problems(401, 403))
async def sign_in(request: Request, door: FromDoor, body: SignInInput, sessions: Sessions = part(Sessions)) -> Response:
    """Sign a browser in with a username or e-mail address and its password."""
    pair = await sessions.sign_in(login=body.username, password=body.password, door=door)
    return _answer(request, pair, sessions)


@router.post("/refresh", response_model=AccessOutput, responses=problems(401, 403))
async def refresh(
    request: Request, refresh_token: RefreshToken = None, sessions: Sessions = part(Sessions)
) -> Response:
    """Exchange the cookie for a new one and an access token."""
    if refresh_token is None:
        raise Problem(401, "not-signed-in", "There is no session in this browser; sign in.")
    return _answer(request, await sessions.refresh(refresh_token=refresh_token, grace=REUSE_GRACE), sessions)


@router.delete("", status_code=204, response_class=Response, responses=problems(403))
async def sign_out(
    request: Request, refresh_token: RefreshToken = None, sessions: Sessions = part(Sessions)
) -> Response:
    """End the session of the cookie, and take the cookie back."""
    if refresh_token is not None:
        await sessions.sign_out_by_token(refresh_token=refresh_token)
    response = Response(status_code=204)
    _set_cookie(response, request, "", timedelta(0))
    return response


def _answer(request: Request, pair: TokenPair, sessions: Sessions) -> Response:
    shown = {"access_token": pair.access_token, "token_type": pair.token_type, "expires_in": pair.expires_in}
    response = reply(shown)
    _set_cookie(response, request, pair.refresh_token, sessions.refresh_lifetime)
    return response


def _set_cookie(response: Response, request: Request, value: str, lifetime: timedelta) -> None:
    response.set_cookie(
        COOKIE,
        value,
        max_age=int(lifetime.total_seconds()),
        path=PATH,
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )
