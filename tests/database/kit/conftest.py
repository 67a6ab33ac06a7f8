"""Directories for clusters of their own, and programs that run one."""

import asyncio
import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def clusters_dir() -> Iterator[Path]:
    """A short directory for all of them; removed at the very end, as ext4 is slow to make files soon after."""
    with tempfile.TemporaryDirectory(prefix="berth-", dir="/tmp") as made:
        Path(made).chmod(0o755)
        yield Path(made)


@pytest.fixture
def open_dir(clusters_dir: Path) -> Path:
    """A directory that every user of the machine can get through."""
    made = Path(tempfile.mkdtemp(dir=clusters_dir))
    made.chmod(0o755)
    return made


@pytest.fixture
def writable_dir(open_dir: Path) -> Path:
    """A directory in which every user of the machine can make his own."""
    open_dir.chmod(0o777)
    return open_dir


@pytest.fixture
def closed_dir(clusters_dir: Path) -> Path:
    """A directory that is closed to other users, as a home is."""
    return Path(tempfile.mkdtemp(dir=clusters_dir))


async def until(true: Callable[[], Awaitable[object]], seconds: float = 10) -> None:
    """Wait for what tells nobody that it happened."""
    async with asyncio.timeout(seconds):
        while not await true():  # noqa: ASYNC110 - what is waited for is outside of this process
            await asyncio.sleep(0.005)


Holding = Callable[..., contextlib.AbstractContextManager[tuple[subprocess.Popen[str], str]]]


@pytest.fixture
def holding() -> Holding:
    """Run ``holding.py`` and answer it with the first line that it said."""

    @contextlib.contextmanager
    def start(data_dir: Path, *more: object) -> Iterator[tuple[subprocess.Popen[str], str]]:
        command = [sys.executable, "-m", "tests.database.kit.holding", str(data_dir), *map(str, more)]
        pipe = subprocess.PIPE
        with subprocess.Popen(
            command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env={**os.environ, "PYTHONPATH": "src"}
        ) as process:
            try:
                said = process.stdout.readline().strip()
                yield process, said or process.stderr.read()
                if process.poll() is None:
                    process.communicate(timeout=30)
            finally:
                process.kill()

    return start
