"""What is free, checked against a plain look at everything in the calendar."""

import random
from collections.abc import AsyncIterator, Sequence
from datetime import datetime

import pytest_asyncio

from berth.contracts.catalog import Policy, Resource, ResourceQuery
from berth.kit.db import Database, open_database
from berth.modules.booking.domain.gaps import first_start, free_gaps, wish_for
from berth.modules.booking.domain.offers import Window, key_of
from berth.modules.booking.domain.opening import open_ranges
from berth.modules.booking.store import availability as store
from berth.modules.booking.store.availability import Reader
from berth.modules.booking.usecases.availability import Availability
from tests.database.booking.calendar import (
    ADMIN,
    DAYTIME,
    GUEST,
    HOUR,
    MINUTE,
    NOW,
    START,
    USER,
    Calendar,
    Names,
    Shelf,
    fill,
    overlapping,
    resource,
)


@pytest_asyncio.fixture
async def database(empty_url: str) -> AsyncIterator[Database]:
    async with open_database(empty_url) as opened:
        yield opened


async def test_the_calendar_knows_who_is_free_and_who_is_busy(database: Database):
    chance = random.Random(1)
    calendar = await fill(database, 12, chance)
    calendar[99] = []
    for _ in range(60):
        start = START + chance.randrange(-300, 6000) * MINUTE
        end = start + chance.randrange(1, 900) * MINUTE
        free = [one for one in calendar if not overlapping(calendar, one, start, end)]
        assert await store.free(database, [(one, 0, 0) for one in calendar], start, end, 100) == free
        assert await store.free(database, [(one, 0, 0) for one in calendar], start, end, 2) == free[:2]
        assert await store.busy_ranges(database, 5, start, end) == overlapping(calendar, 5, start, end)
        wanted = [(one, start) for one in calendar]
        busy = await store.busy(database, wanted, end, Reader(1, False), 1000)
        assert [(one.resource_id, one.start, one.end) for one in busy] == [
            (one, *stretch) for one in calendar for stretch in overlapping(calendar, one, start, end)
        ]


async def test_gaps_are_the_long_enough_ones_in_order(database: Database):
    chance = random.Random(2)
    calendar = await fill(database, 12, chance)
    calendar[99] = []
    for _ in range(60):
        since = START + chance.randrange(-300, 5000) * MINUTE
        until = since + chance.randrange(60, 3000) * MINUTE
        needed = chance.choice([1, 30, 45, 180])
        found = await store.gaps(database, [(one, 0, needed) for one in calendar], since, until, 3)
        for id_, gaps in zip(calendar, found, strict=True):
            expected = [gap for gap in free_gaps(calendar[id_], [(since, until)]) if gap[1] - gap[0] >= needed * MINUTE]
            # The last gap may be told as longer than the window, if nothing in it ends it.
            assert [start for start, _ in gaps][: len(expected)] == [start for start, _ in expected[:3]]
            assert all(end >= mine for (_, end), (_, mine) in zip(gaps, expected, strict=False))


POLICIES = [
    Policy(),
    Policy(setup_minutes=15, teardown_minutes=30),
    Policy(granularity_minutes=30, minutes_max=120),
    Policy(lead_minutes_min=600, reservable_by=("admin",)),
]


def expected_offers(resources: Sequence[Resource], calendar: Calendar, window: Window, now: datetime) -> list:
    """Every resource at its earliest start, each worked out alone from all its busy time."""
    found = []
    for one in resources:
        wish = wish_for(one, window.length, now=now, since=window.since, until=window.until)
        hours = open_ranges(one.opening, wish.where, window.since, window.until) if wish else []
        gaps = free_gaps(calendar.get(one.id, []), hours, setup=wish.setup, teardown=wish.teardown) if wish else []
        start = first_start(gaps, wish) if wish else None
        if start is not None:
            found.append(key_of(one, start))
    return sorted(found)


async def test_offers_are_the_earliest_starts_best_first_page_by_page(database: Database):
    chance = random.Random(3)
    calendar = await fill(database, 40, chance)
    resources = [
        resource(one, POLICIES[one % 4], DAYTIME if one % 3 else None, chance.choice([None, 4, 8, 30]))
        for one in range(1, 46)
    ]
    availability = Availability(database, Shelf(resources), Names(), lambda: NOW)
    windows = [(minutes, ahead) for minutes in (30, 60, 120, 240, 1440) for ahead in (90, 600, 5000)]
    for minutes, ahead in windows:
        since = START + chance.randrange(0, 3000) * MINUTE
        window = Window(minutes * MINUTE, since, since + (minutes + ahead) * MINUTE)
        for caller in (ADMIN, USER, GUEST):
            mine = [one for one in resources if caller is ADMIN or "user" in one.policy.reservable_by]
            expected = expected_offers(mine, calendar, window, NOW)
            pages, after = [], None
            while found := await availability.free(caller, ResourceQuery(), window, now=NOW, after=after, limit=4):
                pages += [one.key for one in found]
                after = found[-1].key
            assert pages == expected
            assert [
                one.key
                for one in await availability.free(caller, ResourceQuery(), window, now=NOW, after=None, limit=100)
            ] == expected


async def test_a_search_by_window_regards_hours_and_buffers_page_by_page(database: Database):
    chance = random.Random(4)
    calendar = await fill(database, 40, chance)
    resources = [resource(one, POLICIES[one % 4], DAYTIME if one % 3 else None) for one in range(1, 46)]
    availability = Availability(database, Shelf(resources), Names(), lambda: NOW)
    for _ in range(20):
        start = START + chance.randrange(0, 4000) * MINUTE
        end = start + chance.randrange(30, 300) * MINUTE
        expected = sorted(
            (one.name, one.id)
            for one in resources
            if open_ranges(one.opening, wish_zone(one), start, end) == [(start, end)]
            and not overlapping(
                calendar, one.id, start - one.policy.setup_minutes * MINUTE, end + one.policy.teardown_minutes * MINUTE
            )
        )
        pages, after = [], None
        while found := await availability.search(ResourceQuery(), (start, end), after, 4):
            pages += [(one.name, one.id) for one in found]
            after = pages[-1]
        assert pages == expected


def wish_zone(one: Resource):
    wish = wish_for(one, HOUR, now=START, since=START, until=START + 48 * HOUR)
    assert wish is not None
    return wish.where
