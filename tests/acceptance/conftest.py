"""The whole of Berth in this process, spoken to over HTTP."""

import contextlib
import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest
import pytest_asyncio

from berth.app.assemble import assemble
from berth.app.data_dir import Secrets
from berth.app.database import open_doors
from berth.app.modules import modules
from berth.app.settings import Settings
from berth.kit.clock import system_clock
from tests.conftest import ADMIN_EMAIL, ADMIN_PASSWORD

_numbers = itertools.count(1)


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


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def berth(fresh_url: str, settings: Settings, secrets: Secrets) -> AsyncIterator[httpx.AsyncClient]:
    """A client of Berth that is not signed in."""
    async with running(fresh_url, settings, secrets) as client:
        yield client


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
