"""uvicorn's HTTP protocol, which answers hot routes itself: one task, one write, and no ASGI messages between.

What an ASGI server does around an application costs as much as making a reservation does. Every other
request, and a hot one that came through a proxy, takes uvicorn's way.
"""

from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from berth.kit.http.front import Front, HotHandler

FORWARDED = b"x-forwarded-for"


def http_protocol(front: Front) -> type[HttpToolsProtocol]:
    """Answer the protocol class that serves the front's hot routes."""

    class HttpProtocol(HttpToolsProtocol):
        """One connection."""

        def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
            scope: Any = cycle.scope
            handler = front.hot(scope)
            if handler is None or app is not self.app or any(name == FORWARDED for name, _ in scope["headers"]):
                super()._start_asgi_task(cycle, app)
                return
            task = self.loop.create_task(self._serve(cycle, handler))
            task.add_done_callback(self.tasks.discard)
            self.tasks.add(task)

        async def _serve(self, cycle: RequestResponseCycle, handler: HotHandler) -> None:
            """Answer one request as uvicorn's own cycle would."""
            scope: Any = cycle.scope
            receive: Any = cycle.receive
            response = await front.answer(handler, scope, receive)
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

    return HttpProtocol
