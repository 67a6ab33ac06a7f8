"""Whatever is reserved, moved, closed and given up in any order, who searches is told what a plain look would find.

The same at every run; ``BERTH_PROOF_SCALE`` above 1 tries other orders, and longer.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from berth.contracts.catalog import Policy, Resource
from berth.kit.auth import Principal, Role
from berth.kit.http.problem import Problem
from berth.modules.booking.domain.policy import Attempt, refusals
from berth.modules.booking.domain.reservation import occupied
from berth.modules.booking.domain.searches.search import SavedSearch
from berth.modules.booking.domain.waitlist.entry import NOTICE
from berth.modules.booking.store.blackout import Blackout
from berth.modules.booking.usecases.blackout import Blackouts
from tests.database.booking.calendar import ADMIN, DAYTIME, HOUR, MINUTE, resource
from tests.database.booking.life.answering import NINE
from tests.database.booking.searches.conftest import Watchers
from tests.database.booking.waitlist.conftest import PEOPLE
from tests.scale import SCALE

ADA, BOB, EVE, DAN, _ = PEOPLE
DAY = NINE + timedelta(days=2)
STEPS = 60 * SCALE
ROOMS = (
    resource(1, Policy(granularity_minutes=15)),
    resource(2, Policy(setup_minutes=20, teardown_minutes=10), DAYTIME),
    resource(3, Policy(minutes_max=120)),
)


@dataclass(frozen=True)
class Taken:
    """Something that occupies rooms, by whom, and what each of them gives back with it."""

    id: int
    who: Principal
    rooms: tuple[int, ...]
    start: datetime
    end: datetime
    closes: bool

    def freed(self, room: Resource) -> tuple[datetime, datetime]:
        whole = occupied(room, self.start, self.end)
        return (self.start, self.end) if self.closes else (whole.start, whole.end)


def findable(
    search: SavedSearch, room: Resource, busy: Sequence[tuple[datetime, datetime]], gone: Taken, now: datetime
) -> bool:
    """Tell whether a look at each minute finds a slot that takes some of what was given back."""
    wanted, freed = search.wanted, gone.freed(room)
    start = wanted.start
    while start + wanted.length <= wanted.end:
        mine = occupied(room, start, start + wanted.length)
        overlaps = mine.start < freed[1] and freed[0] < mine.end
        free = not any(begin < mine.end and mine.start < end for begin, end in busy)
        attempt = Attempt(Role.USER, start, start + wanted.length, now)
        if overlaps and free and start >= now + NOTICE and not refusals(room, attempt):
            return True
        start += MINUTE
    return False


class Walk:
    """A number of steps at random; what is told after each is compared with the plain look."""

    def __init__(self, watchers: Watchers, chance: random.Random) -> None:
        self.watchers = watchers
        self.chance = chance
        self.taken: list[Taken] = []
        self.told = 0

    def time(self) -> tuple[datetime, datetime]:
        start = DAY + self.chance.randrange(0, 36) * 15 * MINUTE
        return start, start + self.chance.choice((30, 60, 90, 120)) * MINUTE

    async def take(self) -> None:
        start, end = self.time()
        rooms = tuple(sorted(self.chance.sample((1, 2, 3), self.chance.choice((1, 1, 1, 2)))))
        who, desk = self.chance.choice((ADA, EVE)), self.watchers.desk
        try:
            if self.chance.random() < 0.3:
                wanted = Blackout(0, rooms, start, end, "Paint", 0)
                made = await desk.part(Blackouts).set(ADMIN, wanted)
                self.taken.append(Taken(made.id, ADMIN, rooms, start, end, closes=True))
            else:
                id_ = await desk.reserve(who, *rooms, start=start, hours=(end - start) // HOUR or 1)
                end = start + ((end - start) // HOUR or 1) * HOUR
                self.taken.append(Taken(id_, who, rooms, start, end, closes=False))
        except Problem:
            return

    async def free(self) -> Taken | None:
        """Give something up, or move it, and answer what was given back."""
        if not self.taken:
            return None
        gone = self.taken.pop(self.chance.randrange(len(self.taken)))
        desk = self.watchers.desk
        if gone.closes:
            await desk.part(Blackouts).lift(ADMIN, gone.id)
            return gone
        if self.chance.random() < 0.4:
            start, _ = self.time()
            try:
                await desk.move(gone.who, gone.id, start)
            except Problem:
                self.taken.append(gone)
                return None
            self.taken.append(Taken(gone.id, gone.who, gone.rooms, start, start + HOUR, closes=False))
            return gone
        await desk.cancel(gone.who, gone.id)
        return gone

    async def compare(self, gone: Taken, searches: Sequence[SavedSearch]) -> None:
        """Compare what is told now with what can be found, a quarter of an hour after the last step."""
        desk = self.watchers.desk
        desk.clock.now += 15 * MINUTE
        told = (await self.watchers.pass_until_told())[self.told :]
        self.told += len(told)
        busy: dict[int, list[tuple[datetime, datetime]]] = {}
        for room, _, start, end in await desk.occupied():
            busy.setdefault(room, []).append((start, end))
        for search in searches:
            mine = [one for each in told if each["search_id"] == search.id for one in each["slots"]]
            rooms = [one for one in ROOMS if one.id in gone.rooms and search.owner_id != gone.who.id]
            expected = {one.id for one in rooms if findable(search, one, busy.get(one.id, []), gone, desk.clock.now)}
            assert {one["resource_id"] for one in mine} == expected, (search.name, gone)
            for one in mine:
                start, end = datetime.fromisoformat(one["start"]), datetime.fromisoformat(one["end"])
                whole = occupied(ROOMS[one["resource_id"] - 1], start, end)
                others = busy.get(one["resource_id"], [])
                assert not any(begin < whole.end and whole.start < until for begin, until in others)
                assert end - start == search.wanted.length
                assert search.wanted.start <= start
                assert end <= search.wanted.end


@pytest.mark.parametrize("seed", range(3))
async def test_who_searches_is_told_what_a_plain_look_would_find(watchers: Watchers, seed: int) -> None:
    watchers.stock.put(*ROOMS)
    searches = [
        await watchers.save(BOB, "Exact", start=DAY + HOUR),
        await watchers.save(BOB, "Any hour", start=DAY, hours=9, minutes=60),
        await watchers.save(DAN, "Any half", start=DAY + 2 * HOUR, hours=4, minutes=30),
        await watchers.save(EVE, "Long", start=DAY, hours=9, minutes=150),
    ]
    walk = Walk(watchers, random.Random(seed + 1000 * SCALE))
    freed = 0
    for _ in range(STEPS):
        if len(walk.taken) < 12 and walk.chance.random() < 0.6:
            await walk.take()
            continue
        gone = await walk.free()
        if gone is not None:
            freed += 1
            await walk.compare(gone, searches)
    assert freed > STEPS / 8
    assert walk.told > 0
