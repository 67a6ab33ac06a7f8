"""``GET /live``: notices as server-sent events, for as long as the caller is signed in."""

from collections.abc import AsyncIterator
from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse

from berth.edges.live.hub import Hub
from berth.kit.auth import Identify, Principal, TokenRefused
from berth.kit.http.caller import SignedIn, bearer
from berth.kit.http.problem import problems

HEARTBEAT_SECONDS = 15.0
HEADERS = {"X-Accel-Buffering": "no", "Cache-Control": "no-store"}


def live_router(hub: Hub) -> APIRouter:
    """Answer the route of the stream."""
    router = APIRouter(prefix="/api/v1", tags=["live"])

    @router.get(
        "/live",
        response_class=StreamingResponse,
        responses={200: {"content": {"text/event-stream": {}}}, **problems(401)},
    )
    async def live(
        request: Request, caller: SignedIn, token: Annotated[str | None, Depends(bearer)]
    ) -> StreamingResponse:
        """Tell what changes, as server-sent events: each says what to look at again, and nothing more.

        `{"type", "subject", "resource_ids"}`: of what concerns the caller the event's type and subject, of all
        else `calendar_changed` and the resources. After `missed`, and whenever the stream was lost, look at
        everything again. It ends when the token does.
        """
        stream = _stream(hub, caller, request.app.state.identify, token or "")
        return StreamingResponse(stream, media_type="text/event-stream", headers=HEADERS)

    return router


async def _stream(hub: Hub, caller: Principal, identify: Identify, token: str) -> AsyncIterator[bytes]:
    listener = await hub.join(caller)
    try:
        yield b": listening\n\n"
        while not listener.closed:
            heard = await listener.hear(HEARTBEAT_SECONDS)
            if not heard:
                await identify(token)
                yield b": still here\n\n"
            for notice in heard:
                yield b"data: " + orjson.dumps(notice.members()) + b"\n\n"
    except TokenRefused:
        return
    finally:
        hub.leave(listener)
