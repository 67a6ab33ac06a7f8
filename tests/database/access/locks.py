"""A lock on a real port, which can refuse, be slow, fail for a while, or redirect."""

import asyncio
import contextlib
import hmac
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import uvicorn

SECRET = b"quay-lantern-7-tide"


@dataclass
class Door:
    """What the lock does, and what it has heard: ``open_for`` are the permissions that it would open for."""

    url: str = ""
    status: int = 200
    failures: int = 0
    seconds: float = 0.0
    answers_late: bool = False
    heard: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    open_for: dict[str, dict[str, Any]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)

    async def __call__(self, scope: Any, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Any]) -> None:
        body = await _body(receive)
        headers = {key.decode(): value.decode() for key, value in scope["headers"]}
        signed = headers["berth-timestamp"].encode() + b"." + body
        said = json.loads(body)
        self.heard.append(said)
        self.keys.append(headers["idempotency-key"])
        status = self.status
        if not hmac.compare_digest(hmac.new(SECRET, signed, sha256).hexdigest(), headers["berth-signature"]):
            status = 401
        elif self.failures:
            self.failures -= 1
            status = 503
        if status < 300:
            self._take(said)
        await asyncio.sleep(self.seconds)
        location = [(b"location", b"/elsewhere")] if status in (302, 307) else []
        await send({"type": "http.response.start", "status": status, "headers": location})
        await send({"type": "http.response.body", "body": f"the code is {said.get('code')}".encode()})

    def _take(self, said: dict[str, Any]) -> None:
        if said["action"] == "revoke":
            self.gone.add(said["id"])
            self.open_for.pop(said["id"], None)
        elif said["action"] == "grant" and said["id"] not in self.gone:
            self.open_for[said["id"]] = said

    def actions(self, id_: str) -> list[str]:
        """What it was told of a permission, in this order."""
        return [one["action"] for one in self.heard if one["id"] == id_]


async def _body(receive: Callable[[], Awaitable[Any]]) -> bytes:
    found = b""
    while True:
        message = await receive()
        found += message.get("body", b"")
        if not message.get("more_body"):
            return found


@contextlib.asynccontextmanager
async def door() -> AsyncIterator[Door]:
    """Serve a lock."""
    made = Door()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        made.url = f"http://127.0.0.1:{listening.getsockname()[1]}/berth"
        server = uvicorn.Server(uvicorn.Config(made, lifespan="off", log_config=None))
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            yield made
        finally:
            server.should_exit = True
            server.force_exit = True
            with contextlib.suppress(asyncio.CancelledError):
                await serving
