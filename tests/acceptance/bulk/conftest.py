"""Rooms, and many operations on them at once."""

from typing import Any

import httpx

from tests.acceptance.booking.conftest import new_room, slot, told
from tests.acceptance.conftest import Caller

__all__ = ["new_room"]

HEADER = "action,reservation,resource,start,end,title,description,owner,reason"


def create(room: int | str, start: str, end: str, **more: Any) -> dict[str, Any]:
    return {"action": "create", "resources": [room], **slot(start, end), **more}


def move(id_: int, **more: Any) -> dict[str, Any]:
    return {"action": "move", "reservation_id": id_, **more}


def cancel(id_: int, **more: Any) -> dict[str, Any]:
    return {"action": "cancel", "reservation_id": id_, **more}


async def send(caller: Caller, *operations: dict[str, Any], key: str | None = None, **params: object) -> httpx.Response:
    headers = {"Idempotency-Key": key} if key else {}
    return await caller.post("reservations/bulk", {"operations": operations}, params=params, headers=headers)


async def send_csv(caller: Caller, *rows: str, header: str = HEADER, **params: object) -> httpx.Response:
    content = "\r\n".join((header, *rows)).encode()
    return await caller.post(
        "reservations/bulk/csv", content=content, params=params, headers={"Content-Type": "text/csv"}
    )


async def done(caller: Caller, *operations: dict[str, Any], **params: object) -> dict[str, Any]:
    return told(await send(caller, *operations, **params), 200)


def counts(report: dict[str, Any]) -> tuple[int, int, int, int]:
    return report["created"], report["moved"], report["cancelled"], report["unchanged"]


def errors(answer: httpx.Response) -> list[tuple[int, str | None, str]]:
    """What is wrong, as rows, columns and kinds."""
    problem = told(answer, 422)
    assert problem["type"] == "/problems/bad-rows", problem
    return [(one["row"], one["column"], one["kind"]) for one in problem["errors"]]


async def busy(caller: Caller, room: int) -> list[tuple[str, str]]:
    """The times at which a room is taken on the day of the stories."""
    params = {"from": "2031-03-03T00:00:00Z", "until": "2031-03-04T00:00:00Z"}
    found = told(await caller.get(f"resources/{room}/schedule", **params), 200)
    return [(one["start"][11:16], one["end"][11:16]) for one in found["items"]]
