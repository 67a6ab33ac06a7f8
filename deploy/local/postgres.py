"""The embedded PostgreSQL for services apart, with the same face as the other programs."""

import asyncio
import contextlib
import os
import signal
from pathlib import Path

import asyncpg

from berth.kit.embedded_pg.server import running_process, serving
from deploy.local.process import READY_SECONDS_MAX, NotReady


class Postgres:
    """The server of a data directory; killed, it comes back by itself."""

    name = "postgres"

    def __init__(self, data_dir: Path, password: str, *, durable: bool) -> None:
        self._data_dir = data_dir
        self._serving = serving(data_dir, password, durable=durable)
        self._stack = contextlib.AsyncExitStack()
        self._url: str | None = None

    @property
    def pid(self) -> int | None:
        """Answer the number of its main process, none if it does not run."""
        return running_process(self._data_dir)

    @property
    def url(self) -> str:
        """Answer the URL of the database, once it was started."""
        assert self._url is not None
        return self._url

    async def start(self) -> None:
        """Start the server; after ``kill`` there is nothing to do."""
        if self._url is None:
            self._url = await self._stack.enter_async_context(self._serving)

    async def wait_ready(self, seconds_max: float = READY_SECONDS_MAX) -> None:
        """Wait until the database takes connections."""
        try:
            async with asyncio.timeout(seconds_max):
                while True:
                    with contextlib.suppress(OSError, TimeoutError, asyncpg.PostgresError):
                        connection = await asyncpg.connect(self.url, timeout=2)
                        await connection.close()
                        return
                    await asyncio.sleep(0.05)
        except TimeoutError as error:
            raise NotReady(f"PostgreSQL did not get ready within {seconds_max:.0f} s.") from error

    async def kill(self) -> None:
        """End its main process as ``kill -9`` does."""
        if (pid := self.pid) is not None:
            os.kill(pid, signal.SIGKILL)

    async def stop(self) -> None:
        """Stop the server."""
        await self._stack.aclose()


async def end_left_behind(data_dir: Path) -> None:
    """Stop the server of a Berth that was killed and not started again; it would wait to be adopted."""
    with contextlib.suppress(ProcessLookupError):
        while (pid := running_process(data_dir)) is not None:
            os.kill(pid, signal.SIGINT)
            await asyncio.sleep(0.1)
