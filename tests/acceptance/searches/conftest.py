"""Rooms of a kind of their own to search for, and waiting until somebody is told."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.acceptance.booking.conftest import NewRoom, new_room, slot, told
from tests.acceptance.conftest import Caller, register

__all__ = ["new_room"]

PATIENCE_SECONDS = 30.0
LOOK_AGAIN_SECONDS = 0.05

Rooms = Callable[..., Awaitable["Kind"]]


@dataclass(frozen=True)
class Kind:
    """A kind that no other test uses, and the rooms of it."""

    name: str
    ids: tuple[int, ...]


@pytest.fixture
def rooms(new_room: NewRoom, unique: itertools.count) -> Rooms:
    """Make so many rooms of a new kind."""

    async def make(count: int = 1, **more: Any) -> Kind:
        name = f"lab {next(unique)}"
        return Kind(name, tuple([await new_room(kind=name, **more) for _ in range(count)]))

    return make


@pytest_asyncio.fixture(loop_scope="session")
async def seeker(berth: httpx.AsyncClient) -> Caller:
    """Somebody who has saved nothing, and was told of nothing."""
    return await register(berth, "seeker")


async def save(caller: Caller, kind: Kind, start: str, end: str, **more: Any) -> dict[str, Any]:
    """Save a search for rooms of a kind, and answer it."""
    day = {"day": more.pop("day")} if "day" in more else {}
    wish = {"name": kind.name, "any_of": {"kind": kind.name}} | slot(start, end, **day) | more
    return told(await caller.post("searches", wish), 201)


async def matched(caller: Caller, count: int = 1) -> list[dict[str, Any]]:
    """Wait until the caller was told so often of what became free, and answer what was told, the newest first."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            found = told(await caller.get("notifications", kind="search_matched"), 200)["items"]
            if len(found) >= count:
                assert len(found) == count
                return list(found)
            await asyncio.sleep(LOOK_AGAIN_SECONDS)


def slots(one: dict[str, Any]) -> list[tuple[int, str]]:
    """Answer which resources are told to be free, and from when in UTC."""
    return [(each["resource"]["id"], each["start"]) for each in one["data"]["slots"]]
