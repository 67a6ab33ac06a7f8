"""What is busy, and who is told by whom; and what the sign at the door says."""

import random
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from berth.kit.db import Database, open_database
from berth.kit.http.problem import Problem
from berth.modules.booking.usecases.availability import Availability
from tests.database.booking.calendar import (
    ADMIN,
    DAYTIME,
    GUEST,
    HOUR,
    NOW,
    START,
    USER,
    Names,
    Shelf,
    fill,
    occupy,
    overlapping,
    resource,
)


@pytest_asyncio.fixture
async def database(empty_url: str) -> AsyncIterator[Database]:
    async with open_database(empty_url) as opened:
        yield opened


async def test_a_schedule_comes_in_pages_and_tells_each_reader_what_is_theirs(database: Database):
    calendar = await fill(database, 8, random.Random(5))
    resources = [resource(one) for one in range(1, 10)]
    availability = Availability(database, Shelf(resources), Names(), lambda: NOW)
    window = (START + 5 * HOUR, START + 50 * HOUR)
    seen, after = [], None
    while True:
        schedule = await availability.schedule(USER, list(range(1, 10)), window, after, 5)
        if not schedule.stretches:
            break
        seen += schedule.stretches
        after = (seen[-1].resource_id, seen[-1].end)
    assert [(one.resource_id, one.start, one.end) for one in seen] == [
        (one, *stretch) for one in sorted(calendar) for stretch in overlapping(calendar, one, *window)
    ]
    assert {one.owner_id for one in seen} == {None, USER.id}
    assert all((one.title is None) == (one.owner_id is None) for one in seen)
    everything = await availability.schedule(ADMIN, list(range(1, 10)), window, None, 1000)
    assert all(one.title == f"Secret {one.occupant_id}" for one in everything.stretches)
    assert set(everything.people) == {one.owner_id for one in everything.stretches}


async def test_a_blackout_tells_its_reason_to_everybody(database: Database):
    await database.execute(
        "insert into booking.blackout (id, reason, starts, ends, created_by) values (1, 'Painting', $1, $2, 1)",
        START,
        START + HOUR,
    )
    await database.execute(
        """
        insert into booking.allocation (occupant_id, resource_id, kind, occupies)
        values (1, 1, 'blackout', tstzrange($1, $2))
        """,
        START,
        START + HOUR,
    )
    availability = Availability(database, Shelf([resource(1)]), Names(), lambda: NOW)
    [stretch] = (await availability.schedule(GUEST, [1], (START, NOW), None, 10)).stretches
    assert (stretch.kind, stretch.reason, stretch.title, stretch.owner_id) == ("blackout", "Painting", None, None)


async def test_the_sign_at_the_door(database: Database):
    resources = [resource(1), resource(2, opening=DAYTIME), resource(3)]
    now = START + 17 * HOUR  # 18:00 in Rome
    availability = Availability(database, Shelf(resources), Names(), lambda: now)
    await occupy(database, 1, 1, now - HOUR, now + HOUR, owner=USER.id)
    await occupy(database, 2, 1, now + HOUR, now + 2 * HOUR)
    await occupy(database, 3, 3, now + 5 * HOUR, now + 6 * HOUR)
    busy, schedule, _ = await availability.status(USER, 1)
    assert (busy.state, busy.until) == ("busy", now + 2 * HOUR)
    assert [one.title for one in schedule.stretches] == ["Secret 1", None]
    closed, _, _ = await availability.status(USER, 2)
    assert (closed.state, closed.until) == ("closed", START + 31 * HOUR)
    free, _, _ = await availability.status(USER, 3)
    assert (free.state, free.until) == ("free", now + 5 * HOUR)
    with pytest.raises(Problem) as unknown:
        await availability.status(USER, 4)
    assert unknown.value.status == 404
