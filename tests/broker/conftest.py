"""Both brokers, as servers of this test run's own."""

import contextlib
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from berth.kit.bus.choose import open_bus
from berth.kit.bus.port import Bus
from deploy.local import servers
from deploy.local.answering import free_ports
from deploy.local.process import Process
from tests.needs import needs


@dataclass(frozen=True)
class Server:
    """A broker that the test may kill and start again on what it kept."""

    url: str
    port: int
    process: Process

    async def start(self) -> None:
        await self.process.start()
        await self.process.wait_ready()

    async def kill(self) -> None:
        await self.process.kill()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def rabbitmq() -> AsyncIterator[Server]:
    """One for all tests, as it takes seconds to start; they differ by the names of their groups."""
    needs("epmd", "rabbitmq-server")
    port, cluster_port, epmd_port = free_ports(3)
    with tempfile.TemporaryDirectory(prefix="berth-") as made:
        folder = Path(made)
        names = Process(servers.epmd(folder / "epmd", epmd_port))
        node = Process(servers.rabbitmq(folder / "node", port, cluster_port=cluster_port, epmd_port=epmd_port))
        try:
            await names.start()
            await names.wait_ready()
            yield Server(servers.rabbitmq_url(port), port, node)
        finally:
            await node.stop()
            await names.stop()


@pytest_asyncio.fixture(params=["nats", pytest.param("rabbitmq", marks=pytest.mark.slow)], loop_scope="session")
async def server(request: pytest.FixtureRequest, tmp_path: Path, rabbitmq: Server) -> AsyncIterator[Server]:
    """A broker that runs."""
    if request.param == "rabbitmq":
        await rabbitmq.start()
        yield rabbitmq
        return
    async with _nats(tmp_path) as nats:
        yield nats


@contextlib.asynccontextmanager
async def _nats(folder: Path) -> AsyncIterator[Server]:
    needs("nats-server")
    [port] = free_ports(1)
    nats = Server(servers.nats_url(port), port, Process(servers.nats(folder, port)))
    try:
        await nats.start()
        yield nats
    finally:
        await nats.process.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def nats_server(tmp_path: Path) -> AsyncIterator[Server]:
    """NATS alone, for what it does in its own way."""
    async with _nats(tmp_path) as nats:
        yield nats


@pytest_asyncio.fixture(loop_scope="session")
async def nats_bus(nats_server: Server) -> AsyncIterator[Bus]:
    opened = open_bus(nats_server.url)
    yield opened
    await opened.close()


@pytest_asyncio.fixture(loop_scope="session")
async def bus(server: Server) -> AsyncIterator[Bus]:
    opened = open_bus(server.url)
    yield opened
    await opened.close()
