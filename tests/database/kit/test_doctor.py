"""``berth doctor`` finds what is wrong, and says the way out."""

import contextlib
import socket
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest

from berth.app.data_dir import Secrets, open_data_dir, read_secrets
from berth.app.doctor import machine
from berth.app.doctor.examination import examine
from berth.app.doctor.finding import Finding
from berth.app.settings import Settings

DatabaseFor = Callable[[], contextlib.AbstractAsyncContextManager[str]]


async def found(**settings: object) -> dict[str, Finding]:
    return {one.about: one for one in await examine(Settings(_env_file=None, port=1, **settings))}


async def test_a_database_at_the_newest_schema_is_well(empty_url: str, data_dir: Path) -> None:
    findings = await found(database_url=empty_url, data_dir=data_dir)
    for about in ("python", "data directory", "secrets", "disk", "database", "encoding", "clock", "rights", "roles"):
        assert findings[about].state == "fine", findings[about]
    assert findings["schema"].state == "fine", findings["schema"]


async def test_an_empty_database_is_only_noted(database_for: DatabaseFor, data_dir: Path) -> None:
    async with database_for() as url:
        finding = (await found(database_url=url, data_dir=data_dir))["schema"]
    assert finding.state == "odd"
    assert "berth migrate" in finding.says


async def test_a_schema_that_is_behind_or_altered_is_wrong(empty_url: str, data_dir: Path) -> None:
    owner = await asyncpg.connect(empty_url)
    await owner.execute("update berth.migration set checksum = 'other' where schema_name = 'booking'")
    altered = (await found(database_url=empty_url, data_dir=data_dir))["schema"]
    await owner.execute("delete from berth.migration where schema_name = 'booking'")
    behind = (await found(database_url=empty_url, data_dir=data_dir))["schema"]
    await owner.close()
    assert (altered.state, behind.state) == ("wrong", "wrong")
    assert "was changed after it was applied" in altered.says
    assert "run `berth migrate`" in behind.says


async def test_a_database_that_does_not_answer_is_wrong(data_dir: Path) -> None:
    finding = (await found(database_url="postgresql://nobody@127.0.0.1:1/berth", data_dir=data_dir))["database"]
    assert finding.state == "wrong"
    assert "cannot be reached" in finding.says


async def test_a_database_that_is_not_there_is_wrong(server_url: str, data_dir: Path) -> None:
    url = urlunsplit(urlsplit(server_url)._replace(path="/no_such_database"))
    finding = (await found(database_url=url, data_dir=data_dir))["database"]
    assert finding.state == "wrong"
    assert "create it" in finding.says


async def test_a_server_that_may_lose_confirmed_reservations_is_wrong(empty_url: str, data_dir: Path) -> None:
    owner = await asyncpg.connect(empty_url)
    await owner.execute(f"alter database {urlsplit(empty_url).path[1:]} set synchronous_commit = off")
    await owner.close()
    finding = (await found(database_url=empty_url, data_dir=data_dir))["durability"]
    assert finding.state == "wrong"
    assert "synchronous_commit" in finding.says


async def test_a_login_that_may_make_neither_schemas_nor_roles(database_for: DatabaseFor, data_dir: Path) -> None:
    async with database_for() as url:
        owner = await asyncpg.connect(url)
        parts = urlsplit(url)
        login = f"{parts.path[1:]}_plain"
        await owner.execute(f"create role {login} login password 'plain'")
        await owner.close()
        plain_url = urlunsplit(parts._replace(netloc=f"{login}:plain@{parts.netloc.rpartition('@')[2]}"))
        findings = await found(database_url=plain_url, data_dir=data_dir)
    assert findings["rights"].state == "wrong"
    assert "grant create on database" in findings["rights"].says
    assert findings["roles"].state == "odd"


def test_secrets_that_others_could_read_are_wrong_and_closed(tmp_path: Path) -> None:
    read_secrets(tmp_path)
    (tmp_path / "secrets.json").chmod(0o644)
    assert machine.check_secrets(tmp_path).state == "wrong"
    assert machine.check_secrets(tmp_path).state == "fine"


def test_damaged_secrets_are_wrong(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_text("{")
    finding = machine.check_secrets(tmp_path)
    assert finding.state == "wrong"
    assert "backup" in finding.says


def test_a_directory_that_others_may_write_is_wrong_until_it_is_opened(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    assert machine.check_data_dir(tmp_path).state == "wrong"
    open_data_dir(tmp_path)
    assert machine.check_data_dir(tmp_path).state == "fine"


def test_a_file_in_the_place_of_the_directory_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    assert machine.check_data_dir(tmp_path / "data").state == "wrong"


def test_a_port_that_another_program_has_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setattr(machine, "_is_berth", lambda _: False)
        finding = machine.check_port(Settings(_env_file=None, port=taken.getsockname()[1]))
    assert finding.state == "wrong"
    assert "BERTH_PORT" in finding.says


def test_secrets_are_made_once_and_for_their_owner_alone(tmp_path: Path) -> None:
    made = read_secrets(tmp_path)
    assert isinstance(made, Secrets)
    assert read_secrets(tmp_path) == made
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["secrets.json"]
