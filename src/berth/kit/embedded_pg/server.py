"""The embedded PostgreSQL while Berth runs: started or adopted, watched, restarted, and stopped at the end."""

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import psutil
import structlog

from berth.kit.embedded_pg.account import choose_account
from berth.kit.embedded_pg.cluster import (
    DATABASE,
    Cluster,
    connection_url,
    make_cluster,
    prepare_directories,
    remove_socket_dir,
)
from berth.kit.embedded_pg.lock import locked
from berth.kit.embedded_pg.postmaster import Postmaster, command_line, read_pid_file, running, start
from berth.kit.embedded_pg.programs import find_programs
from berth.kit.embedded_pg.refusal import DirectoryInUse, ServerRefused

WATCH_SECONDS = 0.1
RETRY_SECONDS_MAX = 5.0
JOIN_SECONDS_MAX = 60.0


class Server:
    """The server of one data directory; its methods block, and may be called from any thread."""

    def __init__(self, data_dir: Path, password: str, *, durable: bool = True) -> None:
        self._cluster = Cluster(data_dir)
        self._password = password
        self._durable = durable
        self._postmaster: Postmaster | None = None
        self._turn = threading.Lock()
        self._stopping = False

    def url(self, database: str = DATABASE) -> str:
        """Answer the URL of a database on the server."""
        return connection_url(self._cluster.socket_dir, self._password, database)

    def alive(self) -> bool:
        """Answer whether the server's main process runs."""
        return self._postmaster is not None and self._postmaster.alive()

    def start(self) -> None:
        """Make the cluster if there is none, and adopt the server that runs, or start one."""
        with self._turn:
            if self._stopping or self.alive():
                return
            try:
                self._start()
            except (OSError, psutil.Error) as error:
                raise ServerRefused(f"The database in {self._cluster.data_dir} cannot be started: {error}") from error

    def _start(self) -> None:
        programs = find_programs(self._cluster.major)
        account = choose_account(self._cluster.data_dir, self._cluster.files, programs)
        prepare_directories(self._cluster, account)
        if self._cluster.major is None:
            make_cluster(self._cluster, account, programs, self._password, durable=self._durable)
        command = command_line(self._cluster, programs, durable=self._durable)
        self._postmaster = self._adopted(command) or start(self._cluster, account, command)

    def stop(self) -> None:
        """Stop the server; it cannot be started again."""
        self._stopping = True
        with self._turn:
            if self._postmaster is not None:
                self._postmaster.stop()
                remove_socket_dir(self._cluster)

    def _adopted(self, command: list[str]) -> Postmaster | None:
        """Answer the server that an earlier Berth left running, if it is set as we would set it; else end it."""
        left = running(self._cluster)
        if left is None:
            return None
        give_up = time.monotonic() + JOIN_SECONDS_MAX
        while left.alive() and (noted := read_pid_file(self._cluster)) and time.monotonic() < give_up:
            if noted.status == "ready" and left.process.cmdline() == command:
                structlog.get_logger().info("postgres_adopted", process=left.process.pid)
                return left
            if noted.status == "ready":
                break
            time.sleep(WATCH_SECONDS / 5)
        if left.alive():
            left.stop()
        return None


@contextlib.asynccontextmanager
async def serving(data_dir: Path, password: str, *, durable: bool = True, join: bool = False) -> AsyncIterator[str]:
    """Run the server of the data directory and answer its URL; stop it at the end.

    The directory is locked for that time: ``DirectoryInUse`` if another process has it, unless ``join``
    asks to use that one's server. Without ``durable`` a power cut may lose the data: for tests.
    """
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(locked(data_dir))
        except DirectoryInUse:
            if not join:
                raise
            yield await _joined(data_dir, password)
            return
        async with _running(Server(data_dir, password, durable=durable)) as url:
            yield url


def running_url(data_dir: Path, password: str) -> str:
    """Answer the URL at which the server of the data directory is, or will be, without starting it."""
    cluster = Cluster(data_dir)
    noted = read_pid_file(cluster) if running(cluster) else None
    return connection_url(noted.socket_dir if noted else cluster.socket_dir, password)


def running_process(data_dir: Path) -> int | None:
    """Answer the number of the server's main process, none if it does not run."""
    found = running(Cluster(data_dir))
    return found.process.pid if found else None


def examine(data_dir: Path) -> str:
    """Answer, in a sentence, which PostgreSQL would run here and as whom; ``ServerRefused`` if none would."""
    cluster = Cluster(data_dir)
    programs = find_programs(cluster.major)
    account = choose_account(data_dir, cluster.files, programs)
    if not account.may_run(programs):
        raise ServerRefused(
            f"This user cannot run {programs.path('postgres')}: run `make setup` anew, or set BERTH_DATABASE_URL."
        )
    return f"PostgreSQL {programs.major} runs here as {account.name}."


@contextlib.asynccontextmanager
async def _running(server: Server) -> AsyncIterator[str]:
    watch: asyncio.Task[None] | None = None
    try:
        await asyncio.to_thread(server.start)
        await _make_database(server)
        watch = asyncio.create_task(_watch(server))
        yield server.url()
    finally:
        if watch is not None:
            watch.cancel()
        await asyncio.to_thread(server.stop)


async def _watch(server: Server) -> None:
    """Start the server again whenever it has died."""
    log = structlog.get_logger()
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        if server.alive():
            continue
        log.error("postgres_died")
        delay = WATCH_SECONDS
        while not server.alive():
            try:
                await asyncio.to_thread(server.start)
            except (ServerRefused, OSError, psutil.Error) as error:
                log.error("postgres_not_restarted", reason=str(error))
                await asyncio.sleep(delay)
                delay = min(delay * 2, RETRY_SECONDS_MAX)
        log.warning("postgres_restarted")


async def _make_database(server: Server) -> None:
    """Check that the server is ours and takes our password, and create the database on the first start."""
    try:
        try:
            connection = await asyncpg.connect(server.url())
        except asyncpg.InvalidCatalogNameError:
            connection = await asyncpg.connect(server.url("postgres"))
            await connection.execute(f"create database {DATABASE}")
        await connection.close()
    except asyncpg.InvalidPasswordError as error:
        raise ServerRefused(
            "The database refuses the password of this data directory: secrets.json is not the one it was made "
            "with. Put that one back, or begin with another BERTH_DATA_DIR."
        ) from error


async def _joined(data_dir: Path, password: str) -> str:
    """Answer the URL of the other process's server when it answers: it may be starting just now."""
    give_up = time.monotonic() + JOIN_SECONDS_MAX
    while True:
        url = running_url(data_dir, password)
        try:
            connection = await asyncpg.connect(url, timeout=5)
        except (OSError, TimeoutError, asyncpg.PostgresError) as error:
            if time.monotonic() > give_up:
                raise ServerRefused(f"The database of the Berth that runs here does not answer: {error}") from error
            await asyncio.sleep(WATCH_SECONDS)
        else:
            await connection.close()
            return url
