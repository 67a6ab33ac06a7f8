"""Serves Berth: opens the database, brings it up to date, and runs the HTTP server until it is told to stop."""

import asyncio
import contextlib
import resource
import signal
import socket
from collections.abc import Iterator, Sequence

import uvicorn
import uvloop

from berth.app.assemble import assemble, in_order
from berth.app.data_dir import open_data_dir, read_secrets
from berth.app.database import bring_up_to_date, database_url, open_doors
from berth.app.describe import whole_api
from berth.app.modules import apart, known_names, modules
from berth.app.settings import Settings, read_settings
from berth.app.web.built import App
from berth.app.web.routes import log_if_missing
from berth.kit.bus.choose import open_bus
from berth.kit.clock import system_clock
from berth.kit.http.front import Front
from berth.kit.http.problem import describe_by
from berth.kit.http.protocol import http_protocol
from berth.kit.telemetry import log


def run(names: Sequence[str] = ()) -> None:
    """Serve the modules of these names, or all, as the settings want it, until interrupted."""
    _open_as_many_files_as_allowed()
    uvloop.run(serve(read_settings(), names))


def _open_as_many_files_as_allowed() -> None:
    """Make use of the whole limit: each connection is an open file, and shells allow 1,024 unless they are asked."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


async def serve(settings: Settings, names: Sequence[str] = ()) -> None:
    """Serve the modules of these names in this process, or all; returns after a clean stop."""
    log.configure(settings.log_level)
    log_if_missing(App())
    with _ended_by_signal():
        data_dir = open_data_dir(settings.data_dir)
        secrets = read_secrets(data_dir)
        everything = in_order(modules(settings, secrets))
        local = known_names(everything, names)
        here = [one for one in everything if one.name in local]
        async with contextlib.AsyncExitStack() as stack:
            split = apart(settings, secrets, everything, local, system_clock)
            if split:
                stack.callback(split.line.close)
            url = await stack.enter_async_context(database_url(settings, data_dir, secrets))
            await bring_up_to_date(url, everything, secrets)
            connections_max = settings.database_connections_max
            doors = await stack.enter_async_context(
                open_doors(url, here, secrets, connections_max=connections_max, own_roles=split is not None)
            )
            bus = open_bus(settings.broker_url) if settings.broker_url else None
            if bus:
                stack.push_async_callback(bus.close)
            assembly = assemble(settings, everything, doors, system_clock, bus=bus, apart=split)
            if split:
                describe_by(assembly.api, whole_api(everything))
            await _http(settings, assembly.app)


@contextlib.contextmanager
def _ended_by_signal() -> Iterator[None]:
    """Let a signal end what runs inside by way of its clean-ups, the embedded PostgreSQL's stop among them.

    The HTTP server handles the signals while it serves, and raises them anew when it is done: without a
    handler of ours that would end the process there and then.
    """
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    ended = False

    def end(*_: object) -> None:
        nonlocal ended
        ended = True
        if task:
            task.cancel()
        loop.call_soon_threadsafe(lambda: None)  # wake the loop, which may be waiting

    signals = [one for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP) if signal.getsignal(one) != signal.SIG_IGN]
    before = {one: signal.signal(one, end) for one in signals}
    try:
        yield
    except asyncio.CancelledError:
        if not ended:
            raise
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


async def _http(settings: Settings, app: Front) -> None:
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=http_protocol(app),
        loop="uvloop",
        lifespan="on",
        access_log=False,
        log_config=None,
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        server_header=False,
        timeout_graceful_shutdown=10,
    )
    await _Server(config, app).serve()


class _Server(uvicorn.Server):
    """A server that ends its sockets before it waits for its requests: nobody else would end them."""

    def __init__(self, config: uvicorn.Config, front: Front) -> None:
        super().__init__(config)
        self._front = front

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._front.close_sockets()
        await super().shutdown(sockets)
