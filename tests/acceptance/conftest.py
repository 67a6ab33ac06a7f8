"""The whole of Berth, spoken to over HTTP: in this process, and in processes of its own in four other ways."""

import contextlib
import itertools
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from berth.app.assemble import assemble
from berth.app.data_dir import Secrets
from berth.app.database import open_doors
from berth.app.describe import whole_assembly
from berth.app.modules import modules
from berth.app.settings import Settings
from berth.kit.clock import system_clock
from deploy.local.topology import OWN_CONNECTIONS_MAX, Broker, Topology
from tests.conftest import ADMIN_EMAIL, ADMIN_PASSWORD, DatabaseFor
from tests.needs import needs

_numbers = itertools.count(1)
NO_TLS = ssl.create_default_context()


@dataclass(frozen=True)
class Way:
    """A topology."""

    broker: Broker | None = None
    apart: bool = False


WAYS = {
    "one process": Way(),
    "one process on NATS": Way("nats"),
    "one process on RabbitMQ": Way("rabbitmq"),
    "apart on NATS": Way("nats", apart=True),
    "apart on RabbitMQ": Way("rabbitmq", apart=True),
}
QUICK = {"one process"}
"""In which topology the stories are told in the quick half of the tests; the slow one tells them in all others."""

PROOFS = {"chaos", "stateful", "openapi", "under_load", "gateway"}
"""Folders that prove something of one Berth at length, or speak to one of their own."""


@contextlib.asynccontextmanager
async def running(url: str, settings: Settings, secrets: Secrets) -> AsyncIterator[httpx.AsyncClient]:
    """Berth on the database of the URL, and a client that is not signed in."""
    everything = modules(settings, secrets)
    async with open_doors(
        url, everything, secrets, connections_max=settings.database_connections_max, own_roles=True
    ) as doors:
        assembly = assemble(settings, everything, doors, system_clock)
        async with assembly.api.router.lifespan_context(assembly.api):
            transport = httpx.ASGITransport(app=assembly.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://berth") as client:
                client.api = assembly.api
                yield client


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tell every story in all topologies, and every proof in the one that is the quickest."""
    if "way" in metafunc.fixturenames:
        path = Path(metafunc.module.__file__).relative_to(Path(__file__).parent)
        names = ["one process"] if path.parts[0] in PROOFS else list(WAYS)
        ways = [pytest.param(one, marks=() if one in QUICK else pytest.mark.slow) for one in names]
        metafunc.parametrize("way", ways, indirect=True, scope="session")


@pytest.fixture(scope="session")
def way(request: pytest.FixtureRequest) -> Way:
    """How Berth runs: its broker, and whether its services are apart behind nginx."""
    found = WAYS[request.param]
    programs = {None: (), "nats": ("nats-server",), "rabbitmq": ("epmd", "rabbitmq-server")}[found.broker]
    needs(*programs, *(("nginx",) if found.apart else ()))
    return found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def fresh_url(way: Way, newest_database: DatabaseFor) -> AsyncIterator[str]:
    """The URL of a database of this topology, at the newest schema."""
    async with newest_database() as url:
        yield url


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def berth(
    way: Way,
    fresh_url: str,
    settings: Settings,
    secrets: Secrets,
    data_dir: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of Berth that is not signed in; ``client.api`` is the application as it is described."""
    if way.broker is None:
        async with running(fresh_url, settings, secrets) as client:
            yield client
        return
    topology = Topology(
        tmp_path_factory.mktemp("topology"),
        broker=way.broker,
        apart=way.apart,
        database_url=fresh_url,
        data_dir=data_dir,
        settings=variables(settings)
        | ({"BERTH_DATABASE_CONNECTIONS_MAX": str(OWN_CONNECTIONS_MAX)} if way.apart else {}),
    )
    async with (
        topology,
        httpx.AsyncClient(base_url=topology.url, timeout=60, trust_env=False, verify=NO_TLS) as client,
    ):
        client.api = whole_assembly().api
        yield client


def variables(settings: Settings) -> dict[str, str]:
    """Answer what these settings change, as environment variables."""
    found = settings.model_dump(include=set(settings.model_fields_set) - {"data_dir", "admin_password"})
    return {f"BERTH_{name.upper()}": str(value) for name, value in found.items() if value is not None} | {
        "BERTH_ADMIN_PASSWORD": ADMIN_PASSWORD,
        "BERTH_LOG_LEVEL": "warning",
    }


@dataclass(frozen=True)
class Caller:
    """A signed-in person's client; paths are those below /api/v1."""

    client: httpx.AsyncClient
    id: int
    username: str
    password: str
    token: str

    async def _send(self, method: str, path: str, **more: object) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}", **more.pop("headers", {})}
        return await self.client.request(method, f"/api/v1/{path}", headers=headers, **more)

    async def get(self, path: str, **params: object) -> httpx.Response:
        return await self._send("GET", path, params=params)

    async def post(self, path: str, json: object = None, **more: object) -> httpx.Response:
        return await self._send("POST", path, json=json, **more)

    async def put(self, path: str, json: object = None, **more: object) -> httpx.Response:
        return await self._send("PUT", path, json=json, **more)

    async def patch(self, path: str, json: object = None, **more: object) -> httpx.Response:
        return await self._send("PATCH", path, json=json, **more)

    async def delete(self, path: str, **more: object) -> httpx.Response:
        return await self._send("DELETE", path, **more)


async def sign_in(client: httpx.AsyncClient, username: str, password: str) -> Caller:
    """Answer a caller with a token of this account."""
    answer = await client.post("/api/v1/token", data={"username": username, "password": password})
    assert answer.status_code == 200, answer.text
    token = answer.json()["access_token"]
    me = await client.get("/api/v1/users/me", headers={"Authorization": f"Bearer {token}"})
    assert me.status_code == 200, me.text
    return Caller(client, me.json()["id"], me.json()["username"], password, token)


async def register(client: httpx.AsyncClient, name: str = "sailor") -> Caller:
    """Register somebody new and sign in."""
    username = f"{name}{next(_numbers)}"
    password = "brass-kettle-94-moor"
    answer = await client.post(
        "/api/v1/register",
        json={"username": username, "email": f"{username}@example.org", "password": password, "name": name.title()},
    )
    assert answer.status_code == 201, answer.text
    return await sign_in(client, username, password)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def admin(berth: httpx.AsyncClient) -> Caller:
    return await sign_in(berth, ADMIN_EMAIL, ADMIN_PASSWORD)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def user(berth: httpx.AsyncClient) -> Caller:
    return await register(berth)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def other(berth: httpx.AsyncClient) -> Caller:
    return await register(berth, "other")


@pytest.fixture(scope="session")
def unique() -> itertools.count:
    """Numbers for names that no other test uses."""
    return itertools.count(1000)
