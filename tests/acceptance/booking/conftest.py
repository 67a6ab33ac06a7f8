"""Rooms and reservations to tell stories of."""

import itertools
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from tests.acceptance.conftest import Caller

NewRoom = Callable[..., Awaitable[int]]


@pytest.fixture
def new_room(admin: Caller, unique: itertools.count) -> NewRoom:
    """Make a room and answer its id; ``policy`` and ``hours`` are its own."""

    async def make(*, policy: dict[str, Any] | None = None, hours: dict[str, Any] | None = None, **more: Any) -> int:
        body = {"name": f"Cabin {next(unique)}", "kind": "cabin", "timezone": "Europe/Rome", **more}
        made = await admin.post("resources", body)
        assert made.status_code == 201, made.text
        id_ = made.json()["id"]
        for path, rules in (("policy", policy), ("opening-hours", hours)):
            if rules is not None:
                put = await admin.put(f"resources/{id_}/{path}", rules)
                assert put.status_code == 200, put.text
        return id_

    return make


def slot(start: str, end: str, day: str = "2031-03-03") -> dict[str, str]:
    """Answer the start and end of a reservation, given in UTC as ``09:00``."""
    return {"start": f"{day}T{start}:00Z", "end": f"{day}T{end}:00Z"}


async def reserve(caller: Caller, room: int, start: str, end: str, **more: Any) -> dict[str, Any]:
    """Reserve, and answer what was answered; times are as ``slot`` takes them."""
    day = {"day": more.pop("day")} if "day" in more else {}
    made = await caller.post("reservations", {"resource_id": room, "title": "Seminar"} | slot(start, end, **day) | more)
    assert made.status_code == 201, made.text
    return made.json()


def told(answer: httpx.Response, status: int) -> dict[str, Any]:
    """Answer the body, having checked the status."""
    assert answer.status_code == status, answer.text
    return answer.json()
