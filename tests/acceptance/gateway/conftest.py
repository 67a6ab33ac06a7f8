"""nginx with Berth's configuration, before services that only say who they are and what they were sent."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from berth.app.gateway.routes import public_places
from berth.edges.gateway.nginx import Options, configuration
from berth.edges.gateway.table import services
from deploy.local.answering import free_ports
from deploy.local.process import Process
from deploy.local.servers import nginx, worker_user
from tests.needs import needs


@dataclass(frozen=True)
class Answered:
    status: int
    headers: dict[str, str]
    body: str

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Gateway:
    """Where nginx listens; what is sent to it is sent as it is written here."""

    port: int

    async def __call__(self, method: str, path: str, body: str = "", **headers: str) -> Answered:
        sent = {"Host": "rooms.example.org", "Connection": "close", "Content-Length": str(len(body)), **headers}
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in sent.items())
        return await self.raw(f"{method} {path} HTTP/1.1\r\n{lines}\r\n{body}")

    async def raw(self, text: str) -> Answered:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(text.encode())
        async with asyncio.timeout(10):
            answer = (await reader.read()).decode()
        writer.close()
        head, _, body = answer.partition("\r\n\r\n")
        status, *headers = head.split("\r\n")
        parts = (line.partition(": ") for line in headers)
        return Answered(int(status.split()[1]), {name.lower(): value for name, _, value in parts}, body)


@asynccontextmanager
async def stub_service(name: str) -> AsyncIterator[str]:
    """A service that answers its name, and the head of the request; its connections stay open."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n") if not reader.at_eof() else b"":
            first, *lines = head.decode().strip().split("\r\n")
            headers = {key.lower(): value for key, _, value in (line.partition(": ") for line in lines)}
            await reader.readexactly(int(headers.get("content-length", 0)))
            body = json.dumps({"service": name, "asked": first, "headers": headers}).encode()
            writer.write(b"HTTP/1.1 200 OK\r\nX-Request-Id: of-%s\r\nContent-Length: " % name.encode())
            writer.write(b"%d\r\n\r\n%s" % (len(body), body))
            if headers.get("connection") == "close":
                break
        writer.close()

    async def quietly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(quietly, "127.0.0.1", 0)
    try:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


Make = Callable[..., AbstractAsyncContextManager[Gateway]]


@pytest.fixture(scope="session")
def make_gateway(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Runs nginx; ``away`` are services that nobody runs, ``live`` is a stub or an address.

    Other words are those of ``Options``.
    """
    needs("nginx")

    @asynccontextmanager
    async def make(*, away: tuple[str, ...] = (), live: bool | str = False, **options: Any) -> AsyncIterator[Gateway]:
        found = public_places()
        folder: Path = tmp_path_factory.mktemp("nginx")
        (port, nobody) = free_ports(2)
        async with AsyncExitStack() as stack:
            names = [*services(found), *(["live"] if live is True else [])]
            addresses = {
                name: f"127.0.0.1:{nobody}" if name in away else await stack.enter_async_context(stub_service(name))
                for name in names
            } | ({"live": live} if isinstance(live, str) else {})
            given = {"body_bytes_max": 10_000, "rate_address_per_minute": 0, "user": worker_user(), **options}
            process = Process(
                nginx(folder, port, configuration(found, Options(f"127.0.0.1:{port}", addresses, **given)))
            )
            stack.push_async_callback(process.stop)
            await process.start()
            await process.wait_ready()
            yield Gateway(port)

    return make
