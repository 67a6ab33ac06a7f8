"""A short form of ``make chaos``: ``BERTH_PROOF_SCALE`` multiplies the faults."""

import os
import tempfile
from pathlib import Path

import pytest

from chaos.drill import drill
from deploy.local.topology import Broker
from tests.needs import needs

FAULTS = 6 * int(os.environ.get("BERTH_PROOF_SCALE", "1"))


@pytest.mark.parametrize(("broker", "program"), [("nats", "nats-server"), ("rabbitmq", "rabbitmq-server")])
async def test_nothing_is_lost_or_done_twice_whatever_is_killed(broker: Broker, program: str) -> None:
    needs("nginx", program)
    with tempfile.TemporaryDirectory(prefix="berth-") as folder:
        Path(folder).chmod(0o711)
        found = await drill(Path(folder), broker, FAULTS, print)
    assert {one.what: one.broken for one in found if one.broken} == {}
    assert len(found) == 9
