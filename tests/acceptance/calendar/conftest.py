"""Rooms and reservations of their own, and waiting until calendars were read."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.acceptance.conftest import Caller, register

PATIENCE_SECONDS = 60.0
LOOK_AGAIN_SECONDS = 0.05
TOMORROW = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=1)

Room = Callable[..., Awaitable[int]]
Reserve = Callable[..., Awaitable[int]]


@pytest_asyncio.fixture(loop_scope="session")
async def person(berth: httpx.AsyncClient) -> Caller:
    """Somebody who has reserved nothing."""
    return await register(berth, "diarist")


@pytest.fixture
def room(admin: Caller, unique: Any) -> Room:
    """Make a room, and answer its id."""

    async def make(site_id: int | None = None) -> int:
        body = {"name": f"Calendar room {next(unique)}", "kind": "room", "timezone": "Europe/Rome", "site_id": site_id}
        made = await admin.post("resources", body)
        assert made.status_code == 201, made.text
        id_: int = made.json()["id"]
        return id_

    return make


@pytest.fixture
def reserve() -> Reserve:
    """Reserve a room for so many hours from nine o'clock tomorrow and some days, and answer the reservation's id."""

    async def make(
        caller: Caller, room_id: int, *, days: int = 0, hours: int = 1, title: str = "Séminaire, ouvert"
    ) -> int:
        start = TOMORROW + timedelta(days=days)
        wish = {
            "resource_id": room_id,
            "title": title,
            "start": start.isoformat(),
            "end": (start + timedelta(hours=hours)).isoformat(),
        }
        made = await caller.post("reservations", wish)
        assert made.status_code == 201, made.text
        id_: int = made.json()["id"]
        return id_

    return make


async def eventually(look: Callable[[], Awaitable[Any]]) -> Any:
    """Look until there is something to see, and answer it."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not (found := await look()):  # noqa: ASYNC110 another process's doing, perhaps
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
    return found


async def tried(caller: Caller, subscription_id: int, since: str | None = None) -> dict[str, Any]:
    """Wait until a subscription was tried, again if ``since`` is when it was before, and answer it."""

    async def look() -> dict[str, Any] | None:
        answer = await caller.get(f"calendars/subscriptions/{subscription_id}")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found if found["tried_at"] not in (None, since) else None

    found: dict[str, Any] = await eventually(look)
    return found
