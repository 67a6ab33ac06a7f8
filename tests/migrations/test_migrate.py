"""Migrations: each applied once and in order, under a lock, and never changed afterwards."""

import asyncio
import contextlib
from collections.abc import Callable
from pathlib import Path

import asyncpg
import pytest

from berth.app.data_dir import Secrets
from berth.app.database import bring_up_to_date
from berth.app.modules import modules
from berth.app.settings import Settings
from berth.kit.migrate import Migration, MigrationRefused, locked, migrate, pending, read_migrations

DatabaseFor = Callable[[], contextlib.AbstractAsyncContextManager[str]]


def migration(number: int, sql: str, phase: str = "pre") -> Migration:
    return Migration("harbour", "tests.harbour", f"{number:04}_{phase}_step.sql", phase, sql)


@contextlib.asynccontextmanager
async def connected(url: str):
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


async def test_each_is_applied_once_and_in_order(database_for: DatabaseFor) -> None:
    steps = [migration(1, "create table quay (id int)"), migration(2, "alter table quay add length_m int")]
    async with database_for() as url, connected(url) as connection:
        assert await pending(connection, steps) == steps
        assert await migrate(connection, steps) == steps
        assert await migrate(connection, steps) == []
        assert await pending(connection, steps) == []
        await connection.execute("insert into harbour.quay (id, length_m) values (1, 90)")


async def test_pre_and_post_are_applied_at_their_times(database_for: DatabaseFor) -> None:
    steps = [
        migration(1, "create table quay (id int, name text)"),
        migration(2, "alter table quay drop column name", "post"),
        migration(3, "alter table quay add title text"),
    ]
    async with database_for() as url, connected(url) as connection:
        assert await migrate(connection, steps, phases=["pre"]) == [steps[0], steps[2]]
        await connection.execute("insert into harbour.quay (name, title) values ('old code', 'new code')")
        assert await migrate(connection, steps, phases=["post"]) == [steps[1]]
        with pytest.raises(asyncpg.UndefinedColumnError):
            await connection.execute("select name from harbour.quay")


async def test_one_that_was_changed_after_it_was_applied_is_refused(database_for: DatabaseFor) -> None:
    async with database_for() as url, connected(url) as connection:
        await migrate(connection, [migration(1, "create table quay (id int)")])
        with pytest.raises(MigrationRefused, match="was changed after it was applied"):
            await migrate(connection, [migration(1, "create table quay (id bigint)")])


async def test_one_that_fails_changes_nothing_and_is_named(database_for: DatabaseFor) -> None:
    steps = [migration(1, "create table quay (id int)"), migration(2, "create table pier (id int); select 1 / 0")]
    async with database_for() as url, connected(url) as connection:
        with pytest.raises(MigrationRefused, match=r"0002_pre_step\.sql failed on schema harbour"):
            await migrate(connection, steps)
        assert await connection.fetchval("select to_regclass('harbour.quay') is not null")
        assert await connection.fetchval("select to_regclass('harbour.pier') is null")
        assert await pending(connection, steps) == [steps[1]]


async def test_processes_that_start_together_take_turns(database_for: DatabaseFor) -> None:
    steps = [migration(number, f"create table step_{number} (id int)") for number in range(1, 6)]
    async with database_for() as url, contextlib.AsyncExitStack() as stack:
        connections = [await stack.enter_async_context(connected(url)) for _ in range(4)]
        applied = await asyncio.gather(*(migrate(one, steps) for one in connections))
    assert sorted(map(len, applied)) == [0, 0, 0, 5]


async def test_the_whole_start_of_two_processes_is_safe(
    database_for: DatabaseFor, settings: Settings, secrets: Secrets
) -> None:
    everything = modules(settings, secrets)
    async with database_for() as url:
        applied = await asyncio.gather(*(bring_up_to_date(url, everything, secrets) for _ in range(3)))
    assert sorted(bool(one) for one in applied) == [False, False, True]


async def test_the_lock_is_let_go_when_its_session_is_lost(database_for: DatabaseFor) -> None:
    async with database_for() as url, connected(url) as other:
        lost = await asyncpg.connect(url)
        async with locked(lost):
            lost.terminate()
        async with asyncio.timeout(5), locked(other):
            pass


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (["0001_pre_one.sql", "0003_pre_three.sql"], "should be 0002"),
        (["0001_pre_one.sql", "0001_post_uno.sql"], "should be 0002"),
        (["0002_pre_two.sql"], "should be 0001"),
        (["0001_during_one.sql"], "name it like"),
        (["0001_pre_one.sql", "notes.txt"], "name it like"),
    ],
)
def test_gaps_duplicates_and_strange_names_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], reason: str
) -> None:
    package = f"planted_{abs(hash(tuple(names)))}"
    folder = tmp_path / package / "migrations"
    folder.mkdir(parents=True)
    (tmp_path / package / "__init__.py").write_text("")
    for name in names:
        (folder / name).write_text("select 1;")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(MigrationRefused, match=reason):
        read_migrations("planted", package)


def test_every_module_numbers_its_migrations_rightly(settings: Settings, secrets: Secrets) -> None:
    for module in modules(settings, secrets):
        assert read_migrations(module.name, module.package)
