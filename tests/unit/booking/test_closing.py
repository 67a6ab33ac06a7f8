"""Nothing that is in the way of a closing is lost, and no two are moved to one resource at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berth.contracts.catalog import Policy, Resource
from berth.kit.auth import Role
from berth.modules.booking.domain.closing import Decision, Kind, Occupant, Outcome, Supply, Why, digest, planned
from berth.modules.booking.domain.life.value import Life
from berth.modules.booking.domain.policy import Attempt, refusals
from berth.modules.booking.domain.reservation import State, occupied
from tests.database.booking.calendar import HOUR, MINUTE, resource
from tests.unit.booking.life.confirmers import NOW, OWNER, ready, reservation, waiting

CLOSED = resource(1)
STAFF = 8

policies = st.builds(
    Policy,
    setup_minutes=st.sampled_from((0, 10)),
    teardown_minutes=st.sampled_from((0, 20)),
    minutes_max=st.sampled_from((None, 60)),
    lead_minutes_min=st.sampled_from((None, 120)),
    reservable_by=st.sampled_from((("user", "admin"), ("admin",))),
)
stretches = st.tuples(st.integers(-90, 600), st.integers(1, 120))
states = st.sampled_from((State.PENDING, State.READY, State.IN_USE))


def at(minute: int) -> datetime:
    return NOW + minute * MINUTE


def booked(id_: int, minute: int, length: int, state: str = State.READY, beside: Sequence[int] = ()) -> Occupant:
    ids = tuple(sorted([CLOSED.id, *beside]))
    start, end = at(minute), at(minute + length)
    one = reservation(state, id=id_, start=start, end=end, resource_ids=ids)
    return Occupant(Kind.RESERVATION, id_, id_, "Seminar", start, end, ids, OWNER, Life(one, 15, None))


def kept(kind: Kind, id_: int, minute: int, length: int) -> Occupant:
    return Occupant(kind, id_, id_, "", at(minute), at(minute + length), (CLOSED.id,), OWNER)


def supplied(like: Sequence[Resource], busy: dict[int, list[tuple[datetime, datetime]]] | None = None) -> Supply:
    others = {one.id: one for one in (CLOSED, *like)}
    return Supply(CLOSED, like, busy or {}, others, {OWNER: Role.USER}, (STAFF,), STAFF, NOW)


def told(decisions: Sequence[Decision]) -> list[tuple[int, str, int | None, str | None]]:
    return [(one.occupant.id, one.outcome, one.to and one.to.id, one.why) for one in decisions]


@given(
    reservations=st.lists(st.tuples(stretches, states), max_size=8),
    others=st.lists(st.tuples(stretches, st.sampled_from((Kind.HOLD, Kind.OFFER, Kind.BLACKOUT))), max_size=4),
    rules=st.lists(policies, max_size=3),
    taken=st.lists(st.tuples(st.integers(2, 4), stretches), max_size=6),
)
def test_each_is_moved_cancelled_or_stays_and_those_who_move_are_free_and_allowed(
    reservations: list[tuple[tuple[int, int], State]],
    others: list[tuple[tuple[int, int], Kind]],
    rules: list[Policy],
    taken: list[tuple[int, tuple[int, int]]],
) -> None:
    like = [resource(number, policy) for number, policy in enumerate(rules, 2)]
    occupants = [booked(id_, *slot, state) for id_, (slot, state) in enumerate(reservations, 1)]
    occupants += [kept(kind, id_, *slot) for id_, (slot, kind) in enumerate(others, 100)]
    busy = {one.id: [(at(m), at(m + n)) for id_, (m, n) in taken if id_ == one.id] for one in like}
    decisions = planned(occupants, supplied(like, busy))

    assert sorted(one.occupant.id for one in decisions) == sorted(one.id for one in occupants)
    assert [one.occupant.start for one in decisions] == sorted(one.start for one in occupants)
    held = {id_: list(stretches) for id_, stretches in busy.items()}
    for one in decisions:
        assert (one.outcome is Outcome.MOVE) == (one.to is not None) == (one.why is None)
        if one.to is None:
            continue
        start, end = one.occupant.start, one.occupant.end
        mine = occupied(one.to, start, end)
        assert not any(begin < mine.end and mine.start < until for begin, until in held[one.to.id])
        held[one.to.id].append((mine.start, mine.end))
        assert not refusals(one.to, Attempt(Role.USER, start, end, NOW, start_kept=start <= NOW))
        assert one.occupant.kind is Kind.RESERVATION


def test_who_is_inside_stays_what_is_closed_stays_and_what_is_only_kept_goes() -> None:
    occupants = [
        booked(1, -30, 60, State.IN_USE),
        kept(Kind.BLACKOUT, 2, 60, 30),
        kept(Kind.HOLD, 3, 90, 30),
        kept(Kind.OFFER, 4, 120, 30),
    ]
    assert told(planned(occupants, supplied([resource(2)]))) == [
        (1, "stay", None, "in-use"),
        (2, "stay", None, "closed"),
        (3, "cancel", None, "not-held-elsewhere"),
        (4, "cancel", None, "waits-on"),
    ]


def test_the_first_of_those_like_it_that_is_free_is_taken_in_their_order() -> None:
    like = [resource(3), resource(2)]
    occupants = [booked(id_, 60, 60) for id_ in (1, 2, 3)]
    assert told(planned(occupants, supplied(like))) == [
        (1, "move", 3, None),
        (2, "move", 2, None),
        (3, "cancel", None, "none-free"),
    ]


@pytest.mark.parametrize(
    ("like", "why"),
    [
        ([], Why.NONE_LIKE),
        ([resource(2, Policy(minutes_max=30))], Why.NONE_ALLOWED),
        ([resource(2, Policy(minutes_max=30)), resource(3)], Why.NONE_FREE),
        ([resource(3), resource(2, Policy(minutes_max=30))], Why.NONE_FREE),
    ],
)
def test_what_is_cancelled_says_why(like: list[Resource], why: Why) -> None:
    supply = supplied(like, {3: [(at(0), at(600))]})
    assert told(planned([booked(1, 60, 60)], supply)) == [(1, "cancel", None, why)]


def test_what_has_begun_may_move_where_one_has_to_reserve_long_before() -> None:
    like = [resource(2, Policy(lead_minutes_min=600))]
    begun, ahead = booked(1, -10, 60), booked(2, 60, 60)
    assert [one.outcome for one in planned([begun, ahead], supplied(like))] == ["move", "cancel"]


def test_a_reservation_is_not_moved_to_what_it_has_already_and_the_rest_of_it_stays() -> None:
    like = [resource(2), resource(3)]
    [one] = planned([booked(1, 60, 60, beside=(2,))], supplied(like))
    assert (one.to, one.resource_ids(CLOSED.id)) == (like[1], (2, 3))


@pytest.mark.parametrize(
    ("life", "asks", "confirm"),
    [
        (ready(), (), False),
        (ready(), ("quota",), True),
        (ready("quota"), (), True),
        (ready("approval"), (), False),
        (waiting("approval"), (), False),
        (waiting("approval"), ("approval",), True),
        (waiting("payment"), (), True),
    ],
)
def test_what_has_to_be_confirmed_there_is_told(life: Life, asks: tuple[str, ...], confirm: bool) -> None:
    one = life.reservation
    there = resource(2, Policy(confirmations=asks))
    occupant = Occupant(Kind.RESERVATION, 1, 1, "", one.start, one.end, (CLOSED.id,), OWNER, life)
    [decision] = planned([occupant], supplied([there]))
    assert (decision.to, decision.confirm) == (there, confirm)


def test_the_digest_is_another_for_another_picture_and_the_same_for_the_same() -> None:
    like = [resource(2), resource(3)]
    one = booked(1, 60, 60)
    window = (NOW, NOW + 9 * HOUR)

    def of(occupants: Sequence[Occupant], supply: Supply, until: timedelta = timedelta(0)) -> str:
        return digest(CLOSED.id, window[0], window[1] + until, planned(occupants, supply))

    first = of([one], supplied(like))
    retitled = replace(one, title="Other")
    assert of([retitled], supplied(like)) == first
    others = [
        of([one, booked(2, 200, 60)], supplied(like)),
        of([one], supplied(like[1:])),
        of([one], supplied([])),
        of([booked(1, 61, 60)], supplied(like)),
        of([booked(1, 60, 60, State.IN_USE)], supplied(like)),
        of([one], supplied(like), MINUTE),
        of([], supplied(like)),
    ]
    assert len({first, *others}) == 1 + len(others)
