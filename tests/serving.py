"""Berth on a real port, for programs that bring a client of their own."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

import httpx
import uvicorn

from berth.kit.http.protocol import http_protocol


@contextlib.asynccontextmanager
async def serving(berth: httpx.AsyncClient) -> AsyncIterator[str]:
    """Answer where the Berth of this client is reached over TCP, and serve it there if nobody does."""
    if not isinstance(berth._transport, httpx.ASGITransport):
        yield str(berth.base_url).rstrip("/")
        return
    with socket.create_server(("127.0.0.1", 0)) as listening:
        app = berth._transport.app
        config = uvicorn.Config(app, lifespan="off", log_config=None, http=http_protocol(app))
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            with contextlib.suppress(asyncio.CancelledError):
                await task
