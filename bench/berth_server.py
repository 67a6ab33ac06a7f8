"""A Berth of its own for a measurement: the real program, an embedded database, a temporary directory."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import httpx

from berth.kit.outbox.watching import backlog

ADMIN_EMAIL = "bench@example.org"
ADMIN_PASSWORD = "slipway-gantry-58-ebb"
PROGRAM = str(Path(sys.executable).with_name("berth"))


@dataclass(frozen=True)
class Server:
    """A running Berth: where it listens, its database, an administrator's token, and its process."""

    port: int
    database_url: str
    token: str
    pid: int

    def client(self) -> httpx.Client:
        """Answer a client signed in as the administrator."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return httpx.Client(base_url=f"http://127.0.0.1:{self.port}", headers=headers, timeout=120)

    @contextlib.contextmanager
    def standing_still(self) -> Iterator[None]:
        """Stop the program, but not its database, so that what runs in its place has the machine to itself."""
        os.kill(self.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self.pid, signal.SIGCONT)


def free_port() -> int:
    """Answer a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def passing_folder() -> Iterator[Path]:
    """Lend a folder that is gone afterwards; as root, PostgreSQL runs as another user, who must get through it."""
    with tempfile.TemporaryDirectory(prefix="berth-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


@contextlib.contextmanager
def berth_server() -> Iterator[Server]:
    """Start the program, wait until it answers, and stop it at the end."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = os.environ | {
            "BERTH_DATA_DIR": folder,
            "BERTH_PORT": str(port),
            "BERTH_ADMIN_EMAIL": ADMIN_EMAIL,
            "BERTH_ADMIN_PASSWORD": ADMIN_PASSWORD,
            "BERTH_ACCESS_TOKEN_MINUTES": "600",
            "BERTH_LOG_LEVEL": "warning",
        }
        process = subprocess.Popen([PROGRAM, "serve"], env=environment, cwd=folder, stdout=subprocess.DEVNULL)
        try:
            _wait(port, process)
            url = subprocess.run([PROGRAM, "db", "url"], env=environment, cwd=folder, check=True, capture_output=True)
            form = {"username": ADMIN_EMAIL, "password": ADMIN_PASSWORD}
            token = httpx.post(f"http://127.0.0.1:{port}/api/v1/token", data=form).json()["access_token"]
            yield Server(port, url.stdout.decode().strip(), token, process.pid)
        finally:
            process.terminate()
            process.wait(timeout=30)


async def settled_seconds(server: Server, *, mailed: bool = False) -> float:
    """Wait until every group has handled every event, and sent every mail if asked for; answer how long."""
    began = time.perf_counter()
    connection = await asyncpg.connect(server.database_url)
    try:
        rows = await connection.fetch("select schemaname from pg_tables where tablename = 'outbox'")
        schemas = [row["schemaname"] for row in rows]
        while True:
            found = await backlog(connection, schemas)
            mails = mailed and await connection.fetchval("select count(*) from notifications.errand")
            if not mails and not any(one.unpublished or any(group.waiting for group in one.groups) for one in found):
                return time.perf_counter() - began
            await asyncio.sleep(0.1)
    finally:
        await connection.close()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError("Berth ended before it answered")
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"http://127.0.0.1:{port}/health").status_code == 200:
                return
        time.sleep(0.1)
    raise RuntimeError("Berth did not answer within 30 seconds")
