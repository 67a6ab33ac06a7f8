"""One drill: a whole Berth with its services apart, load on it, faults, and the proof."""

import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from chaos.faults import strike
from chaos.load import Load, Told
from chaos.proof import Finding, prove
from deploy.local.topology import Broker, Topology

EMAIL, PASSWORD = "chaos@example.org", "slipway-gantry-58-ebb"
BERTH = str(Path(sys.executable).with_name("berth"))


async def drill(folder: Path, broker: Broker, faults: int, say: Callable[[str], None]) -> Sequence[Finding]:
    """Answer what was found broken after so many faults."""
    settings = {
        "BERTH_ADMIN_EMAIL": EMAIL,
        "BERTH_ADMIN_PASSWORD": PASSWORD,
        "BERTH_ACCESS_TOKEN_MINUTES": "600",
        "BERTH_RATE_ADDRESS_PER_MINUTE": "0",
        "BERTH_LOG_LEVEL": "warning",
    }
    async with Topology(folder, broker=broker, apart=True, settings=settings, restart=True) as topology:
        load = Load(topology.url, EMAIL, PASSWORD)
        await load.start()
        hits = await strike(topology, faults, say)
        await load.stop()
        say(f"hits: {dict(hits)}")
        say(_summary(load.told))
        findings = [*await prove(topology.database_url, load.told), await _chain(topology)]
    for one in findings:
        say(f"{'ok    ' if not one.broken else 'BROKEN'} {one.what}: {one.broken}")
    return findings


def _summary(told: Told) -> str:
    return (
        f"made {len(told.made)}, cancelled {len(told.cancelled)}, begun {len(told.begun)}, "
        f"answers {dict(told.answers)}, longest wait for an answer {told.longest_silence_seconds:.1f} s"
    )


async def _chain(topology: Topology) -> Finding:
    """Have the audit chain verified as an auditor would, from a terminal."""
    environment = {"BERTH_URL": topology.url, "HOME": str(Path(tempfile.gettempdir())), "PATH": ""}
    with tempfile.TemporaryDirectory() as home:
        environment["XDG_CONFIG_HOME"] = home
        for words in (["auth", "login", EMAIL, "--password-stdin"], ["audit", "verify"]):
            ended = await asyncio.to_thread(
                subprocess.run,
                [BERTH, *words],
                env=environment,
                input=PASSWORD.encode(),
                capture_output=True,
                check=False,
            )
            if ended.returncode:
                sys.stderr.write(ended.stdout.decode() + ended.stderr.decode())
                return Finding("audit chain", 1)
    return Finding("audit chain", 0)
