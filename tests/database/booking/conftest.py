"""A room that calendars from outside and performances close, while people reserve it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime

import pytest_asyncio

from berth.contracts.booking.questions import BusyTime
from berth.kit.db import Database, open_database
from berth.kit.outbox.pace import Bell
from berth.kit.outbox.timers import Timers
from berth.kit.outbox.write import Outbox
from berth.modules.booking.domain.hold import Patience
from berth.modules.booking.usecases.calendars import Calendars
from berth.modules.booking.usecases.waitlist.offering import Offering
from tests.database.booking.calendar import HOUR, START, Shelf

ROOM = 7


@dataclass
class Closing:
    """Booking's answers to calendars, the database behind them, and a present that the test moves."""

    database: Database
    now: list = field(default_factory=lambda: [START])

    def calendars(self) -> Calendars:
        outbox, timers = Outbox("booking", Bell()), Timers("booking", Bell())

        def clock() -> datetime:
            return self.now[0]

        offering = Offering(outbox=outbox, timers=timers, catalog=Shelf([]), clock=clock, patience=Patience())
        return Calendars(self.database, outbox, clock, offering)

    async def says(self, number: int, *hours: tuple[float, float], source: str = "calendar/1") -> None:
        """Let a calendar say that the room is busy from and until these hours."""
        times = [BusyTime(START + first * HOUR, START + last * HOUR) for first, last in hours]
        await self.calendars().close_by_calendar(
            source=source, number=number, resource_id=ROOM, actor_id=1, reason="Lessons", busy=times
        )

    async def overlaps(self, source: str = "calendar/1") -> list[int]:
        return [one.reservation_id for one in await self.calendars().overlaps(source=source)]

    async def closed(self) -> list[tuple[float, float]]:
        """From and until which hours the room is closed."""
        rows = await self.database.fetch(
            """
            select lower(occupies) as starts, upper(occupies) as ends
            from booking.allocation
            where resource_id = $1
              and kind = 'blackout'
              and active
            order by occupies
            """,
            ROOM,
        )
        return [((one["starts"] - START) / HOUR, (one["ends"] - START) / HOUR) for one in rows]

    async def told(self) -> list[str]:
        """What has been told of since the last call."""
        rows = await self.database.fetch("delete from booking.outbox returning id, type")
        return [one["type"].split(".")[2] for one in sorted(rows, key=lambda one: one["id"])]


@pytest_asyncio.fixture(loop_scope="session")
async def closing(empty_url: str) -> AsyncIterator[Closing]:
    async with open_database(empty_url) as opened:
        yield Closing(opened)
