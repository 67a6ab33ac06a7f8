"""What calendars from outside close, while people reserve the same hours."""

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import asyncpg
import pytest_asyncio

from berth.contracts.booking.questions import BusyTime
from berth.kit.db import Database, open_database
from berth.kit.outbox.pace import Bell
from berth.kit.outbox.timers import Timers
from berth.kit.outbox.write import Outbox
from berth.modules.booking.domain.hold import Patience
from berth.modules.booking.usecases.calendars import Calendars
from berth.modules.booking.usecases.waitlist.offering import Offering
from tests.database.booking.calendar import HOUR, MINUTE, START, Shelf, occupy
from tests.scale import SCALE

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


async def test_what_is_there_first_stays_and_the_rest_is_closed(closing: Closing) -> None:
    await occupy(closing.database, 10, ROOM, START + 2 * HOUR, START + 3 * HOUR)
    await occupy(closing.database, 11, ROOM, START + 4 * HOUR, START + 5 * HOUR, active=False)
    await closing.says(1, (1, 6), (8, 9))
    assert await closing.closed() == [(1, 2), (3, 6), (8, 9)]
    assert await closing.overlaps() == [10]
    await closing.database.execute("update booking.allocation set active = false where occupant_id = 10")
    await closing.says(1, (1, 6), (8, 9))
    assert await closing.closed() == [(1, 2), (2, 3), (3, 6), (8, 9)]
    assert await closing.overlaps() == []


async def test_only_what_changed_is_told_of(closing: Closing) -> None:
    await closing.says(1, (1, 2), (3, 4))
    assert await closing.told() == ["blackout_set", "blackout_set"]
    await closing.says(2, (3, 4), (5, 6))
    assert await closing.told() == ["blackout_lifted", "blackout_set"]
    assert await closing.closed() == [(3, 4), (5, 6)]
    await closing.says(2, (3, 4), (5, 6))
    assert await closing.told() == []


async def test_what_was_said_before_is_not_heard_any_more(closing: Closing) -> None:
    await closing.says(5, (1, 2))
    await closing.says(4, (3, 4))
    assert await closing.closed() == [(1, 2)]
    await closing.says(6)
    await closing.says(5, (1, 2))
    assert await closing.closed() == []


async def test_what_is_over_stays_in_the_past(closing: Closing) -> None:
    await closing.says(1, (1, 2), (3, 5))
    closing.now[0] = START + 4 * HOUR
    await closing.says(2)
    assert await closing.closed() == [(1, 2)]


async def test_a_whole_busy_time_that_is_taken_closes_nothing_and_is_listed_as_a_blackout(closing: Closing) -> None:
    await occupy(closing.database, 10, ROOM, START, START + 9 * HOUR)
    await closing.says(1, (1, 2))
    assert await closing.closed() == []
    assert await closing.overlaps() == [10]


async def test_closing_leaves_no_gap_while_people_reserve(closing: Closing) -> None:
    chance = random.Random(11)
    taken = 0

    async def reserve(id_: int) -> bool:
        start = START + chance.randrange(0, 600) * MINUTE
        try:
            await occupy(closing.database, id_, ROOM, start, start + timedelta(minutes=chance.randrange(10, 60)))
        except (asyncpg.ExclusionViolationError, asyncpg.DeadlockDetectedError):
            return False
        return True

    for turn in range(10 * SCALE):
        ids = range(1000 * turn + 1, 1000 * turn + 9)
        *made, _, _ = await asyncio.gather(
            *(reserve(id_) for id_ in ids),
            closing.says(turn, (2, 5), (6, 9)),
            closing.says(turn, (4, 7), source="calendar/2"),
        )
        taken += sum(made)
        rows = await closing.database.fetch_row(
            """
            select tstzmultirange(tstzrange($2, $3)) - range_agg(occupies) as free
            from booking.allocation
            where resource_id = $1
              and active
            """,
            ROOM,
            START + 2 * HOUR,
            START + 9 * HOUR,
        )
        assert list(rows["free"]) == []
        await closing.database.execute("delete from booking.allocation where kind = 'reservation'")
        await closing.database.execute("delete from booking.reservation")
    assert taken > 10
