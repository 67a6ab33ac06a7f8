"""The outermost layer of HTTP: request ids, safe headers, a body limit, and hot routes ahead of the framework."""

import functools
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import structlog
from fastapi import Response
from pydantic import TypeAdapter, ValidationError

from berth.kit.http.problem import Problem, as_problem
from berth.kit.origin import Origin, came_from, trace_parent_of
from berth.kit.telemetry.metrics import Requests
from berth.kit.telemetry.trace import Tracer
from berth.kit.websocket.upgrade import Opens, upgrade, wanted

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[Any, Any, Any], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class HotRequest:
    """What a hot handler is given: headers by lower-case name, the body, and the caller's network address."""

    headers: Mapping[bytes, bytes]
    body: bytes
    address: str


HotHandler = Callable[[HotRequest], Awaitable[Response]]
"""Answers the response, or raises what ``as_problem`` knows."""

HotRoute = Callable[[bytes], HotHandler | None]
"""Takes the query string; answers the handler, or none if the framework must serve this request."""


def hot_without_query(handler: HotHandler) -> HotRoute:
    """Answer a route that serves requests without a query string."""
    return lambda query: None if query else handler


def hot_with_query(
    kinds: Mapping[str, Any], serve: Callable[[Mapping[str, Any], HotRequest], Awaitable[Response]]
) -> HotRoute:
    """Answer a route that serves requests whose parameters are among ``kinds``, each of its type and given once.

    ``kinds`` are the types that the framework's route declares, so that both read the same; what does not
    fit, the framework refuses in its own words. ``serve`` is given the parameters that are there.
    """
    adapters = {name: TypeAdapter(kind) for name, kind in kinds.items()}

    def read(query: bytes) -> HotHandler | None:
        pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
        asked = dict(pairs)
        if len(asked) < len(pairs) or not asked.keys() <= adapters.keys():
            return None
        try:
            values = {name: adapters[name].validate_python(text) for name, text in asked.items()}
        except ValidationError:
            return None
        return functools.partial(serve, values)

    return read


SAFE_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cache-control", b"no-store"),
]


UPGRADING = "berth.upgrading"
"""Where a scope holds the transport of a request that asks to become a WebSocket."""

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SLOW_SECONDS = 1.0
CLIENT_LEFT = 499
"""Stands for the status of a request whose caller left before there was an answer."""


class Front:
    """An ASGI application around the framework's."""

    def __init__(
        self,
        app: App,
        hot: Mapping[tuple[str, str], HotRoute],
        *,
        body_bytes_max: int,
        requests: Requests,
        tracer: Tracer,
        close_sockets: Callable[[], None] = lambda: None,
        sockets: Mapping[str, Opens] | None = None,
    ) -> None:
        self._app = app
        self._hot = hot
        self._body_bytes_max = body_bytes_max
        self._requests = requests
        self._tracer = tracer
        self.close_sockets = close_sockets
        self.sockets = sockets or {}
        self.requests_served = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection of the server."""
        if scope["type"] == "websocket" and UPGRADING in scope:
            status = upgrade(self.sockets[scope["path"]], scope, scope[UPGRADING])
            self._requests.of("GET", scope["path"]).add(status, 0.0)
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        handler = self.hot(scope)
        if handler is not None:
            response = await self.answer(handler, scope, receive)
            start = {"type": "http.response.start", "status": response.status_code, "headers": response.raw_headers}
            await send(start)
            await send({"type": "http.response.body", "body": response.body})
            return
        began, status = time.perf_counter(), CLIENT_LEFT
        named = [*SAFE_HEADERS, (b"x-request-id", self._arrived(scope))]

        async def send_named(message: dict[str, Any]) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                present = {name for name, _ in message.get("headers", ())}
                message["headers"] = [
                    *message.get("headers", ()),
                    *(one for one in named if one[0] not in present),
                ]
            await send(message)

        try:
            await self._app(scope, self._limited(receive), send_named)
        finally:
            self._ended(scope, _template(scope), status, began)

    def hot(self, scope: Scope) -> HotHandler | None:
        """Answer the handler of a hot route, or none if the framework must serve the request."""
        if scope["path"] in self.sockets:
            return _in_plain_http
        route = self._hot.get((scope["method"], scope["path"]))
        return None if route is None else route(scope["query_string"])

    async def answer(self, handler: HotHandler, scope: Scope, receive: Receive) -> Response:
        """Answer a request of a hot route; whatever goes wrong is a problem, too."""
        began = time.perf_counter()
        request_id = self._arrived(scope)
        try:
            body = await self._read(receive)
            client = scope.get("client")
            response = await handler(HotRequest(dict(scope["headers"]), body, client[0] if client else ""))
        except Exception as error:
            response = as_problem(error).response()
        response.raw_headers += [*SAFE_HEADERS, (b"x-request-id", request_id)]
        self._ended(scope, scope["path"], response.status_code, began)
        return response

    def _arrived(self, scope: Scope) -> bytes:
        """Say where the work of this task comes from, and answer the request's id, which is its trace's."""
        self.requests_served += 1
        header = next((value for name, value in scope["headers"] if name == b"traceparent"), None)
        sent = header.decode("latin-1") if header else None
        client = scope.get("client")
        span = scope["span"] = self._tracer.request(sent)
        parent = span.trace_parent if span else trace_parent_of(sent)
        found = Origin(parent, client[0] if client else None)
        came_from(found)
        scope["request_id"] = found.trace_id
        return found.trace_id.encode()

    def _ended(self, scope: Scope, route: str, status: int, began: float) -> None:
        """Count the request; log it if it failed or took long."""
        seconds = time.perf_counter() - began
        method = scope["method"]
        self._requests.of(method if method in METHODS else "other", route).add(status, seconds)
        if scope["span"]:
            scope["span"].ended(method, route, status)
        if status >= 500 or seconds > SLOW_SECONDS:
            structlog.get_logger().warning(
                "request_failed" if status >= 500 else "request_slow",
                method=method,
                route=route,
                status=status,
                milliseconds=round(seconds * 1000),
            )

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


async def _in_plain_http(_: HotRequest) -> Response:
    raise wanted()


def _template(scope: Scope) -> str:
    """Answer the path of the route as documented, such as ``/users/{user_id}``, or ``none`` if there is no such."""
    path: str = getattr(scope.get("route"), "path", "none")
    return path.replace(":id}", "}")
