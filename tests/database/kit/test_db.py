"""``kit.db``: what a module sees of a database that goes away, and of statements that are wrong."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import asyncpg
import pytest
import pytest_asyncio

from berth.kit.db import Changes, Database, DatabaseAway, after_commit, announce, open_database
from tests.database.kit.conftest import until

KILL_ALL = """
select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid()
"""


@pytest_asyncio.fixture(loop_scope="session")
async def database(empty_url: str) -> AsyncIterator[Database]:
    async with open_database(empty_url, connections_max=3) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def outside(empty_url: str) -> AsyncIterator[asyncpg.Connection]:
    """A session that can end the pool's."""
    connection = await asyncpg.connect(empty_url)
    yield connection
    await connection.close()


async def ended(outside: asyncpg.Connection) -> None:
    """End all sessions of the pool, and wait until the server has."""
    await outside.fetch(KILL_ALL)

    async def gone() -> bool:
        return await outside.fetchval(
            "select count(*) = 0 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
        )

    await until(gone)


async def test_idle_connections_that_died_are_replaced_at_once(database: Database, outside: asyncpg.Connection) -> None:
    await asyncio.gather(*(database.execute("select pg_sleep(0.02)") for _ in range(3)))
    for _ in range(3):
        await ended(outside)
        await until(lambda: noticed(database))
        await asyncio.gather(*(database.execute("select 1") for _ in range(3)))


async def noticed(database: Database) -> bool:
    return database._pool.get_size() == 0


async def test_a_connection_lent_in_the_moment_of_its_end_says_so_at_worst(
    database: Database, outside: asyncpg.Connection
) -> None:
    for _ in range(20):
        await outside.fetch(KILL_ALL)
        async with asyncio.timeout(5):
            while True:
                try:
                    assert await database.fetch_value("select 1") == 1
                except DatabaseAway:
                    continue
                break


async def test_a_statement_that_loses_its_server_says_so(database: Database, outside: asyncpg.Connection) -> None:
    waiting = asyncio.create_task(database.execute("select pg_sleep(60)"))
    await until(lambda: outside.fetchval("select count(*) from pg_stat_activity where wait_event = 'PgSleep'"))
    await ended(outside)
    with pytest.raises(DatabaseAway):
        await waiting
    assert await database.fetch_value("select 1") == 1


@pytest.mark.parametrize("moment", ["before a statement", "before the commit"])
async def test_a_transaction_that_loses_its_server_says_so(
    database: Database, outside: asyncpg.Connection, moment: str
) -> None:
    async def lose_it() -> None:
        async with database.transaction() as connection:
            await connection.execute("select 1")
            await ended(outside)
            if moment == "before a statement":
                await connection.execute("select 1")

    with pytest.raises(DatabaseAway):
        await lose_it()
    assert await database.fetch_value("select 1") == 1


async def test_no_server_at_all(database: Database) -> None:
    with pytest.raises(DatabaseAway):
        async with open_database("postgresql://berth@127.0.0.1:1/berth"):
            pass


@pytest.mark.parametrize(
    ("sql", "values", "error"),
    [
        ("select $1::int", (), asyncpg.InterfaceError),
        ("select $1::int", ("a word",), asyncpg.DataError),
        ("select 1 / 0", (), asyncpg.DivisionByZeroError),
        ("select nonsense", (), asyncpg.UndefinedColumnError),
    ],
)
async def test_a_wrong_statement_is_not_taken_for_a_database_that_is_away(
    database: Database, sql: str, values: tuple[object, ...], error: type[Exception]
) -> None:
    with pytest.raises(error):
        await database.fetch(sql, *values)
    with pytest.raises(error):
        async with database.transaction() as connection:
            await connection.fetch(sql, *values)


@pytest.mark.parametrize(
    "error", [OSError("disk"), TimeoutError("of mine"), ConnectionResetError("elsewhere"), KeyError("x")]
)
async def test_what_the_borrower_raises_is_not_the_databases(database: Database, error: Exception) -> None:
    async def borrow() -> None:
        async with database.transaction() as connection:
            await connection.execute("select 1")
            raise error

    with pytest.raises(type(error)) as raised:
        await borrow()
    assert raised.value is error
    assert await database.fetch_value("select 1") == 1


async def test_more_askers_than_connections_take_turns(database: Database) -> None:
    answers = await asyncio.gather(*(database.fetch_value("select $1::int", n) for n in range(50)))
    assert list(answers) == list(range(50))


async def test_what_is_to_follow_a_commit_is_called_once_when_it_is_done(database: Database) -> None:
    calls: list[str] = []

    def call() -> None:
        calls.append("called")

    async with database.transaction() as connection:
        after_commit(connection, call)
        after_commit(connection, call)
        assert not calls
    assert calls == ["called"]
    async with database.connection() as connection:
        after_commit(connection, call)
        assert calls == ["called", "called"], "each statement is a transaction of its own"


async def test_what_is_to_follow_a_commit_never_follows_a_rollback(database: Database) -> None:
    calls: list[str] = []
    for _ in range(3):
        with contextlib.suppress(ZeroDivisionError):
            async with database.transaction() as connection:
                after_commit(connection, lambda: calls.append("called"))
                raise ZeroDivisionError
        async with database.transaction():
            pass
    assert not calls


async def heard_now(changes: Changes) -> bool:
    return changes.current


async def test_news_are_heard_again_after_a_lost_connection(
    database: Database, outside: asyncpg.Connection, empty_url: str
) -> None:
    heard: asyncio.Queue[str | None] = asyncio.Queue()
    changes = Changes(lambda: asyncpg.connect(empty_url, timeout=5))
    changes.subscribe("chairs", heard.put_nowait)
    listening = asyncio.create_task(changes.run())
    try:
        async with asyncio.timeout(10):
            assert await heard.get() is None, "what was remembered before it listened is forgotten"
            for round_number in range(2):
                await until(lambda: heard_now(changes))
                while not heard.empty():
                    heard.get_nowait()
                async with database.transaction() as connection:
                    await announce(connection, "chairs", str(round_number))
                assert await heard.get() == str(round_number)
                await ended(outside)
                assert await heard.get() is None
                assert not changes.current or round_number
    finally:
        listening.cancel()


async def test_a_subscription_that_would_never_be_heard_is_refused(empty_url: str) -> None:
    changes = Changes(lambda: asyncpg.connect(empty_url, timeout=5))
    listening = asyncio.create_task(changes.run())
    await asyncio.sleep(0)
    with pytest.raises(RuntimeError):
        changes.subscribe("late", print)
    listening.cancel()
