"""PostgreSQL for the modules: a pool, transactions, and news of changed rows.

Each module gets a ``Database`` of its own. In one process they share a pool; apart, and in the
tests, each logs in as its module's role, which may touch that module's schema and no other.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any, TypeAlias

import asyncpg
import structlog

Row: TypeAlias = Any
"""An ``asyncpg.Record``: columns by name. (asyncpg carries no types.)"""

Connection: TypeAlias = Any
"""An ``asyncpg.Connection``, lent by ``Database``; statements on it join the caller's transaction."""

CONNECT_SECONDS_MAX = 5.0
ACQUIRE_SECONDS_MAX = 10.0
LISTEN_RETRY_SECONDS = 0.2
LISTEN_ALIVE_SECONDS = 5.0

LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InterfaceError,
    OSError,
    TimeoutError,
)
"""The errors of asyncpg that mean: the server is away, not: the statement is wrong."""


class DatabaseAway(Exception):
    """PostgreSQL cannot be reached, or went away in the middle; the statement may or may not have committed."""


class _Connection(asyncpg.Connection):  # type: ignore[misc]
    """A connection that is handed back without a round trip: we leave no session state behind."""

    def get_reset_query(self) -> str:
        return ""


class Database:
    """The statements and transactions of one module."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    @contextlib.asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """Lend a connection; each statement on it is a transaction of its own."""
        try:
            async with self._pool.acquire(timeout=ACQUIRE_SECONDS_MAX) as connection:
                yield connection
        except LOST as error:
            raise DatabaseAway(str(error)) from error

    @contextlib.asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """Lend a connection inside a transaction that commits at the end and rolls back on any error."""
        async with self.connection() as connection, connection.transaction():
            yield connection

    async def fetch(self, sql: str, *values: Any) -> Sequence[Row]:
        """Answer all rows."""
        async with self.connection() as connection:
            return await connection.fetch(sql, *values)  # type: ignore[no-any-return]

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
            return await connection.execute(sql, *values)  # type: ignore[no-any-return]


@contextlib.asynccontextmanager
async def open_database(
    url: str, *, role: str | None = None, password: str | None = None, connections_max: int = 10
) -> AsyncIterator[Database]:
    """Open a pool on the URL, logged in as ``role`` if one is given, and close it at the end."""
    login = {"user": role, "password": password} if role else {}
    try:
        pool = await asyncpg.create_pool(
            url,
            min_size=1,
            max_size=connections_max,
            connection_class=_Connection,
            timeout=CONNECT_SECONDS_MAX,
            server_settings={"timezone": "UTC", "application_name": role or "berth"},
            **login,
        )
    except LOST as error:
        raise DatabaseAway(f"PostgreSQL does not answer: {error}") from error
    try:
        yield Database(pool)
    finally:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(pool.close(), timeout=CONNECT_SECONDS_MAX)


class Changes:
    """News of changed rows, by LISTEN on a connection of its own.

    While the connection is away ``current`` is false, and whoever keeps values in memory must read
    them from the database instead.
    """

    def __init__(self, connect: Callable[[], Awaitable[asyncpg.Connection]]) -> None:
        self._connect = connect
        self._listeners: dict[str, list[Callable[[str | None], None]]] = {}
        self.current = False

    def subscribe(self, channel: str, changed: Callable[[str | None], None]) -> None:
        """Call ``changed`` with each payload, and with none when news may have been missed."""
        self._listeners.setdefault(channel, []).append(changed)

    async def run(self) -> None:
        """Listen until cancelled; after a lost connection, connect again."""
        while True:
            try:
                await self._listen_once()
            except LOST as error:
                structlog.get_logger().warning("changes_not_heard", reason=str(error))
            self._forget()
            await asyncio.sleep(LISTEN_RETRY_SECONDS)

    async def _listen_once(self) -> None:
        connection = await self._connect()
        lost = asyncio.Event()
        connection.add_termination_listener(lambda _: lost.set())
        try:
            for channel in self._listeners:
                await connection.add_listener(channel, self._tell)
            self._forget()
            self.current = True
            while not lost.is_set():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(lost.wait(), timeout=LISTEN_ALIVE_SECONDS)
                    break
                await connection.execute("select 1")
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
