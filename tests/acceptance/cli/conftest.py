"""The program ``berth``, each command in a process of its own, speaking to Berth on a real port."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.acceptance.conftest import Caller, register
from tests.conftest import ADMIN_EMAIL, ADMIN_PASSWORD
from tests.forking import run
from tests.serving import serving


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What ``--json`` printed."""
        assert self.code == 0, self.err
        return json.loads(self.out)


@dataclass(frozen=True)
class Terminal:
    """One person's terminal, with a home directory of its own."""

    url: str
    home: Path
    columns: int = 120
    variables: dict[str, str] = field(default_factory=dict)

    async def __call__(self, *words: object, stdin: str = "", **variables: str) -> Done:
        environment = {
            "HOME": str(self.home),
            "BERTH_URL": self.url,
            "BERTH_CONFIG_DIR": str(self.home / "berth"),
            "COLUMNS": str(self.columns),
            "LANG": "C.UTF-8",
            **self.variables,
            **variables,
        }
        done = Done(*await asyncio.to_thread(run, [str(word) for word in words], environment, self.home, stdin))
        assert "Traceback" not in done.err, done.err
        return done


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def url(berth: httpx.AsyncClient) -> AsyncIterator[str]:
    """Where the Berth of these tests is reached over TCP."""
    async with serving(berth) as found:
        yield found


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    return lambda: tmp_path_factory.mktemp("home")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def at_desk(url: str, home: Callable[[], Path]) -> Terminal:
    """A terminal where the administrator is signed in."""
    terminal = Terminal(url, home())
    done = await terminal("auth", "login", ADMIN_EMAIL, "--password-stdin", stdin=f"{ADMIN_PASSWORD}\n")
    assert done.code == 0, done.err
    return terminal


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def someone(berth: httpx.AsyncClient) -> Caller:
    """A person for this folder's tests alone."""
    return await register(berth, "typist")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def terminal(url: str, home: Callable[[], Path], someone: Caller) -> Terminal:
    """A terminal where a person is signed in."""
    terminal = Terminal(url, home())
    done = await terminal("auth", "login", someone.username, "--password-stdin", stdin=f"{someone.password}\n")
    assert done.code == 0, done.err
    return terminal


@pytest_asyncio.fixture(loop_scope="session")
async def nobody(url: str, tmp_path: Path) -> Terminal:
    """A terminal where nobody is signed in."""
    return Terminal(url, tmp_path)


@pytest.fixture
def hall(at_desk: Terminal, unique: Any, tmp_path: Path) -> Any:
    async def made(**more: Any) -> str:
        """Make a venue of two rows of ten seats, with room for five on the floor."""
        name, file = f"Hall {next(unique)}", tmp_path / "hall.json"
        await at_desk("resources", "create", name, "--kind", "auditorium", "--timezone", "Europe/Rome")
        await at_desk("venues", "add", name, "--resource", name)
        await at_desk("venues", "generate", "Stalls", "--rows", 2, "--seats", 10, "--category", "gold", "--into", file)
        content = json.loads(file.read_text())
        outline = [[-500, -900], [500, -900], [0, -300]]
        area = {"key": "floor", "name": "Floor", "category": "gold", "capacity": 5, "outline": outline}
        file.write_text(json.dumps({**content, "areas": [area], **more}))
        saved = await at_desk("venues", "set-map", name, file)
        assert saved.code == 0, saved.err
        file.unlink()
        return name

    return made
