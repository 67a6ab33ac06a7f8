"""A short form of ``make chaos``: ``BERTH_PROOF_SCALE`` multiplies the faults."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from chaos.drill import drill
from deploy.local.topology import Broker
from tests.needs import needs
from tests.scale import SCALE

FAULTS = 4 * SCALE


pytestmark = pytest.mark.proof


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a short name, for the sockets in it, that PostgreSQL's user can get through."""
    with tempfile.TemporaryDirectory(prefix="berth-") as made:
        Path(made).chmod(0o711)
        yield Path(made)


RABBITMQ = pytest.param("rabbitmq", "rabbitmq-server", marks=pytest.mark.slow)


@pytest.mark.timeout(240 * SCALE)
@pytest.mark.parametrize(("broker", "program"), [("nats", "nats-server"), RABBITMQ])
async def test_nothing_is_lost_or_done_twice_whatever_is_killed(broker: Broker, program: str, folder: Path) -> None:
    needs("nginx", program)
    found = await drill(folder, broker, FAULTS, print)
    assert {one.what: one.broken for one in found if one.broken} == {}
    assert len(found) == 12
