"""One at a time, of all processes: whoever holds a lock of the database leads, and the others stand by."""

import asyncio
import contextlib
import hashlib
from collections.abc import Awaitable, Callable

import asyncpg
import structlog

from berth.kit.db import LOST, Connection, DatabaseAway

LOOK_SECONDS = 0.5
ANSWER_SECONDS_MAX = 5.0
PAUSE_SECONDS_MAX = 5.0

Work = Callable[[], Awaitable[None]]


class Leadership:
    """The works of this process that only one process may do at a time.

    The locks belong to one connection. If that is lost, so are they: the works are stopped, and another
    process, or this one with a new connection, goes on. Two may overlap for a moment; what they do to rows is
    guarded by row locks, so that the moment costs nothing but time.
    """

    def __init__(self, connect: Callable[[], Awaitable[Connection]]) -> None:
        self._connect = connect
        self._works: dict[str, Work] = {}

    def add(self, name: str, work: Work) -> None:
        """Add a work that runs until it is cancelled; one that ends by an error is begun again."""
        self._works[name] = work

    async def run(self) -> None:
        """Lead wherever nobody else does, until cancelled."""
        while True:
            try:
                connection = await self._connect()
            except (*LOST, asyncpg.PostgresError, DatabaseAway):
                await asyncio.sleep(LOOK_SECONDS)
                continue
            try:
                await self._lead(connection)
            except (*LOST, asyncpg.PostgresError) as error:
                structlog.get_logger().warning("leadership_lost", reason=str(error) or type(error).__name__)
            finally:
                connection.terminate()
            await asyncio.sleep(LOOK_SECONDS)

    async def _lead(self, connection: Connection) -> None:
        async with contextlib.AsyncExitStack() as stack:
            led: set[str] = set()
            while True:
                for name, work in self._works.items():
                    if name not in led and await _lock(connection, name):
                        led.add(name)
                        task = asyncio.create_task(_work_on(name, work))
                        stack.push_async_callback(_stop, task)
                await asyncio.sleep(LOOK_SECONDS)
                if len(led) == len(self._works):
                    await connection.execute("select 1", timeout=ANSWER_SECONDS_MAX)


async def _lock(connection: Connection, name: str) -> bool:
    key = int.from_bytes(hashlib.sha256(f"berth {name}".encode()).digest()[:8], signed=True)
    return bool(await connection.fetchval("select pg_try_advisory_lock($1)", key, timeout=ANSWER_SECONDS_MAX))


async def _stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def _work_on(name: str, work: Work) -> None:
    """Work, and after an error again, at growing distance as long as errors follow each other quickly."""
    pause = 0.0
    while True:
        began = asyncio.get_running_loop().time()
        try:
            await work()
        except Exception as error:
            expected = isinstance(error, DatabaseAway)
            structlog.get_logger().warning(
                "work_interrupted", work=name, reason=repr(error), exc_info=None if expected else error
            )
        long_ago = asyncio.get_running_loop().time() - began > PAUSE_SECONDS_MAX
        pause = LOOK_SECONDS if long_ago else min(pause * 2 + LOOK_SECONDS, PAUSE_SECONDS_MAX)
        await asyncio.sleep(pause)
