"""What is told of a search is what a search minute by minute would find in what was freed."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berth.contracts.booking.searches import FreeSlot
from berth.contracts.catalog import Opening, Policy, Resource, ResourceQuery
from berth.kit.auth import Role
from berth.kit.localtime import zone
from berth.modules.booking.domain.opening import covers
from berth.modules.booking.domain.policy import Attempt, refusals
from berth.modules.booking.domain.reservation import occupied
from berth.modules.booking.domain.searches.matching import Hours, Opened, newly_open, news, opened, possible, slot_in
from berth.modules.booking.domain.searches.search import SavedSearch, SearchState, sought
from berth.modules.booking.domain.waitlist.entry import NOTICE, Wanted
from berth.modules.booking.usecases.searches.fitting import alike, allowed, hours_of
from tests.database.booking.calendar import HOUR, MINUTE, resource

NOW = datetime.fromisoformat("2027-03-01T08:00:00+00:00")
OPEN = Opening((((9 * 60 + 10, 16 * 60),),) * 7, {})
Range = tuple[datetime, datetime]

policies = st.builds(
    Policy,
    granularity_minutes=st.sampled_from((None, 5, 15, 20)),
    setup_minutes=st.sampled_from((0, 10)),
    teardown_minutes=st.sampled_from((0, 15)),
    lead_minutes_min=st.sampled_from((None, 90)),
)
minutes = st.integers(-120, 480)
taken = st.lists(st.tuples(minutes, st.integers(1, 90)), max_size=8)


def wish(start: datetime, end: datetime, length: int | None = None, ids: Sequence[int] = (1,)) -> Wanted:
    return sought(ResourceQuery(), start, end, length, tuple(ids))


def saved(wanted: Wanted, role: str = "user", owner: int = 7) -> SavedSearch:
    return SavedSearch(1, SearchState.LIVE, owner, role, "Rooms", wanted, NOW, True)


def calendar(some: Sequence[tuple[int, int]], *, without: Range) -> list[Range]:
    """Stretches that do not overlap each other, nor all of what was freed: it may be taken again in part."""
    found: list[Range] = []
    for begin, length in sorted(some):
        start = max(NOW + begin * MINUTE, found[-1][1] if found else NOW - 10 * HOUR)
        end = start + length * MINUTE
        if (start, end) != without:
            found.append((start, end))
    return found


def near(taken: Sequence[Range], start: datetime, end: datetime) -> list[Range]:
    """Answer what the database answers of a calendar: the nearest before, all within, and the nearest behind."""
    before = [one for one in taken if one[0] <= start][-1:]
    within = [one for one in taken if start < one[0] < end]
    behind = [one for one in taken if one[0] >= end and one[0] > start][:1]
    return [*before, *within, *behind]


def by_minutes(wanted: Wanted, room: Resource, taken: Sequence[Range], freed: Range) -> list[datetime]:
    """Answer every start of a slot that is free, allowed, and takes some of what was freed."""
    found = []
    start = wanted.start
    while start + wanted.length <= wanted.end:
        attempt = Attempt(Role.USER, start, start + wanted.length, NOW)
        mine = occupied(room, attempt.start, attempt.end)
        allowed_ = start >= NOW + NOTICE and not refusals(room, attempt)
        free = not any(begin < mine.end and mine.start < end for begin, end in taken)
        if allowed_ and free and mine.start < freed[1] and freed[0] < mine.end:
            found.append(start)
        start += MINUTE
    return found


@given(
    policy=policies,
    busy=taken,
    start=minutes,
    window=st.integers(15, 300),
    length=st.sampled_from((None, 15, 30, 60)),
    gone=st.tuples(minutes, st.integers(1, 120)),
    hours=st.booleans(),
)
def test_a_slot_is_told_if_and_only_if_one_can_be_had_of_what_was_freed(
    policy: Policy,
    busy: Sequence[tuple[int, int]],
    start: int,
    window: int,
    length: int | None,
    gone: tuple[int, int],
    hours: bool,
) -> None:
    room = resource(1, policy, OPEN if hours else None)
    since = NOW + start * MINUTE
    wanted = wish(since, since + max(window, length or 0) * MINUTE, length)
    freed = NOW + gone[0] * MINUTE, NOW + (gone[0] + gone[1]) * MINUTE
    taken = calendar(busy, without=freed)
    parts = opened(Opened(1, *freed, None, None), near(taken, *freed))
    expected = by_minutes(wanted, room, taken, freed)
    found = news(saved(wanted), parts, {1: room}, told=(), now=NOW, most=100)
    assert bool(found) == bool(expected)
    assert {one.start for one in found} <= set(expected)
    assert all(one.end - one.start == wanted.length for one in found)
    if expected:
        assert possible(wanted, room, Role.USER, NOW)
    else:
        assert all(slot_in(wanted, room, one, Role.USER, NOW) is None for one in parts)


@given(busy=taken, gone=st.tuples(minutes, st.integers(1, 120)))
def test_what_is_free_of_what_was_freed_is_all_that_nothing_occupies(
    busy: Sequence[tuple[int, int]], gone: tuple[int, int]
) -> None:
    freed = NOW + gone[0] * MINUTE, NOW + (gone[0] + gone[1]) * MINUTE
    taken = calendar(busy, without=freed)
    parts = opened(Opened(1, *freed, None, None), near(taken, *freed))
    at = freed[0]
    while at < freed[1]:
        is_taken = any(start <= at < end for start, end in taken)
        assert is_taken == (not any(one.start <= at < one.end for one in parts))
        at += MINUTE
    for one in parts:
        assert one.since is None or one.since <= one.start
        assert one.until is None or one.end <= one.until
        for start, end in taken:
            assert end <= (one.since or start) or start >= (one.until or end)


def part(start: datetime, end: datetime, *, briefly: bool = False, person_ids: frozenset[int] = frozenset()) -> Opened:
    return Opened(1, start, end, None, None, briefly, person_ids)


def told_of(search: SavedSearch, *parts: Opened, told: Sequence[FreeSlot] = (), most: int = 9) -> list[datetime]:
    rooms = {1: resource(1), 2: resource(2)}
    return [one.start for one in news(search, parts, rooms, told=told, now=NOW, most=most)]


def test_the_slot_begins_with_what_was_freed_or_ends_with_it() -> None:
    flexible = saved(wish(NOW + HOUR, NOW + 9 * HOUR, 60))
    assert told_of(flexible, part(NOW + 3 * HOUR, NOW + 5 * HOUR)) == [NOW + 3 * HOUR]
    short = Opened(1, NOW + 3 * HOUR, NOW + 3 * HOUR + 30 * MINUTE, NOW, NOW + 3 * HOUR + 30 * MINUTE)
    assert told_of(flexible, short) == [NOW + 2 * HOUR + 30 * MINUTE]


def test_nobody_is_told_of_what_he_gave_back_himself() -> None:
    mine = part(NOW + 3 * HOUR, NOW + 4 * HOUR, person_ids=frozenset({7, 8}))
    wanted = wish(NOW + HOUR, NOW + 9 * HOUR, 60)
    assert told_of(saved(wanted), mine) == []
    assert told_of(saved(wanted, owner=9), mine) == [NOW + 3 * HOUR]


def test_what_was_told_is_not_told_again_though_somebody_held_it_meanwhile() -> None:
    search = saved(wish(NOW + HOUR, NOW + 9 * HOUR, 60))
    start, end = NOW + 3 * HOUR, NOW + 4 * HOUR
    told = [FreeSlot(1, start, end)]
    assert told_of(search, part(start, end, briefly=True)) == [start]
    assert told_of(search, part(start, end, briefly=True), told=told) == []
    assert told_of(search, part(start, end), told=told) == [start]
    assert told_of(search, part(start, end, briefly=True), told=[FreeSlot(2, start, end)]) == [start]


def test_the_rules_are_asked_by_the_owners_role() -> None:
    room = resource(1, Policy(reservable_by=("admin",)))
    wanted = wish(NOW + HOUR, NOW + 2 * HOUR)
    free = [part(NOW + HOUR, NOW + 2 * HOUR)]
    assert news(saved(wanted), free, {1: room}, told=(), now=NOW, most=9) == []
    assert len(news(saved(wanted, "admin"), free, {1: room}, told=(), now=NOW, most=9)) == 1
    assert allowed(wanted, alike([room, resource(2)]), Role.USER, NOW) == (2,)
    groups = alike([resource(3), room, resource(2)])
    assert [one.ids for one in groups] == [[3, 2], [1]]
    assert allowed(wanted, groups, Role.ADMIN, NOW) == (1, 2, 3)
    assert hours_of((1, 3), groups) == dict.fromkeys((1, 3), Hours(None, "Europe/Rome"))


def test_only_so_many_slots_are_looked_for_and_each_is_told_once() -> None:
    search = saved(wish(NOW + HOUR, NOW + 9 * HOUR, 60))
    parts = [part(NOW + n * HOUR, NOW + (n + 1) * HOUR) for n in range(1, 8)]
    assert told_of(search, *parts, *parts) == [one.start for one in parts]
    assert len(told_of(search, *parts, most=3)) == 3


def test_what_does_not_fit_any_more_is_not_told() -> None:
    wanted = wish(NOW + HOUR, NOW + 9 * HOUR, 60, ids=(2,))
    assert told_of(saved(wanted), part(NOW + 3 * HOUR, NOW + 4 * HOUR)) == []


day_hours = st.lists(st.tuples(st.integers(0, 10), st.integers(1, 6)), max_size=3).map(
    lambda some: tuple((60 * begin, 60 * end) for begin, end in _apart(some))
)


def _apart(some: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for begin, length in some:
        start = (found[-1][1] if found else 0) + 1 + begin
        if start + length <= 24:
            found.append((start, start + length))
    return found


@given(before=st.one_of(st.none(), day_hours), after=st.one_of(st.none(), day_hours), zones=st.booleans())
def test_newly_open_is_what_is_open_now_and_was_not(
    before: tuple[tuple[int, int], ...] | None, after: tuple[tuple[int, int], ...] | None, zones: bool
) -> None:
    was, now = (None if one is None else Opening((one,) * 7, {}) for one in (before, after))
    old, new = Hours(was, "Europe/Rome"), Hours(now, "UTC" if zones else "Europe/Rome")
    window = NOW, NOW + timedelta(days=2)
    found = newly_open(old, new, window)
    at = window[0]
    while at < window[1]:
        end = at + 30 * MINUTE
        expected = covers(now, zone(new.timezone), at, end) and not covers(was, zone(old.timezone), at, end)
        assert expected == any(start <= at and end <= until for start, until in found)
        at = end


@pytest.mark.parametrize("length", [None, 60])
def test_a_window_that_is_over_has_no_news(length: int | None) -> None:
    search = saved(wish(NOW - 3 * HOUR, NOW - HOUR, length))
    rooms: Mapping[int, Resource] = {1: resource(1)}
    assert news(search, [part(NOW - 3 * HOUR, NOW)], rooms, told=(), now=NOW, most=9) == []
