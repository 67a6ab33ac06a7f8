"""The embedded PostgreSQL: who runs it, who gets in, and that nothing outside its directory changes."""

import asyncio
import contextlib
import os
import pwd
import stat
import subprocess
from pathlib import Path

import asyncpg
import psutil
import pytest

from berth.kit.embedded_pg import cluster
from berth.kit.embedded_pg.programs import find_programs
from berth.kit.embedded_pg.refusal import ServerRefused
from berth.kit.embedded_pg.server import examine, running_process, running_url, serving
from tests.database.kit.conftest import Holding
from tests.database.kit.holding import PASSWORD

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="tells what root gets")


def modes_above(path: Path) -> dict[str, tuple[int, int, int]]:
    found = {str(one): one.stat() for one in path.parents}
    return {name: (one.st_mode, one.st_uid, one.st_gid) for name, one in found.items()}


async def value(url: str, sql: str, **more: object) -> object:
    connection = await asyncpg.connect(url, **more)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


async def test_it_starts_in_an_empty_directory_and_keeps_what_it_was_given(closed_dir: Path) -> None:
    async with serving(closed_dir, PASSWORD) as url:
        assert await value(url, "select current_database()") == "berth"
        assert await value(url, "select current_setting('server_encoding')") == "UTF8"
        assert await value(url, "select current_setting('data_checksums')") == "on"
        assert await value(url, "select lower('UNIVERSITÀ')") == "università"
        await value(url, "create table kept as select 42 as answer")
    assert running_process(closed_dir) is None
    async with serving(closed_dir, PASSWORD) as url:
        assert await value(url, "select answer from kept") == 42
        assert url == running_url(closed_dir, PASSWORD)
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            assert await value(url, f"show {setting}") == "on", "a power cut must lose nothing"


async def test_psql_understands_the_same_url(closed_dir: Path) -> None:
    async with serving(closed_dir, PASSWORD, durable=False) as url:
        psql = find_programs().path("psql")
        command = [psql, url, "-Atc", "select 6 * 7"]
        said = await asyncio.to_thread(subprocess.check_output, command, stderr=subprocess.STDOUT, text=True)
    assert said == "42\n"


async def test_only_the_password_opens_it_and_nobody_listens_on_the_network(closed_dir: Path) -> None:
    async with serving(closed_dir, PASSWORD, durable=False) as url:
        for wrong in ({"password": "wrong"}, {"password": ""}):
            with pytest.raises((asyncpg.InvalidPasswordError, asyncpg.InterfaceError)):
                await value(url, "select 1", **wrong)
        rules = await value(url, "select array_agg(distinct auth_method) from pg_hba_file_rules")
        assert rules == ["scram-sha-256"], "no trust, for replication neither"
        server = psutil.Process(running_process(closed_dir))
        for each in (server, *server.children(recursive=True)):
            with contextlib.suppress(psutil.NoSuchProcess):  # a worker that has just ended
                assert each.net_connections("inet") == []
        assert PASSWORD not in " ".join(server.cmdline())
        run = (closed_dir / "run").stat()
        assert stat.S_IMODE(run.st_mode) == 0o700


@as_root
async def test_root_hands_it_to_another_user_if_that_one_can_get_there(open_dir: Path) -> None:
    if not os.access(find_programs().folder, os.X_OK) or any(
        not one.stat().st_mode & stat.S_IXOTH for one in find_programs().folder.parents
    ):
        pytest.skip("Berth itself lies in a directory that is closed to others")
    data_dir = open_dir / "data"
    data_dir.mkdir(mode=0o700)
    before = modes_above(data_dir)
    async with serving(data_dir, PASSWORD, durable=False) as url:
        assert await value(url, "select 1") == 1
        server = psutil.Process(running_process(data_dir))
        assert server.username() in ("postgres", "nobody")
        assert server.gids().real != 0
        assert (data_dir / "postgres").stat().st_uid == server.uids().real
        assert stat.S_IMODE((data_dir / "postgres").stat().st_mode) == 0o700
        assert stat.S_IMODE(data_dir.stat().st_mode) == 0o711
    assert modes_above(data_dir) == before


