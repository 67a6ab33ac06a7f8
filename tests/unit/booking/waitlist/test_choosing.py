"""What an entry is offered is the first slot that a search minute by minute would find."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berth.contracts.catalog import Opening, Policy, Resource, ResourceQuery
from berth.kit.auth import Role
from berth.modules.booking.domain.life.value import Slot
from berth.modules.booking.domain.policy import Attempt, refusals
from berth.modules.booking.domain.reservation import occupied
from berth.modules.booking.domain.waitlist.choosing import Supply, chosen, hopeless, reach, room_for
from berth.modules.booking.domain.waitlist.entry import NOTICE, Entry, EntryState, Wanted
from tests.database.booking.calendar import HOUR, MINUTE, resource

NOW = datetime.fromisoformat("2027-03-01T08:00:00+00:00")
OPEN = Opening((((9 * 60 + 10, 16 * 60),),) * 7, {})

policies = st.builds(
    Policy,
    granularity_minutes=st.sampled_from((None, 5, 15, 20)),
    setup_minutes=st.sampled_from((0, 10)),
    teardown_minutes=st.sampled_from((0, 15)),
    lead_minutes_min=st.sampled_from((None, 90)),
)
minutes = st.integers(-120, 480)
taken = st.lists(st.tuples(minutes, st.integers(1, 90)), max_size=6)


def entry(wanted: Wanted, role: str = "user") -> Entry:
    return Entry(1, EntryState.WAITING, 7, role, wanted, NOW)


def wish(ids: Sequence[int], start: datetime, end: datetime, length: int | None, *, any_: bool = False) -> Wanted:
    return Wanted(tuple(ids), ResourceQuery() if any_ else None, start, end, length, 1, "", None)


def by_minutes(wanted: Wanted, supply: Supply, together: Sequence[Sequence[Resource]]) -> Slot | None:
    """Answer the first slot by trying each minute, and at each the choices in their order."""
    start = wanted.start
    while start + wanted.length <= wanted.end:
        attempt = Attempt(Role.USER, start, start + wanted.length, supply.now)
        for choice in together:
            allowed = start >= supply.now + NOTICE and not any(refusals(one, attempt) for one in choice)
            if allowed and all(_free(one, attempt, supply) for one in choice):
                return Slot(start, attempt.end, tuple(one.id for one in choice))
        start += MINUTE
    return None


def _free(one: Resource, attempt: Attempt, supply: Supply) -> bool:
    mine = occupied(one, attempt.start, attempt.end)
    return not any(start < mine.end and mine.start < end for start, end in supply.busy.get(one.id, ()))


def supplied(resources: Sequence[Resource], busy: Mapping[int, Sequence[tuple[int, int]]]) -> Supply:
    calendars = {
        id_: sorted((NOW + start * MINUTE, NOW + (start + length) * MINUTE) for start, length in some)
        for id_, some in busy.items()
    }
    return Supply({one.id: one for one in resources}, calendars, NOW)


@given(
    first=policies,
    second=policies,
    busy=st.fixed_dictionaries({1: taken, 2: taken}),
    start=minutes,
    window=st.integers(30, 300),
    length=st.sampled_from((None, 15, 30, 60)),
    any_=st.booleans(),
    hours=st.booleans(),
)
def test_the_first_slot_that_fits_is_chosen(
    first: Policy,
    second: Policy,
    busy: Mapping[int, Sequence[tuple[int, int]]],
    start: int,
    window: int,
    length: int | None,
    any_: bool,
    hours: bool,
) -> None:
    rooms = [resource(1, first, OPEN if hours else None), resource(2, second)]
    since = NOW + start * MINUTE
    wanted = wish((1, 2), since, since + max(window, length or 0) * MINUTE, length, any_=any_)
    supply = supplied(rooms, busy)
    choices = [[one] for one in rooms] if any_ else [rooms]
    assert chosen(entry(wanted), supply) == by_minutes(wanted, supply, choices)


def test_of_any_one_resource_only_those_that_are_asked_about_are_chosen() -> None:
    supply = supplied([resource(1), resource(2)], {})
    wanted = wish((1, 2), NOW + HOUR, NOW + 2 * HOUR, None, any_=True)
    slot = chosen(entry(wanted), supply, of={2})
    assert slot is not None
    assert slot.resource_ids == (2,)
    assert chosen(entry(wanted), supply, of={3}) is None


def test_nobody_is_offered_what_the_rules_refuse_to_him() -> None:
    supply = supplied([resource(1, Policy(reservable_by=("admin",)))], {})
    wanted = wish((1,), NOW + HOUR, NOW + 2 * HOUR, None)
    assert chosen(entry(wanted), supply) is None
    assert chosen(entry(wanted, "admin"), supply) is not None


def test_grids_that_never_meet_end_the_search() -> None:
    odd = Opening((((9 * 60 + 7, 9 * 60 + 37),),) * 7, {})
    supply = supplied([resource(1, Policy(granularity_minutes=30)), resource(2, None, odd)], {})
    assert chosen(entry(wish((1, 2), NOW, NOW + timedelta(days=50), 30)), supply) is None


@pytest.mark.parametrize(
    ("policy", "length", "rules"),
    [
        (Policy(minutes_max=30), 60, ["minutes_max"]),
        (Policy(granularity_minutes=25), 60, ["granularity_minutes"]),
        (Policy(granularity_minutes=30), 60, []),
        (Policy(horizon_days_max=1), 60, []),
        (Policy(reservable_by=("admin",)), 60, ["reservable_by"]),
    ],
)
def test_only_what_will_always_be_refused_is_hopeless(policy: Policy, length: int, rules: list[str]) -> None:
    wanted = wish((1,), NOW + timedelta(days=9), NOW + timedelta(days=10), length)
    assert [one.rule for one in hopeless(wanted, [resource(1, policy)], Role.USER, NOW)] == rules


def test_people_find_room_in_several_resources_together() -> None:
    rooms = [resource(1, capacity=2), resource(2, capacity=3)]
    assert room_for(rooms, 5)
    assert not room_for(rooms, 6)
    assert room_for([resource(1, capacity=None)], 1000)


def test_what_matters_reaches_as_far_as_set_up_and_tear_down() -> None:
    rooms = [resource(1, Policy(setup_minutes=10)), resource(2, Policy(teardown_minutes=20))]
    assert reach(wish((1, 2), NOW, NOW + HOUR, None), rooms) == (NOW - 10 * MINUTE, NOW + 80 * MINUTE)
