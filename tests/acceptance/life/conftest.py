"""What the stories of a reservation's life have in common: rooms with rules, times from now, and waiting."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.acceptance.conftest import Caller

PATIENCE_SECONDS = 30.0
LOOK_AGAIN_SECONDS = 0.02
WAIT = {"Prefer": "wait=20"}
"""With this a story goes on as soon as those who confirm have answered, and not before."""

MONDAY = datetime(2031, 3, 3, 9, tzinfo=UTC)
"""A morning far ahead, for what does not have to begin while the story is told."""

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)

NewRoom = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
def new_room(admin: Caller, unique: itertools.count) -> NewRoom:
    """Make a room of a kind of its own; what is given is its policy."""

    async def make(*confirmations: str, **policy: Any) -> dict[str, Any]:
        number = next(unique)
        body = {"name": f"Studio {number}", "kind": f"studio {number}", "timezone": "Europe/Rome"}
        room = told(await admin.post("resources", body), 201)
        told(await admin.put(f"resources/{room['id']}/policy", {"confirmations": confirmations, **policy}), 200)
        return room

    return make


def told(answer: httpx.Response, status: int) -> Any:
    """Answer the body, having checked the status."""
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else None


def refused(answer: httpx.Response, status: int, kind: str) -> str:
    """Answer the sentence of a refusal, having checked its status and kind."""
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{kind}"), answer.text
    return answer.json()["detail"]


def slot(start: datetime, length: timedelta = HOUR) -> dict[str, str]:
    return {"start": start.isoformat(), "end": (start + length).isoformat()}


def wish(room: dict[str, Any], start: datetime, length: timedelta = HOUR, **more: Any) -> dict[str, Any]:
    return {"resource_id": room["id"], "title": "Rehearsal", **slot(start, length), **more}


async def reserve(
    caller: Caller, room: dict[str, Any], start: datetime, length: timedelta = HOUR, **more: Any
) -> dict[str, Any]:
    """Reserve, and answer the reservation as it stands once those who confirm have answered."""
    return told(await caller.post("reservations", wish(room, start, length, **more), headers=WAIT), 201)


async def at_once(caller: Caller, room: dict[str, Any], length: timedelta) -> dict[str, Any]:
    """Reserve from a moment ahead, and check in."""
    made = await reserve(caller, room, in_a_moment(), length)
    assert made["state"] == "ready", made
    return told(await caller.post(f"reservations/{made['id']}/check-in"), 200)


def in_a_moment() -> datetime:
    """A start that does not lie in the past when it is asked for."""
    return datetime.now(UTC) + SECOND


async def has_begun(reservation: dict[str, Any]) -> None:
    """Wait until the start has passed, so that there is a use to speak of."""
    left = datetime.fromisoformat(reservation["start"]) - datetime.now(UTC)
    await asyncio.sleep(max(0.0, left.total_seconds()) + 0.05)


async def eventually(ask: Callable[[], Awaitable[httpx.Response]], good: Callable[[Any], Any]) -> Any:
    """Ask until what is answered is good, and answer it."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            found = (await ask()).json()
            if good(found):
                return found
            await asyncio.sleep(LOOK_AGAIN_SECONDS)


async def comes_to(caller: Caller, id_: int, state: str) -> dict[str, Any]:
    """Wait until the reservation is in this state."""
    return await eventually(lambda: caller.get(f"reservations/{id_}"), lambda one: one["state"] == state)


async def decided(caller: Caller, id_: int) -> dict[str, Any]:
    """Wait until no move of the reservation is undecided."""
    return await eventually(lambda: caller.get(f"reservations/{id_}"), lambda one: one["move"] is None)


async def code_of(caller: Caller, id_: int) -> str:
    """Wait for the code of a reservation: access hears a moment later than its owner that all is confirmed."""
    shown = await eventually(lambda: caller.get(f"reservations/{id_}/access-code"), lambda one: one.get("code"))
    code: str = shown["code"]
    return code


async def what_happened(caller: Caller, id_: int) -> list[str]:
    return [one["what"] for one in told(await caller.get(f"reservations/{id_}/history"), 200)["items"]]
