"""Rooms of one kind, of which one is closed, and looking at what becomes of it."""

import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.acceptance.booking.conftest import new_room, told
from tests.acceptance.conftest import Caller, register

__all__ = ["new_room"]

DAY = "2031-03-03"
"""In Rome it lasts from 23:00 to 23:00 in UTC."""

Rooms = Callable[..., Awaitable[list[int]]]


@pytest.fixture
def rooms(new_room: Callable[..., Awaitable[int]], unique: itertools.count) -> Rooms:
    """Make rooms that are like each other and like no others; each argument holds what one has of its own."""

    async def make(*each: dict[str, Any]) -> list[int]:
        kind = f"cabin {next(unique)}"
        return [await new_room(**{"kind": kind, "capacity": 8, "tags": ["projector"]} | one) for one in each]

    return make


@pytest_asyncio.fixture(loop_scope="session")
async def owner(berth: httpx.AsyncClient) -> Caller:
    """Somebody who has not been told of anything."""
    return await register(berth, "owner")


@dataclass(frozen=True)
class Closing:
    """A room that an administrator closes for a time."""

    admin: Caller
    room: int
    time: dict[str, str]

    async def preview(self) -> dict[str, Any]:
        return told(await self.admin.post(f"resources/{self.room}/closing/preview", self.time), 200)

    async def confirm(self, digest: str, reason: str = "Painting") -> httpx.Response:
        body = self.time | {"reason": reason, "digest": digest}
        return await self.admin.post(f"resources/{self.room}/closing", body)

    async def do(self) -> dict[str, Any]:
        """Look, and confirm what was seen."""
        return told(await self.confirm((await self.preview())["digest"]), 201)


def outcomes(shown: dict[str, Any]) -> list[tuple[str, str, int | None, str | None]]:
    """What becomes of each thing: its kind, the outcome, where it is moved to, and why it is not."""
    return [(one["kind"], one["outcome"], (one["to"] or {}).get("id"), one["why"]) for one in shown["items"]]
