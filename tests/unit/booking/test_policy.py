"""Each rule of a resource refuses what it forbids, allows what it does not, and says so in a sentence."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from berth.contracts.catalog import Opening, Policy, Resource
from berth.kit.auth import Role
from berth.modules.booking.domain.policy import Attempt, refusals

NOW = datetime(2027, 3, 1, 8, 0, 30, tzinfo=UTC)
WEEKDAYS_NINE_TO_FIVE = Opening(weekly=(((9 * 60, 17 * 60),),) * 5 + ((), ()), exceptions={})

ROOM = Resource(
    id=1,
    name="R1",
    kind="room",
    site_id=None,
    site_path=(),
    capacity=8,
    timezone="Europe/Rome",
    tags=(),
    description="",
    attributes={},
    retired=False,
    policy=Policy(),
    opening=None,
)


def at(hour: int, minute: int = 0, day: int = 1) -> datetime:
    return datetime(2027, 3, day, hour, minute, tzinfo=UTC)


def refused_by(resource: Resource, start: datetime, end: datetime, *, role: Role = Role.USER, **more: bool) -> set[str]:
    return {one.rule for one in refusals(resource, Attempt(role, start, end, NOW, **more))}


def with_policy(**members: object) -> Resource:
    return replace(ROOM, policy=Policy(**members))


def test_a_resource_without_rules_refuses_only_the_past():
    assert refused_by(ROOM, at(3), at(4, day=28)) == {"past"}
    assert refused_by(ROOM, at(9), at(10)) == set()


def test_the_minute_that_has_begun_may_still_be_reserved():
    assert refused_by(ROOM, at(8, 0), at(9)) == set()
    assert refused_by(ROOM, at(7, 59), at(9)) == {"past"}


def test_a_change_that_keeps_its_start_is_not_refused_for_having_begun():
    assert refused_by(with_policy(lead_minutes_min=60), at(7), at(9), start_kept=True) == set()


def test_a_retired_resource_takes_nothing_new():
    assert refused_by(replace(ROOM, retired=True), at(9), at(10)) == {"retired"}


@pytest.mark.parametrize(
    ("members", "start", "end", "rule"),
    [
        ({"minutes_min": 30}, at(9), at(9, 29), "minutes_min"),
        ({"minutes_max": 120}, at(9), at(11, 1), "minutes_max"),
        ({"granularity_minutes": 15}, at(9, 5), at(10, 5), "granularity_minutes"),
        ({"lead_minutes_min": 60}, at(9), at(10), "lead_minutes_min"),
        ({"horizon_days_max": 7}, at(9, day=9), at(10, day=9), "horizon_days_max"),
        ({"reservable_by": ("admin",)}, at(9), at(10), "reservable_by"),
    ],
)
def test_each_limit_refuses_one_step_beyond_it(members: dict[str, object], start: datetime, end: datetime, rule: str):
    assert refused_by(with_policy(**members), start, end) == {rule}


@pytest.mark.parametrize(
    ("members", "start", "end"),
    [
        ({"minutes_min": 30}, at(9), at(9, 30)),
        ({"minutes_max": 120}, at(9), at(11)),
        ({"granularity_minutes": 15}, at(9, 15), at(10, 45)),
        ({"lead_minutes_min": 60}, NOW + timedelta(minutes=60), at(10)),
        ({"horizon_days_max": 7}, NOW + timedelta(days=7), at(10, day=9)),
        ({"reservable_by": ("user",)}, at(9), at(10)),
    ],
)
def test_each_limit_allows_what_lies_on_it(members: dict[str, object], start: datetime, end: datetime):
    assert refused_by(with_policy(**members), start, end) == set()


def test_every_rule_that_refuses_is_told_at_once_and_names_what_is_allowed():
    strict = with_policy(minutes_max=90, granularity_minutes=30, lead_minutes_min=120)
    found = refusals(strict, Attempt(Role.USER, at(9, 10), at(12), NOW))
    assert {one.rule for one in found} == {"minutes_max", "granularity_minutes", "lead_minutes_min"}
    assert ("R1", 90, "R1 can be reserved for at most 1 h 30 min.") in {
        (one.resource, one.limit, one.message) for one in found
    }


def test_steps_are_counted_on_the_wall_clock_of_the_resource():
    kathmandu = replace(with_policy(granularity_minutes=60), timezone="Asia/Kathmandu")  # UTC+05:45
    assert refused_by(kathmandu, at(9, 15), at(10, 15)) == set()
    assert refused_by(kathmandu, at(9), at(10)) == {"granularity_minutes"}


def test_opening_hours_are_read_in_the_zone_of_the_resource():
    office = replace(ROOM, opening=WEEKDAYS_NINE_TO_FIVE)
    assert refused_by(office, at(8, 1), at(16)) == set()  # 09:01 to 17:00 in Rome
    assert refused_by(office, at(15), at(16, 1)) == {"opening_hours"}
    assert refused_by(office, at(9, day=6), at(10, day=6)) == {"opening_hours"}  # a Saturday


def test_an_administrator_passes_who_may_reserve_but_no_other_rule():
    closed = with_policy(reservable_by=("user",), minutes_max=30)
    assert refused_by(closed, at(9), at(10), role=Role.ADMIN) == {"minutes_max"}


def test_a_guest_may_reserve_only_where_a_policy_says_so():
    assert refused_by(ROOM, at(9), at(10), role=Role.GUEST) == {"reservable_by"}
    assert refused_by(with_policy(reservable_by=("guest",)), at(9), at(10), role=Role.GUEST) == set()
