"""Reservations for which booking has a code asked, and waiting until there is one."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import httpx
import pytest_asyncio

from berth.contracts.booking.reservation import (
    ConfirmationAsked,
    ConfirmationClosed,
    ConfirmationSettled,
    ConfirmationWithdrawn,
    Reserved,
)
from berth.kit.outbox.event import Event
from tests.acceptance.conftest import Caller

PATIENCE_SECONDS = 20.0
NINE = (datetime.now(UTC) + timedelta(days=400)).replace(hour=9, minute=0, second=0, microsecond=0)
STEPS = ("access",)

_numbers = itertools.count(9_000_001)


@dataclass(frozen=True)
class Booking:
    """Says what booking says, through its outbox, of reservations that have no row there."""

    connection: asyncpg.Connection

    async def say(self, *events: Event) -> None:
        await self.connection.executemany(
            "insert into booking.outbox (type, subject, data) values ($1, $2, $3::jsonb)",
            [(one.type, one.subject, one.data()) for one in events],
        )

    async def ask(
        self, id_: int, owner: Caller, request_id: int = 1, *, start: datetime = NINE, resource_id: int | None = None
    ) -> None:
        room = Reserved(resource_id or id_, "Room", "room", (), (), "UTC")
        end = start + timedelta(hours=1)
        due_at = {"access": datetime.now(UTC) + timedelta(seconds=60)}
        await self.say(
            ConfirmationAsked(id_, request_id, STEPS, owner.id, "user", owner.id, (room,), start, end, 15, due_at)
        )

    async def settle(self, id_: int, request_id: int = 1) -> None:
        await self.say(ConfirmationSettled(id_, request_id, STEPS))

    async def withdraw(self, id_: int, request_id: int = 1) -> None:
        await self.say(ConfirmationWithdrawn(id_, request_id, STEPS, True, "owner", None, NINE, NINE))

    async def close(self, id_: int) -> None:
        await self.say(ConfirmationClosed(id_, 1, STEPS, "finished", NINE, NINE))


@pytest_asyncio.fixture(loop_scope="session")
async def booking(berth: httpx.AsyncClient, fresh_url: str) -> AsyncIterator[Booking]:
    connection = await asyncpg.connect(fresh_url)
    yield Booking(connection)
    await connection.close()


def new_id() -> int:
    """A reservation of the test's own."""
    return next(_numbers)


async def eventually(ask: Callable[[], Awaitable[httpx.Response]], good: Callable[[httpx.Response], Any]) -> Any:
    """Ask until the answer is good, and answer its JSON."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            answer = await ask()
            if good(answer):
                return answer.json()
            await asyncio.sleep(0.02)


async def code_of(caller: Caller, id_: int, status: int = 200) -> Any:
    """Wait until the caller's question for the code is answered with this status."""
    return await eventually(
        lambda: caller.get(f"reservations/{id_}/access-code"), lambda answer: answer.status_code == status
    )
