"""Halls that are served for one test."""

from collections.abc import AsyncIterator

import pytest_asyncio

from berth.edges.live.sockets import Terms
from tests.unit.live.hall import Served, served

QUICK = Terms(hello_seconds_max=0.3, heartbeat_seconds=0.3, behind_seconds_max=0.5, waiting_bytes_max=10_000)


@pytest_asyncio.fixture(loop_scope="session")
async def hall() -> AsyncIterator[Served]:
    async with served() as one:
        yield one


@pytest_asyncio.fixture(loop_scope="session")
async def quick() -> AsyncIterator[Served]:
    async with served(QUICK) as one:
        yield one
