"""Rooms to wait for, and people who wait."""

from collections.abc import Mapping
from typing import Any

import httpx
import pytest_asyncio

from tests.acceptance.booking.conftest import new_room, slot, told
from tests.acceptance.conftest import Caller, register

__all__ = ["new_room"]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def third(berth: httpx.AsyncClient) -> Caller:
    return await register(berth, "third")


async def join(caller: Caller, room: int, start: str, end: str, **more: object) -> dict[str, Any]:
    """Stand in line for a room, and answer the place."""
    return told(await caller.post("waitlist", {"resource_id": room} | slot(start, end) | more), 201)


async def place(caller: Caller, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Answer how a place stands now."""
    return told(await caller.get(f"waitlist/{entry['id']}"), 200)
