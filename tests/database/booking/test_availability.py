"""What the calendar answers, checked against a plain look at everything in it."""

import random
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from berth.contracts.catalog import Opening, Policy, Resource, ResourceQuery
from berth.contracts.identity import Person
from berth.kit.auth import Principal, Role
from berth.kit.db import Database, open_database
from berth.kit.http.problem import Problem
from berth.modules.booking.domain.gaps import first_start, free_gaps, wish_for
from berth.modules.booking.domain.offers import Window, key_of
from berth.modules.booking.domain.opening import open_ranges
from berth.modules.booking.store import availability as store
from berth.modules.booking.store.availability import Reader
from berth.modules.booking.usecases.availability import Availability

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
START = datetime(2027, 3, 1, tzinfo=UTC)
NOW = START + 9 * HOUR
USER = Principal(7, "ada", "Ada", Role.USER, None, 1)
ADMIN = Principal(8, "root", "Root", Role.ADMIN, None, 2)
GUEST = Principal(9, "guest", "Guest", Role.GUEST, None, 3)
DAYTIME = Opening((((8 * 60, 18 * 60),),) * 7, {})


class Shelf:
    """A catalogue of given resources."""

    def __init__(self, resources: Sequence[Resource]) -> None:
        self._resources = sorted(resources, key=lambda one: (one.name, one.id))

    async def resources(self, *, ids: Sequence[int]) -> Mapping[int, Resource]:
        return {one.id: one for one in self._resources if one.id in ids}

    async def search(self, *, query: ResourceQuery) -> Sequence[Resource]:
        return [
            one for one in self._resources if query.capacity_min is None or (one.capacity or 0) >= query.capacity_min
        ]


class Names:
    """Everybody is called by number."""

    async def authenticate(self, *, token: str) -> Principal:
        raise NotImplementedError

    async def people(self, *, ids: Sequence[int]) -> Mapping[int, Person]:
        return {one: Person(one, f"p{one}", f"Person {one}", True) for one in ids}


def resource(
    id_: int, policy: Policy | None = None, opening: Opening | None = None, capacity: int | None = 8
) -> Resource:
    return Resource(
        id_,
        f"Room {id_ % 10}",
        "room",
        None,
        (),
        capacity,
        "Europe/Rome",
        (),
        "",
        {},
        False,
        policy or Policy(),
        opening,
    )


Calendar = dict[int, list[tuple[datetime, datetime]]]


@pytest_asyncio.fixture
async def database(empty_url: str) -> AsyncIterator[Database]:
    async with open_database(empty_url) as opened:
        yield opened


async def occupy(
    database: Database,
    id_: int,
    resource_id: int,
    start: datetime,
    end: datetime,
    *,
    owner: int = 1,
    active: bool = True,
) -> None:
    async with database.transaction() as connection:
        await connection.execute(
            """
            insert into booking.reservation (id, state, owner_id, created_by, title, starts, ends)
            values ($1, 'ready', $2, $2, $5, $3, $4)
            """,
            id_,
            owner,
            start,
            end,
            f"Secret {id_}",
        )
        await connection.execute(
            """
            insert into booking.allocation (occupant_id, resource_id, kind, occupies, active)
            values ($1, $2, 'reservation', tstzrange($3, $4), $5)
            """,
            id_,
            resource_id,
            start,
            end,
            active,
        )


async def fill(database: Database, resources: int, chance: random.Random, days: int = 4) -> Calendar:
    """Occupy resources at random, with back-to-back stretches, and cancelled ones that do not count."""
    calendar: Calendar = {}
    id_ = 0
    for resource_id in range(1, resources + 1):
        at = START + chance.randrange(0, 600) * MINUTE
        calendar[resource_id] = []
        while at < START + timedelta(days=days) and chance.random() < 0.97:
            id_ += 1
            end = at + chance.randrange(15, 240) * MINUTE
            await occupy(database, id_, resource_id, at, end, owner=1 + id_ % 9)
            calendar[resource_id].append((at, end))
            at = end + chance.choice([0, 0, 10, 30, 60, 200]) * MINUTE
        id_ += 1
        await occupy(database, id_, resource_id, START, at + HOUR, active=False)
    return calendar


def overlapping(
    calendar: Calendar, resource_id: int, start: datetime, end: datetime
) -> list[tuple[datetime, datetime]]:
    return [one for one in calendar.get(resource_id, []) if one[0] < end and start < one[1]]


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
