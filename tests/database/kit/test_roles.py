"""A role per module: its own schema, and nothing else."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest

from berth.app.data_dir import Secrets
from berth.app.database import bring_up_to_date, open_doors
from berth.app.modules import modules
from berth.app.settings import Settings
from berth.kit.db import open_database
from berth.kit.migrate import locked
from berth.kit.roles import renew_roles, role_name, role_password

DatabaseFor = Callable[[], contextlib.AbstractAsyncContextManager[str]]
SECRET = b"a secret of the tests"


@contextlib.asynccontextmanager
async def connected(url: str, module: str | None = None, secret: bytes = SECRET) -> AsyncIterator[asyncpg.Connection]:
    login = {}
    if module:
        role = role_name(urlsplit(url).path[1:], module)
        login = {"user": role, "password": role_password(secret, role)}
    connection = await asyncpg.connect(url, **login)
    try:
        yield connection
    finally:
        await connection.close()


@contextlib.asynccontextmanager
async def two_modules(database_for: DatabaseFor) -> AsyncIterator[str]:
    async with database_for() as url, connected(url) as owner:
        for schema in ("pilot", "tug", "berth"):
            await owner.execute(
                f"create schema {schema}; create table {schema}.log (id int generated always as identity)"
            )
        assert await renew_roles(owner, ["pilot", "tug"], SECRET)
        yield url


async def test_a_role_uses_its_own_schema_with_what_comes_later(database_for: DatabaseFor) -> None:
    async with two_modules(database_for) as url, connected(url) as owner:
        await owner.execute("create table pilot.later (id int generated always as identity)")
        async with connected(url, "pilot") as pilot:
            for table in ("log", "later"):
                await pilot.execute(f"insert into pilot.{table} default values")
                assert await pilot.fetchval(f"select count(*) from pilot.{table}") == 1
                await pilot.execute(f"delete from pilot.{table}")


@pytest.mark.parametrize(
    "crossing",
    [
        "select * from tug.log",
        "insert into tug.log default values",
        "delete from tug.log",
        "select * from berth.log",
        "create table pilot.mine (id int)",
        "create table public.mine (id int)",
        "create temporary table mine (id int)",
        "create schema mine",
        "create role mine",
        "drop table pilot.log",
        "set role berth",
        "copy (select 1) to program 'true'",
    ],
)
async def test_a_role_reaches_nothing_else(database_for: DatabaseFor, crossing: str) -> None:
    async with two_modules(database_for) as url, connected(url, "pilot") as pilot:
        with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.InvalidParameterValueError)):
            await pilot.execute(crossing)


async def test_the_modules_of_berth_are_kept_apart(empty_url: str, settings: Settings, secrets: Secrets) -> None:
    names = [one.name for one in modules(settings, secrets)]
    database = urlsplit(empty_url).path[1:]
    for module in names:
        role = role_name(database, module)
        password = role_password(secrets.database_secret, role)
        async with open_database(empty_url, role=role, password=password, connections_max=2) as own:
            for schema in names:
                if schema == module:
                    assert await own.fetch(f"select 1 from {schema}.outbox") == []
                    continue
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await own.fetch(f"select 1 from {schema}.outbox")
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await own.fetch("select 1 from berth.migration")


async def test_a_second_renewal_writes_nothing(database_for: DatabaseFor) -> None:
    async with two_modules(database_for) as url, connected(url) as owner:
        kept = (
            "select array_agg(xmin::text order by rolname) from pg_authid where rolname like current_database() || '%'"
        )
        before = await owner.fetchval(kept)
        assert await renew_roles(owner, ["pilot", "tug"], SECRET)
        assert await owner.fetchval(kept) == before
        assert await owner.fetchval("select pg_current_xact_id_if_assigned()") is None


async def test_another_secret_gives_another_password(database_for: DatabaseFor) -> None:
    async with two_modules(database_for) as url, connected(url) as owner:
        assert await renew_roles(owner, ["pilot"], b"another secret")
        async with connected(url, "pilot", b"another secret") as pilot:
            assert await pilot.fetchval("select count(*) from pilot.log") == 0


async def test_rights_that_were_lost_come_back(database_for: DatabaseFor) -> None:
    async with two_modules(database_for) as url, connected(url) as owner:
        role = role_name(urlsplit(url).path[1:], "pilot")
        for loss in (f'revoke usage on schema pilot from "{role}"', f'revoke all on pilot.log from "{role}"'):
            await owner.execute(loss)
            assert await renew_roles(owner, ["pilot"], SECRET)
            async with connected(url, "pilot") as pilot:
                assert await pilot.fetchval("select count(*) from pilot.log") == 0


async def test_processes_that_start_together_do_not_collide(database_for: DatabaseFor) -> None:
    async def start(url: str) -> bool:
        async with connected(url) as connection, locked(connection):
            return await renew_roles(connection, ["pilot"], SECRET)

    async with database_for() as url, connected(url) as owner:
        await owner.execute("create schema pilot")
        assert await asyncio.gather(*(start(url) for _ in range(4))) == [True] * 4


async def test_a_mighty_role_of_somebody_elses_is_left_alone(database_for: DatabaseFor) -> None:
    async with database_for() as url, connected(url) as owner:
        await owner.execute("create schema pilot")
        role = role_name(urlsplit(url).path[1:], "pilot")
        await owner.execute(f'create role "{role}" createdb')
        assert not await renew_roles(owner, ["pilot"], SECRET)
        assert not await owner.fetchval("select rolcanlogin from pg_roles where rolname = $1", role)


async def test_a_login_that_may_not_make_roles_goes_without(
    database_for: DatabaseFor, settings: Settings, secrets: Secrets
) -> None:
    everything = modules(settings, secrets)
    async with database_for() as url, connected(url) as owner:
        parts = urlsplit(url)
        login = f"{parts.path[1:]}_plain"
        await owner.execute(f"create role {login} login password 'plain'")
        await owner.execute(f"grant create on database {parts.path[1:]} to {login}")
        place = parts.netloc.rpartition("@")[2]
        plain_url = urlunsplit(parts._replace(netloc=f"{login}:plain@{place}"))
        assert await bring_up_to_date(plain_url, everything, secrets)
        assert await bring_up_to_date(plain_url, everything, secrets) == []
        async with open_doors(plain_url, everything, secrets, connections_max=2, own_roles=False) as doors:
            assert await doors.of("audit").fetch_value("select current_user") == login
        await owner.execute(f"drop owned by {login} cascade")


def test_long_names_stay_apart_and_fit() -> None:
    names = {role_name("d" * 62 + end, "notifications") for end in "ab"}
    assert len(names) == 2
    assert all(len(one.encode()) <= 63 for one in names)


async def test_a_role_has_fewer_rights_where_its_module_says_so(database_for: DatabaseFor) -> None:
    limits = {"pilot": {"log": "select, insert", "mark": "select"}}
    async with two_modules(database_for) as url, connected(url) as owner:
        await owner.execute("create table pilot.mark (id int); create table pilot.free (id int)")
        for _ in range(2):
            assert await renew_roles(owner, ["pilot", "tug"], SECRET, limits=limits)
        async with connected(url, "pilot") as pilot:
            await pilot.execute("insert into pilot.log default values")
            await pilot.execute("delete from pilot.free")
            assert await pilot.fetchval("select count(*) from pilot.mark") == 0
            for denied in (
                "update pilot.log set id = default",
                "delete from pilot.log",
                "truncate pilot.log",
                "insert into pilot.mark values (1)",
                "delete from pilot.mark",
            ):
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await pilot.execute(denied)


async def test_a_module_with_fewer_rights_uses_its_role_in_one_process_too(
    empty_url: str, settings: Settings, secrets: Secrets
) -> None:
    everything = modules(settings, secrets)
    async with open_doors(empty_url, everything, secrets, connections_max=2, own_roles=False) as doors:
        users = {one.name: await doors.of(one.name).fetch_value("select current_user") for one in everything}
    limited = {one.name for one in everything if one.rights}
    assert limited == {"audit"}
    assert {name for name, login in users.items() if login.endswith(f"_{name}")} == limited
