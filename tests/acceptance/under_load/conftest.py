"""The real program on real ports, and how much of it to do: ``BERTH_PROOF_SCALE`` multiplies the numbers."""

import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.acceptance.under_load.program import Program, running
from tests.conftest import temporary_database


@pytest.fixture(scope="session")
def new_data_dir() -> Iterator[Callable[[], Path]]:
    """Make data directories with short names: a socket lies in each."""
    with tempfile.TemporaryDirectory(prefix="berth-") as made:
        Path(made).chmod(0o755)

        def make() -> Path:
            parent = Path(tempfile.mkdtemp(dir=made))
            parent.chmod(0o755)
            return parent / "data"

        yield make


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def program(new_data_dir: Callable[[], Path], server_url: str) -> AsyncIterator[Program]:
    """The program on a database of its own of the tests' PostgreSQL."""
    async with temporary_database(server_url) as url, running(new_data_dir(), url) as started:
        yield started