@as_root
async def test_root_below_a_closed_directory_runs_it_in_a_namespace(closed_dir: Path) -> None:
    data_dir = closed_dir / "data"
    data_dir.mkdir(mode=0o700)
    before = modes_above(data_dir)
    users = pwd.getpwall()
    async with serving(data_dir, PASSWORD, durable=False) as url:
        assert await value(url, "select 1") == 1
        assert (data_dir / "postgres").stat().st_uid == 0
        assert "in a user namespace" in examine(data_dir)
    async with serving(data_dir, PASSWORD, durable=False) as url:
        assert await value(url, "select 1") == 1
    assert modes_above(data_dir) == before
    assert stat.S_IMODE(data_dir.stat().st_mode) == 0o700
    assert pwd.getpwall() == users


@as_root
def test_a_plain_user_runs_it_as_himself(writable_dir: Path, holding: Holding) -> None:
    before = modes_above(writable_dir / "data")
    with holding(writable_dir / "data", 65534) as (_, url):
        assert url.startswith("postgresql://"), url
        assert psutil.Process(running_process(writable_dir / "data")).uids().real == 65534
    assert running_process(writable_dir / "data") is None
    assert modes_above(writable_dir / "data") == before


@as_root
async def test_a_cluster_stays_with_its_owner(writable_dir: Path, holding: Holding) -> None:
    with holding(writable_dir / "data", 65534):
        pass
    async with serving(writable_dir / "data", PASSWORD, durable=False) as url:
        assert await value(url, "select 1") == 1
        assert psutil.Process(running_process(writable_dir / "data")).uids().real == 65534
    with holding(writable_dir / "data", 65533) as (_, said):
        assert "closed to this user" in said or "Permission denied" in said


async def test_a_long_path_gets_its_socket_elsewhere(closed_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data_dir = closed_dir / ("long" * 25)
    data_dir.mkdir(mode=0o700)
    monkeypatch.setattr("tempfile.tempdir", str(closed_dir))
    async with serving(data_dir, PASSWORD, durable=False) as url:
        assert await value(url, "select 1") == 1
        socket_dir = cluster.Cluster(data_dir).socket_dir
        assert socket_dir.parent == closed_dir
        assert stat.S_IMODE(socket_dir.stat().st_mode) == 0o700
    assert not socket_dir.exists()


@as_root
async def test_a_socket_directory_that_somebody_else_put_there_is_refused(
    closed_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_dir = closed_dir / ("long" * 25)
    data_dir.mkdir(mode=0o700)
    monkeypatch.setattr("tempfile.tempdir", str(closed_dir))
    theirs = cluster.Cluster(data_dir).socket_dir
    theirs.mkdir(mode=0o777)
    os.chown(theirs, 65533, 65533)
    with pytest.raises(ServerRefused, match="somebody else's"):
        async with serving(data_dir, PASSWORD, durable=False):
            pass


async def test_secrets_of_another_installation_are_refused_with_a_way_out(closed_dir: Path) -> None:
    async with serving(closed_dir, PASSWORD, durable=False):
        pass
    with pytest.raises(ServerRefused, match=r"secrets\.json is not the one"):
        async with serving(closed_dir, "another", durable=False):
            pass
    assert running_process(closed_dir) is None


async def test_a_cluster_of_a_version_that_is_not_here_is_refused(closed_dir: Path) -> None:
    (closed_dir / "postgres").mkdir(mode=0o700)
    (closed_dir / "postgres" / "PG_VERSION").write_text("12\n")
    with pytest.raises(ServerRefused, match="made by PostgreSQL 12"):
        async with serving(closed_dir, PASSWORD):
            pass
