"""The program ``berth serve`` in a process of its own, on a real port, to be killed and started again."""

import asyncio
import contextlib
import os
import socket
import ssl
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path

import httpx

from berth.app.data_dir import read_secrets
from berth.app.database import known_url
from berth.app.settings import Settings
from tests.conftest import ADMIN_EMAIL, ADMIN_PASSWORD, PASSWORD_MEMORY_KIB

BERTH = str(Path(sys.executable).with_name("berth"))
NO_TLS = ssl.create_default_context()


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


class Program:
    """Berth on a data directory; without a database URL it runs its embedded PostgreSQL.

    ``modules`` are served, or all; ``more`` are further variables of the environment. Without an ``administrator`` it
    prints the link to make one.
    """

    def __init__(
        self,
        data_dir: Path,
        database_url: str | None = None,
        *,
        modules: Sequence[str] = (),
        port: int | None = None,
        more: Mapping[str, str] | None = None,
        administrator: bool = True,
    ) -> None:
        self.data_dir = data_dir
        self.url = f"http://127.0.0.1:{port or free_port()}"
        self._modules = modules
        self._given_url = database_url
        clean = {name: value for name, value in os.environ.items() if not name.startswith("BERTH_")}
        self._environment = {
            **clean,
            "BERTH_DATA_DIR": str(data_dir),
            "BERTH_PORT": self.url.rpartition(":")[2],
            **({"BERTH_ADMIN_EMAIL": ADMIN_EMAIL, "BERTH_ADMIN_PASSWORD": ADMIN_PASSWORD} if administrator else {}),
            "BERTH_LOG_LEVEL": "warning",
            "BERTH_RATE_ADDRESS_PER_MINUTE": "0",
            "BERTH_PASSWORD_MEMORY_KIB": str(PASSWORD_MEMORY_KIB),
            **({"BERTH_DATABASE_URL": database_url} if database_url else {}),
            **(more or {}),
        }
        self._process: asyncio.subprocess.Process | None = None

    @property
    def log(self) -> Path:
        """What it has printed."""
        return self.data_dir.parent / f"{'-'.join(('berth', *self._modules))}.log"

    @property
    def database_url(self) -> str:
        """The URL of its database, for whoever wants to look behind its back."""
        return self._given_url or known_url(Settings(_env_file=None), self.data_dir, read_secrets(self.data_dir))

    async def start(self) -> None:
        """Start the program and wait until it answers."""
        log = self.log
        with log.open("ab") as written:
            self._process = await asyncio.create_subprocess_exec(
                BERTH,
                "serve",
                *self._modules,
                cwd=self.data_dir.parent,
                env=self._environment,
                stdout=written,
                stderr=written,
            )
        async with asyncio.timeout(60), self.client() as client:
            while True:
                assert self._process.returncode is None, log.read_text()[-3000:]
                with contextlib.suppress(httpx.TransportError):
                    if (await client.get("/health")).status_code == 200:
                        return
                await asyncio.sleep(0.02)

    async def kill(self) -> None:
        """End the program as ``kill -9`` does: it learns nothing of it."""
        assert self._process is not None
        self._process.kill()
        await self._process.wait()

    async def stop(self) -> None:
        """Stop the program as an operator does."""
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            await asyncio.wait_for(self._process.wait(), 30)

    def client(self, token: str | None = None) -> httpx.AsyncClient:
        """Answer a client with connections of its own."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.AsyncClient(base_url=self.url, headers=headers, timeout=60, trust_env=False, verify=NO_TLS)


@contextlib.asynccontextmanager
async def running(
    data_dir: Path, database_url: str | None = None, *, more: Mapping[str, str] | None = None
) -> AsyncIterator[Program]:
    """Run the program; stop it, or what came of it, at the end."""
    program = Program(data_dir, database_url, more=more)
    try:
        await program.start()
        yield program
    finally:
        await program.stop()
