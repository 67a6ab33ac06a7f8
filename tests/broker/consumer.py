"""A process that consumes slowly and writes what it stored into a file, to be killed by a test."""

import asyncio
import sys
from collections.abc import Sequence

from berth.kit.bus.choose import open_bus
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.subscription import Group


async def consume(url: str, group: str, path: str) -> None:
    async def store(envelopes: Sequence[Envelope]) -> float:
        for envelope in envelopes:
            with open(path, "a") as file:  # noqa: ASYNC230, PTH123 (nothing else runs in this process)
                file.write(f"{envelope.number}\n")
            await asyncio.sleep(0.002)
        return 0.0

    await open_bus(url).consume(Group(group), store)


if __name__ == "__main__":
    asyncio.run(consume(*sys.argv[1:4]))
