"""A real PostgreSQL for every test: the one of BERTH_TEST_DATABASE_URL, or the embedded one.

Modules log in as their own roles here, so a statement that reaches into another module's schema fails.
"""

import contextlib
import os
import secrets as random_secrets
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import hypothesis
import pytest
import pytest_asyncio

from berth.app.data_dir import Secrets, open_data_dir, read_secrets
from berth.app.database import bring_up_to_date, database_url
from berth.app.modules import modules
from berth.app.settings import Settings
from tests.scale import SCALE
from tests.sharing import Sharing, place

# Many tests start programs of Berth. Where nothing that is compiled may be kept, as in many containers, each start
# would compile a thousand files: two seconds of work in place of one.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# A shell ignores Ctrl-C on behalf of what it runs in the background, and so would the programs that are started here.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Databases are made and dropped by the hundred. In memory that costs a tenth of what it does on a disk.
MEMORY = Path("/dev/shm")
MEMORY_GIB_MIN = 4
if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= MEMORY_GIB_MIN << 30:
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)

ADMIN_EMAIL = "harbour@example.org"
ADMIN_PASSWORD = "quay-lantern-7-tide"
PASSWORD_MEMORY_KIB = 12_288
"""The least that an operator may set: most of the tests are about what happens after the sign-in."""

# The quick half of the tests is the same each time; the slow one searches, and longer.
hypothesis.settings.register_profile("berth", deadline=None, max_examples=50 * SCALE, derandomize=SCALE == 1)
hypothesis.settings.load_profile("berth")

DatabaseFor = Callable[[], contextlib.AbstractAsyncContextManager[str]]
"""Makes a database, lends its URL and drops it."""


@pytest.fixture(scope="session")
def data_dir() -> Iterator[Path]:
    """A directory that other users can get through: as root, PostgreSQL may have to run as one of them."""
    with tempfile.TemporaryDirectory(prefix="berth-") as made:
        Path(made).chmod(0o711)
        yield open_data_dir(Path(made) / "data")


@pytest.fixture(scope="session")
def secrets(data_dir: Path) -> Secrets:
    return read_secrets(data_dir)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def server_url(data_dir: Path, secrets: Secrets) -> AsyncIterator[str]:
    """The URL of a PostgreSQL server on which the tests may create databases and roles."""
    given = Settings(_env_file=None, database_url=os.environ.get("BERTH_TEST_DATABASE_URL"))
    async with database_url(given, data_dir, secrets, durable=False) as url:
        yield url


def _at_database(url: str, name: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{name}"))


@contextlib.asynccontextmanager
async def temporary_database(server_url: str, template: str | None = None) -> AsyncIterator[str]:
    """Create a database, or a copy of one, and drop it at the end with its roles."""
    name = f"berth_test_{random_secrets.token_hex(4)}"
    admin = await asyncpg.connect(server_url)
    try:
        await admin.execute(f"create database {name}" + (f" template {template}" if template else ""))
        yield _at_database(server_url, name)
    finally:
        await admin.execute(f"drop database if exists {name} with (force)")
        for row in await admin.fetch("select rolname from pg_roles where rolname like $1", f"{name}\\_%"):
            await admin.execute(f'drop role "{row["rolname"]}"')
        await admin.close()


@pytest.fixture(scope="session")
def settings(data_dir: Path) -> Settings:
    return Settings(
        _env_file=None,
        data_dir=data_dir,
        admin_email=ADMIN_EMAIL,
        admin_password=ADMIN_PASSWORD,
        rate_address_per_minute=0,
        rate_register_per_minute=0,
        rate_token_failures_per_minute=0,
        database_connections_max=5,
        password_memory_kib=PASSWORD_MEMORY_KIB,
        calendar_networks="127.0.0.0/8",  # where the tests' own servers are
    )


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def newest_database(server_url: str, settings: Settings, secrets: Secrets) -> AsyncIterator[DatabaseFor]:
    """Make databases at the newest schema and empty: they are copies of one, to which only roles are added."""
    everything = modules(settings, secrets)
    async with temporary_database(server_url) as original:
        await bring_up_to_date(original, everything, secrets)

        @contextlib.asynccontextmanager
        async def copy() -> AsyncIterator[str]:
            async with temporary_database(server_url, template=urlsplit(original).path[1:]) as url:
                await bring_up_to_date(url, everything, secrets)
                yield url

        yield copy


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def fresh_url(newest_database: DatabaseFor) -> AsyncIterator[str]:
    """The URL of a database of this test run, at the newest schema and shared by the tests that leave no mess."""
    async with newest_database() as url:
        yield url


@pytest_asyncio.fixture(loop_scope="session")
async def empty_url(newest_database: DatabaseFor) -> AsyncIterator[str]:
    """The URL of a database of this one test, at the newest schema and empty."""
    async with newest_database() as url:
        yield url


@pytest.fixture(scope="session")
def database_for(server_url: str) -> DatabaseFor:
    """Make databases without a schema."""
    return lambda: temporary_database(server_url)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: place(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Sharing:
    return Sharing(config, log)
