"""Rooms that may be reserved years ahead, and series on them."""

import itertools
from typing import Any

import pytest

from tests.acceptance.booking.conftest import NewRoom, new_room, told
from tests.acceptance.conftest import Caller

__all__ = ["new_room"]

FAR = {"horizon_days_max": 3650}


@pytest.fixture
def far_room(new_room: NewRoom, unique: itertools.count) -> NewRoom:
    """Make a room that can be reserved ten years ahead, and like which there is no other."""

    async def make(*, policy: dict[str, Any] | None = None, **more: Any) -> int:
        return await new_room(policy={**FAR, **(policy or {})}, **{"tags": [f"only-{next(unique)}"], **more})

    return make


def weekly(room: int, count: int = 4, **more: Any) -> dict[str, Any]:
    """Answer the wish for a room on Tuesdays from 4 March 2031, from ten to eleven in Rome."""
    return {
        "resource_id": room,
        "start": "2031-03-04T09:00:00Z",
        "end": "2031-03-04T10:00:00Z",
        "rule": f"FREQ=WEEKLY;BYDAY=TU;COUNT={count}",
        **more,
    }


async def make_series(caller: Caller, wish: dict[str, Any]) -> dict[str, Any]:
    """Reserve a series, and answer what was answered."""
    return told(await caller.post("reservations/recurring", {"title": "Seminar", **wish}), 201)


async def occurrences(caller: Caller, series_id: int, *, state: str | None = None) -> list[dict[str, Any]]:
    """Answer the occurrences of a series as it stands, optionally those in one state."""
    found = told(await caller.get(f"series/{series_id}"), 200)["occurrences"]
    return [one for one in found if state in (None, one["state"])]


def starts(found: list[dict[str, Any]]) -> list[str]:
    """Answer the starts of occurrences in UTC, without the year and the seconds."""
    return [one["start"][5:16] for one in found]
