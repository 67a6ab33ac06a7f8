"""A contract on a real server of its own, as between services apart."""

import contextlib
from collections.abc import AsyncIterator

import uvicorn
from fastapi import FastAPI

from berth.kit.http.front import Front
from berth.kit.http.protocol import http_protocol
from berth.kit.remote.client import Service
from berth.kit.remote.server import internal_routes
from berth.kit.remote.token import InternalTokens
from berth.kit.telemetry.metrics import Metrics
from berth.kit.telemetry.trace import NoTracer


@contextlib.asynccontextmanager
async def served(contract: type, offer: object, tokens: InternalTokens) -> AsyncIterator[Service]:
    """Serve what fulfils the contract; answer where."""
    name = contract.__name__.lower()
    routes = internal_routes(contract, offer, service=name, tokens=tokens)
    front = Front(FastAPI(), routes, body_bytes_max=100_000, requests=Metrics().requests, tracer=NoTracer())
    config = uvicorn.Config(
        front, port=0, http=http_protocol(front), lifespan="off", log_config=None, timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    server.config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Service(name, f"http://127.0.0.1:{port}")
    finally:
        server.should_exit = True
        await server.shutdown()
