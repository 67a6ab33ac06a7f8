"""An evening is sold to many at once while Berth is killed: each seat once, and the orders are what was paid."""

import asyncio
import random
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import httpx
import pytest

from chaos.faults import strike
from deploy.local.topology import Broker, Topology
from tests.acceptance.under_load.evening import put_on_evening
from tests.acceptance.under_load.program import NO_TLS, Program, running
from tests.acceptance.under_load.test_killed import kill_both, kill_postgres, kill_server
from tests.conftest import ADMIN_EMAIL, ADMIN_PASSWORD, PASSWORD_MEMORY_KIB
from tests.needs import needs
from tests.scale import SCALE

pytestmark = [pytest.mark.proof, pytest.mark.timeout(180 if SCALE == 1 else 900)]

ROWS, SEATS, CLIENTS = (10, 30, 100) if SCALE == 1 else (100, 100, 4500)
"""At length 10,000 seats, and more who want them than there are."""

KILLS = 3
FAULTS = 4 * SCALE


async def test_each_seat_is_sold_once_however_often_berth_is_killed(new_data_dir: Callable[[], Path]) -> None:
    chance = random.Random(9)
    kills: list[Callable[[Program], Awaitable[None]]] = [kill_server, kill_postgres, kill_both]
    async with running(new_data_dir()) as program, program.client() as client:
        evening = await put_on_evening(client, program.url, ROWS, SEATS)
        selling = asyncio.create_task(evening.sell(CLIENTS, chance))
        for number in range(KILLS):
            await evening.more_sold((number + 1) * min(CLIENTS, ROWS * SEATS // 4) // (KILLS + 1))
            await kills[number](program)
        await selling
        found = await evening.prove(program.database_url)
    assert found["seats_sold"] >= min(CLIENTS, ROWS * SEATS)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a short name, for the sockets in it, that PostgreSQL's user can get through."""
    with tempfile.TemporaryDirectory(prefix="berth-") as made:
        Path(made).chmod(0o711)
        yield Path(made)


@pytest.mark.slow
@pytest.mark.parametrize(("broker", "server"), [("nats", "nats-server"), ("rabbitmq", "rabbitmq-server")])
async def test_each_seat_is_sold_once_whichever_service_or_broker_is_killed(
    broker: Broker, server: str, folder: Path
) -> None:
    needs("nginx", server)
    settings = {
        "BERTH_ADMIN_EMAIL": ADMIN_EMAIL,
        "BERTH_ADMIN_PASSWORD": ADMIN_PASSWORD,
        "BERTH_ACCESS_TOKEN_MINUTES": "600",
        "BERTH_RATE_ADDRESS_PER_MINUTE": "0",
        "BERTH_LOG_LEVEL": "warning",
        "BERTH_PASSWORD_MEMORY_KIB": str(PASSWORD_MEMORY_KIB),
    }
    async with Topology(folder, broker=broker, apart=True, settings=settings, restart=True) as topology:
        async with httpx.AsyncClient(base_url=topology.url, timeout=60, trust_env=False, verify=NO_TLS) as client:
            evening = await put_on_evening(client, topology.url, ROWS, SEATS)
        selling = asyncio.create_task(evening.sell(CLIENTS // 2, random.Random(9)))
        hits = await strike(topology, FAULTS, print)
        await selling
        found = await evening.prove(topology.database_url)
    assert sum(hits.values()) == FAULTS
    assert found["seats_sold"]
