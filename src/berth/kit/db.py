"""PostgreSQL for the modules: a pool, transactions, and news of changed rows.

Each module gets a ``Database`` of its own. In one process they share a pool; apart, and in the
tests, each logs in as its module's role, which may touch that module's schema and no other.
"""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import asyncpg
import structlog

from berth.kit.refusal import Refused

Row: TypeAlias = Any
"""An ``asyncpg.Record``: columns by name. (asyncpg carries no types.)"""

Connection: TypeAlias = Any
"""An ``asyncpg.Connection``, lent by ``Database``; statements on it join the caller's transaction."""

CONNECT_SECONDS_MAX = 5.0
ACQUIRE_SECONDS_MAX = 10.0
SILENCE_SECONDS_MAX = 20
LISTEN_RETRY_SECONDS = 0.2
LISTEN_ALIVE_SECONDS = 5.0

SERVER_GONE = (
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.InsufficientResourcesError,
)
"""What the server says, or asyncpg in its place, when it goes away or has no room left; never a wrong statement."""

CLIENT_REFUSED = (asyncpg.InterfaceError, asyncpg.InternalClientError)
"""What asyncpg says of a statement given wrongly, but also of one given to a connection that is gone."""

LOST = (*SERVER_GONE, *CLIENT_REFUSED, OSError, TimeoutError)
"""What connecting, or a call on a connection of one's own, raises when the server is away."""


class DatabaseAway(Refused):
    """PostgreSQL cannot be reached, or went away in the middle; the statement may or may not have committed."""


class _Connection(asyncpg.Connection):  # type: ignore[misc]  # asyncpg has no types
    """A connection that is handed back without a round trip: we leave no session state behind.

    ``calls_after_commit`` holds what is to be called once the transaction that ``Database`` began has committed.
    """

    calls_after_commit: list[Callable[[], None]] | None = None

    def get_reset_query(self) -> str:
        return ""

    def collect_calls(self, calls: list[Callable[[], None]] | None) -> None:
        """Have what is to follow the commit collected here, or nowhere: no transaction is under way any more."""
        self.calls_after_commit = calls


def after_commit(connection: Connection, call: Callable[[], None]) -> None:
    """Call this once the connection's transaction has committed, never if it does not; at once if there is none."""
    calls: list[Callable[[], None]] | None = getattr(connection, "calls_after_commit", None)
    if calls is None:
        call()
    elif call not in calls:
        calls.append(call)


def _is_gone(lent: Connection) -> bool:
    """Answer whether a lent connection has lost its server; the pool takes such a one back at once."""
    try:
        return bool(lent.is_closed())
    except asyncpg.InterfaceError:
        return True


def _away(error: BaseException) -> DatabaseAway:
    return DatabaseAway(f"{type(error).__name__}: {error}")


@dataclass(frozen=True, slots=True)
class Pool:
    """The connections of a pool: lent, open and not lent, and at most."""

    in_use: int
    idle: int
    most: int


