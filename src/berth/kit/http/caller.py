"""Who may call a route, stated on the route itself: ``Anyone``, ``SignedIn``, ``Reserver`` or ``Administrator``."""

from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from fastapi.security import OAuth2PasswordBearer

import berth.kit.http.path  # noqa: F401 every route is declared after this: it makes {…:id} known
from berth.kit.auth import Identify, Principal, Role, TokenRefused
from berth.kit.http.front import HotRequest
from berth.kit.http.limit import Limits
from berth.kit.http.problem import Problem

bearer = OAuth2PasswordBearer(tokenUrl="/api/v1/token", auto_error=False)

Part = TypeVar("Part")


def not_signed_in(reason: str) -> Problem:
    """Answer the 401 problem with the challenge that RFC 6750 asks for."""
    return Problem(401, "not-signed-in", reason, headers={"WWW-Authenticate": "Bearer"})


async def identify(identify_token: Identify, token: str | None) -> Principal:
    """Answer the principal of a bearer token, or raise the 401 problem."""
    if not token:
        raise not_signed_in("Sign in first: send the access token as 'Authorization: Bearer …'.")
    try:
        return await identify_token(token)
    except TokenRefused as refused:
        raise not_signed_in(str(refused)) from refused


async def identify_hot(identify_token: Identify, limits: Limits, request: HotRequest) -> Principal:
    """Answer who sends a request that the framework does not see; raise 401, or 429 over the limit."""
    scheme, _, token = request.headers.get(b"authorization", b"").partition(b" ")
    bearer_token = token.decode("latin-1").strip() if scheme.lower() == b"bearer" else None
    try:
        principal = await identify(identify_token, bearer_token)
    except Problem:
        await limits.count_address(request.address)
        raise
    await limits.count_person(principal.id)
    return principal


def address_of(request: Request) -> str:
    """Answer the network address of the caller, as the server or its trusted proxy states it."""
    return request.client.host if request.client else ""


class Allow:
    """A dependency that lets the roles pass; without roles, anybody who is signed in."""

    def __init__(self, *roles: Role) -> None:
        self.roles = frozenset(roles) or frozenset(Role)

    async def __call__(self, request: Request, token: Annotated[str | None, Depends(bearer)]) -> Principal:
        """Answer the caller; raise 401 without a good token, 403 for another role, 429 over the limit."""
        limits: Limits = request.app.state.limits
        try:
            principal = await identify(request.app.state.identify, token)
        except Problem:
            await limits.count_address(address_of(request))
            raise
        await limits.count_person(principal.id)
        if principal.role not in self.roles:
            raise Problem(403, "not-allowed", f"This needs the role {' or '.join(sorted(self.roles))}.")
        return principal


class AllowAnyone:
    """A dependency that lets everybody pass, counted by address."""

    async def __call__(self, request: Request) -> None:
        """Raise 429 over the limit."""
        limits: Limits = request.app.state.limits
        await limits.count_address(address_of(request))


Anyone = Depends(AllowAnyone())
SignedIn = Annotated[Principal, Depends(Allow())]
Reserver = Annotated[Principal, Depends(Allow(Role.USER, Role.ADMIN))]
Administrator = Annotated[Principal, Depends(Allow(Role.ADMIN))]


def part(kind: type[Part]) -> Any:
    """Answer a dependency on the one object of this type that the modules handed to the application."""

    # A dependency that is not a coroutine is sent to a thread, which takes longer than the rest of the request.
    async def find(request: Request) -> Part:
        found: Part = request.app.state.parts[kind]
        return found

    return Depends(find)
