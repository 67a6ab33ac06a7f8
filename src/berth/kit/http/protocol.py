"""uvicorn's HTTP protocol, which answers hot routes itself: one task, one write, and no ASGI messages between.

What an ASGI server does around an application costs as much as making a reservation does. Every other
request, and a hot one that came through a proxy, takes uvicorn's way. What asks to become a WebSocket does so as well,
as far as the application; there the front takes the connection over, and no message of ASGI is between.
"""

from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from berth.kit.http.front import UPGRADING, Front, HotHandler

FORWARDED = b"x-forwarded-for"


class HttpProtocol(HttpToolsProtocol):
    """One connection to a front."""

    front: ClassVar[Front]

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        scope: Any = cycle.scope
        handler = self.front.hot(scope)
        if handler is None or app is not self.app or any(name == FORWARDED for name, _ in scope["headers"]):
            super()._start_asgi_task(cycle, app)
            return
        task = self.loop.create_task(self._serve(cycle, handler))
        task.add_done_callback(self.tasks.discard)
        self.tasks.add(task)

    def _should_upgrade(self) -> bool:
        return (
            self._get_upgrade() == b"websocket" and self.url.partition(b"?")[0].decode("latin-1") in self.front.sockets
        )

    def handle_websocket_upgrade(self) -> None:
        """Let the front take the connection over, once uvicorn has found out who is behind a proxy."""
        self.transport.pause_reading()
        path, _, query = self.url.partition(b"?")
        scope: Any = self.scope | {
            "type": "websocket",
            "scheme": "ws",
            "path": path.decode("latin-1"),
            "query_string": query,
            UPGRADING: self.transport,
        }
        self.connections.discard(self)
        task = self.loop.create_task(self._upgrade(scope))
        task.add_done_callback(self.tasks.discard)
        self.tasks.add(task)

    async def _upgrade(self, scope: Any) -> None:
        app: Any = self.app
        await app(scope, None, None)
        # The parser holds this protocol and this protocol the parser: they would wait for the garbage collection.
        del self.parser

    async def _serve(self, cycle: RequestResponseCycle, handler: HotHandler) -> None:
        """Answer one request as uvicorn's own cycle would."""
        scope: Any = cycle.scope
        receive: Any = cycle.receive
        response = await self.front.answer(handler, scope, receive)
        cycle.response_started = cycle.response_complete = True
        if not cycle.disconnected:
            head = [STATUS_LINE[response.status_code]]
            headers = [*self.server_state.default_headers, *response.raw_headers]
            if not cycle.keep_alive:
                headers.append((b"connection", b"close"))
            for name, value in headers:
                head += (name, b": ", value, b"\r\n")
            self.transport.write(b"".join((*head, b"\r\n", response.body)))
            if not cycle.keep_alive:
                self.transport.close()
        cycle.on_response()


def http_protocol(front: Front) -> type[HttpProtocol]:
    """Answer the protocol class that serves the front's hot routes and its sockets."""

    class OfFront(HttpProtocol):
        """One connection to this front."""

    OfFront.front = front
    return OfFront
