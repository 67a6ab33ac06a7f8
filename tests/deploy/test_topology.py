"""Berth as processes of this machine comes up whole, survives what it must, and leaves nothing behind."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import psutil
import pytest

from berth.app.data_dir import open_data_dir, read_secrets
from berth.app.modules import modules
from berth.app.settings import Settings
from berth.kit.embedded_pg.options import SETTINGS
from deploy.local.topology import OWN_CONNECTIONS_MAX, Broker, Topology
from tests.needs import needs


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that other users can get through: as root, PostgreSQL may have to run as one of them."""
    with TemporaryDirectory(prefix="berth-") as made:
        Path(made).chmod(0o711)
        yield Path(made)


def left_in(folder: Path) -> list[str]:
    """Answer the programs that still work in a folder."""
    words = [" ".join(one.info["cmdline"] or ()) for one in psutil.process_iter(["cmdline"])]
    return [one for one in words if str(folder) in one]


async def status(topology: Topology, path: str) -> tuple[int, str]:
    async with httpx.AsyncClient(base_url=topology.url, trust_env=False, timeout=20) as client:
        answer = await client.get(path)
        return answer.status_code, answer.json().get("type", "")


def test_all_services_together_find_enough_connections(folder: Path) -> None:
    services = modules(Settings.model_construct(), read_secrets(open_data_dir(folder / "data")))
    beside_the_pools, kept_for_operators = 2, 15
    most = len(services) * (2 * OWN_CONNECTIONS_MAX + beside_the_pools)
    assert most + kept_for_operators <= int(SETTINGS["max_connections"])


async def test_one_process_needs_nothing_else(folder: Path) -> None:
    async with Topology(folder, durable=False) as topology:
        assert topology.processes.keys() == {"berth"}
        assert await status(topology, "/health") == (200, "")
        assert left_in(folder)
    assert left_in(folder) == []


@pytest.mark.slow
@pytest.mark.parametrize("broker", ["nats", "rabbitmq"])
async def test_services_apart_are_one_origin_and_one_that_is_away_does_not_take_the_others_with_it(
    folder: Path, broker: Broker
) -> None:
    needs("nginx", *(["nats-server"] if broker == "nats" else ["rabbitmq-server", "epmd"]))
    async with Topology(folder, broker=broker, apart=True, durable=False) as topology:
        assert {"postgres", "nginx", broker, *topology.services} <= topology.processes.keys()
        assert await status(topology, "/health") == (200, "")
        booking = topology.processes["booking"]
        await booking.kill()
        assert await status(topology, "/api/v1/free") == (503, "/problems/service-away")
        assert await status(topology, "/api/v1/tags") == (401, "/problems/not-signed-in")
        await booking.start()
        await booking.wait_ready()
        assert await status(topology, "/api/v1/free") == (401, "/problems/not-signed-in")
    assert left_in(folder) == []
    assert [name for name, one in topology.processes.items() if one.pid is not None] == []


async def test_what_was_killed_and_never_started_again_leaves_no_database_behind(folder: Path) -> None:
    async with Topology(folder, durable=False) as topology:
        await topology.processes["berth"].kill()
        assert left_in(folder)
    assert left_in(folder) == []
