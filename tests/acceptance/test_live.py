"""Whoever has Berth open hears of changes as they happen."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from tests.acceptance.conftest import Caller


async def lines(caller: Caller) -> AsyncIterator[str]:
    """The lines of the stream: over HTTP, or from the application itself where it runs in this process."""
    headers = {"Authorization": f"Bearer {caller.token}"}
    app = getattr(caller.client._transport, "app", None)
    if app is None:
        async with caller.client.stream("GET", "/api/v1/live", headers=headers, timeout=30) as answer:
            assert answer.status_code == 200
            assert answer.headers["content-type"].startswith("text/event-stream")
            async for line in answer.aiter_lines():
                yield line
        return
    said: asyncio.Queue[bytes] = asyncio.Queue()

    async def send(message: dict[str, Any]) -> None:
        await said.put(message.get("body", b""))

    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": "/api/v1/live", "query_string": b"", "headers": raw}
    serving = asyncio.create_task(app(scope, asyncio.Event().wait, send))
    try:
        while True:
            for line in (await said.get()).decode().splitlines():
                yield line
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


@contextlib.asynccontextmanager
async def listening(caller: Caller) -> AsyncIterator[list[dict[str, Any]]]:
    """Listen to what this person is told, from the moment that the stream is open."""
    heard: list[dict[str, Any]] = []
    opened = asyncio.Event()

    async def listen() -> None:
        async with contextlib.aclosing(lines(caller)) as stream:
            async for line in stream:
                opened.set()
                if line.startswith("data: "):
                    heard.append(json.loads(line.removeprefix("data: ")))

    task = asyncio.create_task(listen())
    try:
        async with asyncio.timeout(10):
            await opened.wait()
        yield heard
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while True:
            if condition():
                return
            await asyncio.sleep(0.02)


async def test_a_change_is_heard_by_all_and_its_words_by_those_it_concerns(
    admin: Caller, user: Caller, other: Caller, unique: Any
) -> None:
    made = await admin.post("resources", {"name": f"Live {next(unique)}", "kind": "room", "timezone": "Europe/Rome"})
    resource = made.json()["id"]
    start = datetime.now(UTC).replace(microsecond=0) + timedelta(days=2)
    async with listening(user) as mine, listening(other) as theirs:
        wish = {"resource_id": resource, "start": start.isoformat(), "end": (start + timedelta(hours=1)).isoformat()}
        answer = await user.post("reservations", wish)
        assert answer.status_code == 201, answer.text
        subject = f"reservation/{answer.json()['id']}"
        calendar = {"type": "calendar_changed", "subject": None, "resource_ids": [resource]}
        await until(lambda: calendar in theirs and any(one["subject"] == subject for one in mine))
        assert all(one["subject"] != subject for one in theirs)


async def test_nobody_hears_anything_who_is_not_signed_in(berth: httpx.AsyncClient) -> None:
    answer = await berth.get("/api/v1/live")
    assert answer.status_code == 401
