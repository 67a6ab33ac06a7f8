"""Which allowances count for a person and a reservation, and what they are asked to give."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berth.contracts.booking.reservation import ConfirmationAsked, Reserved
from berth.contracts.catalog import Policy, Resource, Term
from berth.kit.auth import Role
from berth.modules.quota.domain.allowances import (
    EVERYBODY,
    Allowance,
    AllowanceUnit,
    Per,
    Rule,
    Scope,
    changes,
    concerning,
    unasked,
)
from berth.modules.quota.domain.demands import demands, minutes_between, periods_of, sites_with_terms

ADA, LIN = 7, 8
CAMPUS, BUILDING, ELSEWHERE = 1, 2, 3
STUDIO = Reserved(10, "Studio 1", "studio", ("piano", "quiet"), (CAMPUS, BUILDING), "Europe/Rome")
DESK = Reserved(11, "Desk 1", "desk", (), (ELSEWHERE,), "America/Toronto")
MONDAY = datetime(2027, 3, 1, 3, tzinfo=UTC)
WEEKLY = Rule("studio", AllowanceUnit.MINUTES, 180, Per.WEEK)


def allowance(id_: int = 1, rule: Rule = WEEKLY, **changed: object) -> Allowance:
    return Allowance(id_, replace(rule, **changed))


def asked(*resources: Reserved, start: datetime = MONDAY, minutes: float = 60, role: Role = Role.USER) -> object:
    end = start + timedelta(minutes=minutes)
    return ConfirmationAsked(1, 1, ("quota",), ADA, role, ADA, resources, start, end, 15, {})


@pytest.mark.parametrize(
    ("scope", "covered"),
    [
        (Scope(), True),
        (Scope(kind="studio"), True),
        (Scope(kind="desk"), False),
        (Scope(tag="piano"), True),
        (Scope(tag="loud"), False),
        (Scope(site_id=BUILDING), True),
        (Scope(site_id=CAMPUS), True),
        (Scope(site_id=ELSEWHERE), False),
        (Scope("studio", "piano", CAMPUS), True),
        (Scope("studio", "loud", CAMPUS), False),
        (Scope("studio", "piano", ELSEWHERE), False),
    ],
)
def test_a_scope_covers_what_has_all_its_members_and_a_site_all_below_it(scope: Scope, covered: bool) -> None:
    assert scope.covers(STUDIO) is covered


def test_what_names_nobody_is_for_everybody_but_administrators() -> None:
    everybody, admins = allowance(1), allowance(2, role=Role.ADMIN)
    assert concerning([everybody, admins], ADA, "user") == [everybody]
    assert concerning([everybody, admins], ADA, "guest") == [everybody]
    assert concerning([everybody, admins], ADA, "admin") == [admins]
    assert concerning([allowance(3, person_id=ADA)], ADA, "admin") == [allowance(3, person_id=ADA)]


def test_a_persons_own_replaces_that_of_the_role_and_of_nobody_else() -> None:
    roles, everybodys, own = allowance(1, role=Role.USER), allowance(2), allowance(3, person_id=ADA, amount=600)
    assert concerning([own, roles, everybodys], ADA, "user") == [own]
    assert concerning([own, roles, everybodys], LIN, "user") == [roles, everybodys]


@pytest.mark.parametrize(
    "other",
    [
        {"scope": Scope(kind="studio")},
        {"unit": AllowanceUnit.COUNT},
        {"per": Per.MONTH},
        {"shared": True},
    ],
)
def test_a_persons_own_replaces_nothing_of_another_scope_unit_or_period_and_no_pool(other: dict[str, object]) -> None:
    roles, own = allowance(1, role=Role.USER, **other), allowance(2, person_id=ADA)
    assert concerning([own, roles], ADA, "user") == [roles, own]


def test_a_reservation_is_counted_once_however_many_of_its_resources_are_covered() -> None:
    [one] = demands(asked(STUDIO, replace(STUDIO, resource_id=12)), [allowance()], ())
    assert (one.amount, one.slot.holder_id) == (60, ADA)
    [count] = demands(asked(STUDIO, DESK), [allowance(unit=AllowanceUnit.COUNT, shared=True)], ())
    assert (count.amount, count.slot.holder_id) == (1, EVERYBODY)


def test_the_clock_is_that_of_the_first_resource_that_is_covered() -> None:
    keys = [
        demands(asked(*resources), [allowance(scope=scope)], ())[0].slot.period
        for resources, scope in [
            ((STUDIO, DESK), Scope()),
            ((DESK, STUDIO), Scope()),
            ((DESK, STUDIO), Scope(kind="studio")),
        ]
    ]
    assert keys == ["week/2027-03-01", "week/2027-02-22", "week/2027-03-01"]


def test_a_reservation_across_the_end_of_a_week_is_counted_where_it_starts() -> None:
    sunday_night = datetime(2027, 3, 7, 22, 30, tzinfo=UTC)
    [one] = demands(asked(STUDIO, start=sunday_night, minutes=120), [allowance()], ())
    assert (one.slot.period, one.amount) == ("week/2027-03-01", 120)


@given(st.integers(-(10**9), 10**12))
def test_a_minute_that_has_begun_counts_whole_and_nothing_counts_below_none(microseconds: int) -> None:
    minutes = minutes_between(MONDAY, MONDAY + timedelta(microseconds=microseconds))
    assert minutes == max(0, -(-microseconds // 60_000_000))


def test_an_allowance_for_a_term_asks_for_terms_and_demands_nothing_outside_of_them() -> None:
    termly = allowance(per=Per.TERM)
    spring = Term(5, CAMPUS, "Spring", date(2027, 3, 1), date(2027, 6, 1))
    [one] = demands(asked(STUDIO), [termly], [spring])
    assert one.slot.period == "term/5"
    assert demands(asked(STUDIO, start=MONDAY - timedelta(days=1)), [termly], [spring]) == []
    assert sites_with_terms([asked(STUDIO, DESK)], [allowance(), termly]) == [CAMPUS, BUILDING, ELSEWHERE]
    assert sites_with_terms([asked(STUDIO, DESK)], [allowance()]) == []


def resource(id_: int, timezone: str, confirmations: tuple[str, ...] = ()) -> Resource:
    policy = Policy(confirmations=confirmations)
    return Resource(id_, f"R{id_}", "studio", None, (), None, timezone, (), "", {}, False, policy, None)


def test_what_is_left_is_shown_for_each_period_that_a_covered_resource_is_in() -> None:
    rome, toronto = resource(1, "Europe/Rome"), resource(2, "America/Toronto")
    [(key, (period, timezone))] = periods_of(allowance(), [rome, rome], (), MONDAY).items()
    assert (key, timezone, period.start) == ("week/2027-03-01", "Europe/Rome", datetime(2027, 2, 28, 23, tzinfo=UTC))
    assert list(periods_of(allowance(), [rome, toronto], (), MONDAY)) == ["week/2027-03-01", "week/2027-02-22"]
    assert list(periods_of(allowance(), [rome, toronto], (), MONDAY + timedelta(hours=9))) == ["week/2027-03-01"]
    assert [zone for _, zone in periods_of(allowance(), [], (), MONDAY).values()] == ["UTC"]


def test_an_allowance_that_nothing_asks_for_says_so() -> None:
    assert "no resource" in (unasked([]) or "")
    assert "(2) asks for quota" in (unasked([resource(1, "UTC"), resource(2, "UTC", ("approval",))]) or "")
    assert unasked([resource(1, "UTC"), resource(2, "UTC", ("quota",))]) is None


def test_a_change_names_the_members_that_differ() -> None:
    before, after = WEEKLY.members(), replace(WEEKLY, amount=60, scope=Scope(kind="desk")).members()
    assert set(changes(before, after)) == {"amount", "kind"}
