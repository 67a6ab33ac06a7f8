"""The embedded PostgreSQL survives being killed, in every order, and there is never a second one."""

import asyncio
import contextlib
import os
import signal
import sys
from pathlib import Path

import asyncpg
import psutil
import pytest

from berth.kit.db import Database, DatabaseAway, open_database
from berth.kit.embedded_pg.cluster import Cluster
from berth.kit.embedded_pg.lock import holder
from berth.kit.embedded_pg.refusal import DirectoryInUse, ServerRefused
from berth.kit.embedded_pg.server import running_process, serving
from tests.database.kit.conftest import Holding, until
from tests.database.kit.holding import PASSWORD


async def answered(database: Database, sql: str = "select 1") -> object:
    """Ask until there is an answer."""
    async with asyncio.timeout(20):
        while True:
            try:
                return await database.fetch_value(sql)
            except DatabaseAway:
                await asyncio.sleep(0.02)


async def test_a_killed_server_comes_back_with_all_that_was_confirmed(closed_dir: Path) -> None:
    async with serving(closed_dir, PASSWORD) as url, open_database(url) as database:
        await database.execute("create table confirmed (n int)")
        for round_number in range(2):
            await database.execute("insert into confirmed values ($1)", round_number)
            killed = running_process(closed_dir)
            os.kill(killed, signal.SIGKILL)
            psutil.wait_procs([psutil.Process(killed)] if psutil.pid_exists(killed) else [], timeout=5)
            assert await answered(database, "select count(*) from confirmed") == round_number + 1
            assert running_process(closed_dir) not in (None, killed)


async def test_sessions_that_outlive_a_killed_server_do_not_keep_it_down(closed_dir: Path) -> None:
    async with serving(closed_dir, PASSWORD, durable=False) as url, open_database(url) as database:
        busy = await asyncpg.connect(url)
        counting = asyncio.create_task(busy.fetchval("select count(*) from generate_series(1, 100000000000)"))
        await answered(
            database, "select 1 / count(*) from pg_stat_activity where state = 'active' and query like '%series(1,%'"
        )
        os.kill(running_process(closed_dir), signal.SIGKILL)
        assert await answered(database) == 1
        with pytest.raises((asyncpg.PostgresError, OSError)):
            await counting
        busy.terminate()


async def test_a_server_left_behind_is_taken_over_and_watched(closed_dir: Path, holding: Holding) -> None:
    with holding(closed_dir) as (process, url):
        left = running_process(closed_dir)
        await (await asyncpg.connect(url)).execute("create table kept ()")
        process.kill()
        process.wait()
    assert holder(closed_dir) is None, "the kernel lets go of the lock"
    async with serving(closed_dir, PASSWORD, durable=False) as url, open_database(url) as database:
        assert running_process(closed_dir) == left
        assert await answered(database, "select count(*) from kept") == 0
        os.kill(left, signal.SIGKILL)
        assert await answered(database) == 1
        assert running_process(closed_dir) != left
    assert running_process(closed_dir) is None


async def test_a_server_left_behind_with_other_settings_is_started_anew(closed_dir: Path, holding: Holding) -> None:
    with holding(closed_dir) as (process, _):
        left = running_process(closed_dir)
        process.kill()
    async with serving(closed_dir, PASSWORD, durable=True) as url:
        assert running_process(closed_dir) != left
        connection = await asyncpg.connect(url)
        assert await connection.fetchval("show fsync") == "on"
        await connection.close()


async def test_both_killed_at_once_leaves_nothing_to_mend(closed_dir: Path, holding: Holding) -> None:
    with holding(closed_dir) as (process, _):
        process.kill()
        os.kill(running_process(closed_dir), signal.SIGKILL)
    async with serving(closed_dir, PASSWORD, durable=False) as url:
        await (await asyncpg.connect(url)).close()


def test_a_second_one_on_the_same_directory_is_refused(closed_dir: Path, holding: Holding) -> None:
    with holding(closed_dir) as (first, _), holding(closed_dir) as (_, said):
        assert f"already running on this data directory (process {first.pid})" in said
        assert "BERTH_DATA_DIR" in said
        assert "BERTH_DATABASE_URL" in said
        assert "Traceback" not in said
        assert holder(closed_dir) == first.pid


async def test_a_short_command_joins_the_one_that_runs(closed_dir: Path, holding: Holding) -> None:
    with holding(closed_dir) as (_, url):
        async with serving(closed_dir, PASSWORD, join=True) as joined:
            assert joined == url
        assert running_process(closed_dir) is not None, "and does not stop it"


def test_ctrl_c_in_the_terminal_does_not_reach_postgres(closed_dir: Path, holding: Holding) -> None:
    with holding(closed_dir) as (process, _):
        assert os.getsid(running_process(closed_dir)) != os.getsid(process.pid)


async def test_a_cluster_half_made_is_made_anew(closed_dir: Path) -> None:
    script = (
        "import asyncio, pathlib, sys\n"
        "from berth.kit.embedded_pg.server import serving\n"
        "async def main():\n"
        f"    async with serving(pathlib.Path(sys.argv[1]), {PASSWORD!r}): pass\n"
        "asyncio.run(main())\n"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", script, str(closed_dir))
    cluster = Cluster(closed_dir)
    await until(lambda: asyncio.to_thread((cluster.draft / "PG_VERSION").exists))
    for child in psutil.Process(process.pid).children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            child.kill()
    process.kill()
    await process.wait()
    assert not cluster.files.exists()
    async with serving(closed_dir, PASSWORD, durable=False) as url:
        await (await asyncpg.connect(url)).close()
    assert not cluster.draft.exists()


async def test_a_note_of_a_server_whose_number_another_program_has_now_is_no_hindrance(closed_dir: Path) -> None:
    async with serving(closed_dir, PASSWORD, durable=False):
        pass
    note = f"{os.getpid()}\n{closed_dir}/postgres\n1700000000\n5432\n{closed_dir}/run\n\n  1 2\nready   \n"
    (closed_dir / "postgres" / "postmaster.pid").write_text(note)
    async with serving(closed_dir, PASSWORD, durable=False) as url:
        await (await asyncpg.connect(url)).close()


async def test_a_start_that_fails_says_what_postgres_said(closed_dir: Path) -> None:
    async with serving(closed_dir, PASSWORD, durable=False):
        pass
    (closed_dir / "postgres" / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(ServerRefused, match="contains errors"):
        async with serving(closed_dir, PASSWORD, durable=False):
            pass


async def test_the_directory_is_free_again_after_a_stop(closed_dir: Path) -> None:
    async with serving(closed_dir, PASSWORD, durable=False):
        with pytest.raises(DirectoryInUse):
            async with serving(closed_dir, PASSWORD):
                pass
    assert holder(closed_dir) is None
    assert (closed_dir / "berth.lock").read_text() == ""
