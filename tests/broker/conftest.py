"""Both brokers, as servers of this test run's own."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from berth.kit.bus.choose import open_bus
from berth.kit.bus.port import Bus
from tests.servers import Server, nats_server, rabbitmq_server


@pytest.fixture(scope="session")
def rabbitmq() -> Iterator[Server]:
    """One for all tests, as it takes seconds to start; they differ by the names of their groups."""
    with tempfile.TemporaryDirectory(prefix="berth-") as folder, rabbitmq_server(Path(folder)) as server:
        yield server


@pytest.fixture(params=["nats", "rabbitmq"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """A broker that runs; the test may kill and start it."""
    if request.param == "nats":
        with nats_server(tmp_path) as nats:
            yield nats
        return
    rabbitmq: Server = request.getfixturevalue("rabbitmq")
    if rabbitmq.process is None:
        rabbitmq.start()
    yield rabbitmq


@pytest_asyncio.fixture(loop_scope="session")
async def bus(server: Server) -> AsyncIterator[Bus]:
    opened = open_bus(server.url)
    yield opened
    await opened.close()
