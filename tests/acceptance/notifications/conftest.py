"""Reservations that people are told of, and waiting until they are."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.acceptance.conftest import Caller, register

PATIENCE_SECONDS = 20.0
LOOK_AGAIN_SECONDS = 0.01

Reserve = Callable[..., Awaitable[int]]


@pytest_asyncio.fixture(loop_scope="session")
async def reader(berth: httpx.AsyncClient) -> Caller:
    """Somebody who has not been told of anything."""
    return await register(berth, "reader")


@pytest.fixture
def reserve(admin: Caller, unique: Any) -> Reserve:
    """Reserve a room of its own for the caller, or for ``owner``, and answer the reservation's id."""

    async def make(caller: Caller, owner: Caller | None = None, title: str = "Seminar") -> int:
        name = f"Berth {next(unique)}"
        room = await admin.post("resources", {"name": name, "kind": "mooring", "timezone": "Europe/Rome"})
        times = {"start": "2031-03-03T09:00:00Z", "end": "2031-03-03T10:00:00Z"}
        wish = {"resource_id": room.json()["id"], "title": title, "owner_id": (owner or caller).id, **times}
        made = await caller.post("reservations", wish)
        assert made.status_code == 201, made.text
        id_: int = made.json()["id"]
        return id_

    return make


async def told(caller: Caller, count: int, **params: object) -> list[dict[str, Any]]:
    """Wait until the caller has that many notifications, and answer them, the newest first."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            answer = await caller.get("notifications", limit=200, **params)
            assert answer.status_code == 200, answer.text
            items: list[dict[str, Any]] = answer.json()["items"]
            if len(items) >= count:
                assert len(items) == count
                return items
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