class Database:
    """The statements and transactions of one module."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    def pool(self) -> Pool:
        """Answer how its connections are used at the moment."""
        size, idle = self._pool.get_size(), self._pool.get_idle_size()
        return Pool(size - idle, idle, self._pool.get_max_size())

    @contextlib.asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """Lend a connection; each statement on it is a transaction of its own.

        ``DatabaseAway`` tells of the database alone: what the borrower's own code raises, be it an
        ``OSError`` or a statement with too few values, reaches its caller as it is.
        """
        lent = await self._lend()
        try:
            yield lent
        except SERVER_GONE as error:
            raise _away(error) from error
        except CLIENT_REFUSED as error:
            if _is_gone(lent):
                raise _away(error) from error
            raise
        finally:
            with contextlib.suppress(
                *LOST
            ):  # a connection that cannot be tidied is closed, and replaced when next lent
                await self._pool.release(lent)

    async def _lend(self) -> Connection:
        """Answer a live connection of the pool; those that died with the server are replaced here."""
        try:
            return await self._pool.acquire(timeout=ACQUIRE_SECONDS_MAX)
        except LOST as error:
            raise _away(error) from error

    @contextlib.asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """Lend a connection inside a transaction that commits at the end and rolls back on any error."""
        calls: list[Callable[[], None]] = []
        async with self.connection() as connection:
            collect = connection.collect_calls  # of the connection itself: one that dies is taken from who lent it
            collect(calls)
            try:
                async with connection.transaction():
                    yield connection
            finally:
                collect(None)
        for call in calls:
            call()

    async def fetch(self, sql: str, *values: Any) -> Sequence[Row]:
        """Answer all rows."""
        async with self.connection() as connection:
            rows: Sequence[Row] = await connection.fetch(sql, *values)
            return rows

    async def fetch_row(self, sql: str, *values: Any) -> Row | None:
        """Answer the first row, or none."""
        async with self.connection() as connection:
            return await connection.fetchrow(sql, *values)

    async def fetch_value(self, sql: str, *values: Any) -> Any:
        """Answer the first column of the first row."""
        async with self.connection() as connection:
            return await connection.fetchval(sql, *values)

    async def execute(self, sql: str, *values: Any) -> str:
        """Run a statement and answer its command tag, such as ``UPDATE 1``."""
        async with self.connection() as connection:
            tag: str = await connection.execute(sql, *values)
            return tag


@contextlib.asynccontextmanager
async def open_database(
    url: str, *, role: str | None = None, password: str | None = None, connections_max: int = 10
) -> AsyncIterator[Database]:
    """Open a pool on the URL, logged in as ``role`` if one is given, and close it at the end."""
    login = {"user": role, "password": password} if role else {}
    try:
        pool = await asyncpg.create_pool(
            url,
            min_size=0,  # the pool's own way of keeping more logs a traceback a second while the server is away
            init_size=1,
            max_size=connections_max,
            connection_class=_Connection,
            timeout=CONNECT_SECONDS_MAX,
            init=_notice_silence,
            server_settings={"timezone": "UTC", "application_name": role or "berth"},
            **login,
        )
    except LOST as error:
        raise _away(error) from error
    try:
        yield Database(pool)
    finally:
        with contextlib.suppress(*LOST):
            await asyncio.wait_for(pool.close(), timeout=CONNECT_SECONDS_MAX)


async def _notice_silence(connection: Connection) -> None:
    """Let the kernel give up a connection whose server vanished without a word, such as by a power cut."""
    channel = connection._transport.get_extra_info("socket")
    if channel is None or channel.family not in (socket.AF_INET, socket.AF_INET6):
        return
    channel.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in (
        ("TCP_KEEPIDLE", SILENCE_SECONDS_MAX // 2),
        ("TCP_KEEPINTVL", SILENCE_SECONDS_MAX // 4),
        ("TCP_KEEPCNT", 2),
        ("TCP_USER_TIMEOUT", SILENCE_SECONDS_MAX * 1000),
    ):
        if hasattr(socket, name):  # systems differ
            channel.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


class Changes:
    """News of changed rows, by LISTEN on a connection of its own.

    While the connection is away ``current`` is false, and whoever keeps values in memory must read
    them from the database instead.
    """

    def __init__(self, connect: Callable[[], Awaitable[asyncpg.Connection]]) -> None:
        self._connect = connect
        self._listeners: dict[str, list[Callable[[str | None], None]]] = {}
        self._running = False
        self.current = False

    def subscribe(self, channel: str, changed: Callable[[str | None], None]) -> None:
        """Call ``changed`` with each payload, and with none when news may have been missed; only before ``run``."""
        if self._running:
            raise RuntimeError(f"{channel}: subscribe before the listening begins")
        self._listeners.setdefault(channel, []).append(changed)

    async def run(self) -> None:
        """Listen until cancelled; after a lost connection, connect again."""
        self._running = True
        while True:
            try:
                await self._listen_once()
            except (*LOST, asyncpg.PostgresError) as error:
                structlog.get_logger().warning("changes_not_heard", reason=str(error))
            self._forget()
            await asyncio.sleep(LISTEN_RETRY_SECONDS)

    async def _listen_once(self) -> None:
        connection = await self._connect()
        lost = asyncio.Event()

        def stop_trusting(_: object) -> None:
            self.current = False
            lost.set()

        connection.add_termination_listener(stop_trusting)
        try:
            for channel in self._listeners:
                await connection.add_listener(channel, self._tell)
            self._forget()
            self.current = not lost.is_set()
            while not lost.is_set():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(lost.wait(), timeout=LISTEN_ALIVE_SECONDS)
                    break
                await connection.execute("select 1", timeout=LISTEN_ALIVE_SECONDS)
        finally:
            self.current = False
            connection.terminate()

    def _tell(self, _connection: object, _process: int, channel: str, payload: str) -> None:
        for changed in self._listeners.get(channel, ()):
            changed(payload)

    def _forget(self) -> None:
        for listeners in self._listeners.values():
            for changed in listeners:
                changed(None)


async def announce(connection: Connection, channel: str, payload: str) -> None:
    """Tell every process, when this transaction commits, that a row changed."""
    await connection.execute("select pg_notify($1, $2)", channel, payload)
