"""The outermost layer of HTTP: request ids, safe headers, a body limit, and hot routes ahead of the framework."""

import itertools
import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from fastapi import Response

from berth.kit.http.problem import Problem, as_problem

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[Any, Any, Any], Awaitable[None]]

HotHandler = Callable[[Mapping[bytes, bytes], bytes, str], Awaitable[Response]]
"""Takes the headers, the body and the caller's address; answers the response or raises what ``as_problem`` knows."""

SAFE_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cache-control", b"no-store"),
]


class Front:
    """An ASGI application around the framework's."""

    def __init__(self, app: App, hot: Mapping[tuple[str, str], HotHandler], *, body_bytes_max: int) -> None:
        self._app = app
        self._hot = hot
        self._body_bytes_max = body_bytes_max
        self._process = secrets.token_hex(6)
        self._numbers = itertools.count(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection of the server."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = f"{self._process}{next(self._numbers):08x}"
        scope["request_id"] = request_id
        named = [*SAFE_HEADERS, (b"x-request-id", request_id.encode())]
        handler = self._hot.get((scope["method"], scope["path"]))
        if handler is not None and not scope["query_string"]:
            response = await self._answer(handler, scope, receive)
            start = {
                "type": "http.response.start",
                "status": response.status_code,
                "headers": response.raw_headers + named,
            }
            await send(start)
            await send({"type": "http.response.body", "body": response.body})
            return

        async def send_named(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                present = {name for name, _ in message.get("headers", ())}
                message["headers"] = [
                    *message.get("headers", ()),
                    *(one for one in named if one[0] not in present),
                ]
            await send(message)

        await self._app(scope, self._limited(receive), send_named)

    async def _answer(self, handler: HotHandler, scope: Scope, receive: Receive) -> Response:
        try:
            body = await self._read(receive)
            client = scope.get("client")
            return await handler(dict(scope["headers"]), body, client[0] if client else "")
        except Exception as error:
            return as_problem(error).response()

    async def _read(self, receive: Receive) -> bytes:
        message = await receive()
        body: bytes = message.get("body", b"")
        while message.get("more_body"):
            message = await receive()
            body += message.get("body", b"")
            self._refuse_over(len(body))
        self._refuse_over(len(body))
        return body

    def _limited(self, receive: Receive) -> Receive:
        seen = 0

        async def receive_limited() -> dict[str, Any]:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            self._refuse_over(seen)
            return message

        return receive_limited

    def _refuse_over(self, size: int) -> None:
        if size > self._body_bytes_max:
            raise Problem(413, "too-large", f"A request may carry up to {self._body_bytes_max:,} bytes.")
