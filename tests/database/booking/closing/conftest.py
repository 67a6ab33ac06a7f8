"""Booking alone, of which somebody closes a room, and all that it has in its tables."""

import contextlib
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from berth.kit.db import Database
from berth.modules.booking.store.closing.closing import Closing
from berth.modules.booking.usecases.closing.closing import Closings, Order
from berth.modules.booking.usecases.closing.picturing import ClosingWish, Picture
from tests.database.booking.calendar import ADMIN, HOUR
from tests.database.booking.life.answering import NINE
from tests.database.booking.waitlist.conftest import Desk, desk

__all__ = ["desk"]

WISH = ClosingWish(1, NINE, NINE + 10 * HOUR)
TABLES = (
    *("reservation", "reservation_change", "allocation", "blackout", "closing", "hold", "waitlist_entry"),
    *("confirmation", "move", "timer", "outbox"),
)


async def look(desk: Desk, wish: ClosingWish = WISH) -> Picture:
    return await desk.part(Closings).preview(ADMIN, wish)


async def confirm(desk: Desk, digest: str, wish: ClosingWish = WISH) -> Closing:
    return await desk.part(Closings).close(ADMIN, Order(wish, "Painting", digest))


async def everything(desk: Desk) -> dict[str, list[str]]:
    """All rows of booking."""
    found = {}
    for table in TABLES:
        rows = await desk.database.fetch(f"select {table}::text as row from booking.{table} order by 1")
        found[table] = [row["row"] for row in rows]
    return found


async def slots(desk: Desk, room: int) -> list[tuple[str, datetime, datetime]]:
    return [(kind, start, end) for id_, kind, start, end in await desk.occupied() if id_ == room]


class Broken(Exception):
    """The failure that the test wanted."""


class Breaking:
    """A connection that fails at one of its statements; ``done`` counts them."""

    def __init__(self, inner: Any, failing_at: int) -> None:
        self._inner = inner
        self._failing_at = failing_at
        self.done = 0

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if name not in ("execute", "fetch", "fetchval", "fetchrow"):
            return found

        async def run(*args: Any, **more: Any) -> Any:
            self.done += 1
            if self.done == self._failing_at:
                raise Broken
            return await found(*args, **more)

        return run


class Fragile:
    """A database whose next transactions fail at this statement."""

    def __init__(self, database: Database, failing_at: int) -> None:
        self._database = database
        self._failing_at = failing_at
        self.lent: list[Breaking] = []

    @contextlib.asynccontextmanager
    async def transaction(self) -> AsyncIterator[Breaking]:
        async with self._database.transaction() as connection:
            self.lent.append(Breaking(connection, self._failing_at))
            yield self.lent[-1]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database, name)
