"""Booking's part in a story of payments: its events, put where it puts them."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from berth.contracts.booking.reservation import ConfirmationAsked, ConfirmationSettled, ConfirmationWithdrawn, Reserved
from berth.kit.outbox.event import Event
from tests.acceptance.conftest import Caller

START = datetime(2031, 3, 3, 9, tzinfo=UTC)
PATIENCE_SECONDS = 30.0

Say = Callable[..., Awaitable[None]]

_reservations = count(2**40)


@pytest_asyncio.fixture(loop_scope="session")
async def say(fresh_url: str) -> AsyncIterator[Say]:
    """Say something as booking does: through its outbox."""
    connection = await asyncpg.connect(fresh_url)

    async def write(*events: Event) -> None:
        for one in events:
            await connection.execute(
                "insert into booking.outbox (type, subject, data) values ($1, $2, $3::text::jsonb)",
                one.type,
                one.subject,
                one.data(),
            )

    yield write
    await connection.close()


@pytest.fixture
def reservation() -> int:
    """The id of a reservation that no other story has."""
    return next(_reservations)


def asked(reservation: int, owner: Caller, room: dict[str, Any]) -> ConfirmationAsked:
    """Two hours of the room for the owner."""
    reserved = Reserved(room["id"], room["name"], room["kind"], (), (), "Europe/Rome")
    due_at = datetime.now(UTC) + timedelta(minutes=30)
    return ConfirmationAsked(
        reservation, 1, ("payment",), owner.id, "user", owner.id, (reserved,), START, START + timedelta(hours=2), 15,
        {"payment": due_at},
    )  # fmt: skip


def settled(reservation: int) -> ConfirmationSettled:
    return ConfirmationSettled(reservation, 1, ("payment",))


def given_up(reservation: int) -> ConfirmationWithdrawn:
    return ConfirmationWithdrawn(reservation, 1, ("payment",), True, "owner", None, START, START)
