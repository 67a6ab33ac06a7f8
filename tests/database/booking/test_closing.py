"""What calendars from outside close, while people reserve the same hours."""

import asyncio
import random
from datetime import timedelta

import asyncpg

from tests.database.booking.calendar import HOUR, MINUTE, START, occupy
from tests.database.booking.conftest import ROOM, Closing
from tests.scale import SCALE


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
