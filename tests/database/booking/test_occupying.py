"""What something of another module occupies: one stretch, whole or not at all, and moved or lifted by its source."""

import asyncio

from tests.database.booking.calendar import HOUR, START, occupy
from tests.database.booking.conftest import ROOM, Closing


async def wants(
    closing: Closing, first: float, last: float, source: str = "performance/1"
) -> list[tuple[float, float]]:
    """Let a source want the room from and until these hours; answer what is in the way."""
    found = await closing.calendars().occupy(
        source=source,
        resource_id=ROOM,
        actor_id=1,
        reason="Concert",
        start=START + first * HOUR,
        end=START + last * HOUR,
    )
    return [((one.start - START) / HOUR, (one.end - START) / HOUR) for one in found]


async def test_it_is_closed_whole_or_not_at_all(closing: Closing) -> None:
    await occupy(closing.database, 10, ROOM, START + 2 * HOUR, START + 3 * HOUR)
    assert await wants(closing, 1, 4) == [(2, 3)]
    assert (await closing.closed(), await closing.told()) == ([], [])
    assert await wants(closing, 3, 5) == []
    assert (await closing.closed(), await closing.told()) == ([(3, 5)], ["blackout_set"])
    assert await wants(closing, 4, 6, "performance/2") == [(3, 5)]


async def test_doing_it_again_is_the_same_and_another_time_moves_it(closing: Closing) -> None:
    for _ in range(2):
        assert await wants(closing, 1, 3) == []
    assert (await closing.closed(), await closing.told()) == ([(1, 3)], ["blackout_set"])
    assert await wants(closing, 2, 4) == []
    assert (await closing.closed(), await closing.told()) == ([(2, 4)], ["blackout_lifted", "blackout_set"])
    await occupy(closing.database, 10, ROOM, START + 5 * HOUR, START + 6 * HOUR)
    assert await wants(closing, 4, 6) == [(5, 6)]
    assert await closing.closed() == [(2, 4)]


async def test_it_is_lifted_once_and_a_calendar_of_another_source_leaves_it(closing: Closing) -> None:
    await wants(closing, 1, 3)
    await closing.says(1, (0, 5))
    assert await closing.closed() == [(0, 1), (1, 3), (3, 5)]
    await closing.says(2)
    assert await closing.closed() == [(1, 3)]
    await closing.told()
    for _ in range(2):
        await closing.calendars().vacate(source="performance/1", actor_id=1)
    assert (await closing.closed(), await closing.told()) == ([], ["blackout_lifted"])


async def test_of_many_who_want_the_same_time_one_gets_it(closing: Closing) -> None:
    found = await asyncio.gather(*(wants(closing, 1, 3, f"performance/{number}") for number in range(1, 11)))
    assert sorted(found) == [[], *[[(1.0, 3.0)]] * 9]
    assert await closing.closed() == [(1, 3)]


async def test_numbers_are_nobody_elses(closing: Closing) -> None:
    first, second = await asyncio.gather(*(closing.calendars().numbers(count=5) for _ in range(2)))
    assert len({*first, *second}) == 10
