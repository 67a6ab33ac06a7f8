"""Random ``kill -9`` of everything that a Berth consists of."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable

from deploy.local.topology import Running, Topology

SPARED = frozenset({"epmd"})
"""The name server of RabbitMQ's nodes: it carries nothing."""

DOWN_SECONDS_MAX = 1.0
BETWEEN_SECONDS = (0.3, 1.5)
DOWN_AT_ONCE_MAX = 2
"""With more of them down, hardly anything would be under way that a further fault could spoil."""

READY_SECONDS_MAX = 120.0


async def strike(topology: Topology, count: int, say: Callable[[str], None]) -> Counter[str]:
    """Kill a random process and start it again, so many times; answer how often each was hit.

    The next is hit while the last may still be coming up. At the end all of them work.
    """
    hits: Counter[str] = Counter()
    busy: dict[str, asyncio.Task[None]] = {}
    for number in range(1, count + 1):
        name = random.choice([name for name in topology.processes if name not in SPARED and name not in busy])
        hits[name] += 1
        say(f"fault {number}: kill -9 {name}")
        busy[name] = asyncio.create_task(_hit(topology.processes[name]))
        await asyncio.sleep(random.uniform(*BETWEEN_SECONDS))
        if len(busy) >= DOWN_AT_ONCE_MAX:
            await asyncio.wait(busy.values(), return_when=asyncio.FIRST_COMPLETED)
        for ended in [one for one, task in busy.items() if task.done()]:
            await busy.pop(ended)
    await asyncio.gather(*busy.values())
    return hits


async def _hit(process: Running) -> None:
    await process.kill()
    await asyncio.sleep(random.uniform(0, DOWN_SECONDS_MAX))
    await process.start()
    await process.wait_ready(READY_SECONDS_MAX)
