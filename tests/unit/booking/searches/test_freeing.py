"""What each event frees, read off the event as it travels."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from berth.contracts.booking.closing import BlackoutLifted
from berth.contracts.booking.reservation import (
    ChangeRefused,
    MoveWanted,
    ReservationCancelled,
    ReservationChanged,
    ReservationFinished,
    ReservationMissed,
)
from berth.contracts.booking.waitlist import HoldEnded, WaitlistEnded
from berth.contracts.catalog import Policy
from berth.kit.outbox.event import Envelope, Event
from berth.modules.booking.domain.life.confirming import cancelled, failed
from berth.modules.booking.domain.life.passing import finished
from berth.modules.booking.domain.life.value import Confirmation, Life, Request, Slot, Standing
from berth.modules.booking.domain.reservation import Reservation, State
from berth.modules.booking.domain.searches.freeing import Freed, freed_by, whole
from tests.database.booking.calendar import HOUR, MINUTE, resource

TEN = datetime.fromisoformat("2027-03-01T10:00:00+00:00")
NOON = TEN + 2 * HOUR
OWNER, STAFF, SYSTEM = 7, 8, 0
BOTH = frozenset({OWNER, STAFF})


def of(*events: Event) -> list[Freed]:
    return freed_by(
        [Envelope("booking", n, one.type, one.subject, TEN, one.data(), None, None) for n, one in enumerate(events)]
    )


def reservation(**more: Any) -> Mapping[str, Any]:
    members = {"state": "ready", "owner_id": OWNER, "actor_id": STAFF, "title": "Seminar", "resource_ids": (1, 2)}
    return {"reservation_id": 5, **members, "start": TEN, "end": NOON, **more}


def slot(id_: int, start: datetime = TEN, end: datetime = NOON, people: frozenset[int] = BOTH) -> Freed:
    return Freed(id_, start, end, buffered=True, person_ids=people)


def test_what_is_given_up_frees_each_of_its_resources_and_the_move_that_was_not_confirmed() -> None:
    assert of(ReservationCancelled(**reservation(), reason=None)) == [slot(1), slot(2)]
    move = MoveWanted((3,), NOON, NOON + HOUR)
    found = of(ReservationCancelled(**reservation(resource_ids=(1,)), reason=None, move=move))
    assert found == [slot(1), slot(3, NOON, NOON + HOUR)]
    [missed] = of(ReservationMissed(**reservation(resource_ids=(1,), actor_id=SYSTEM)))
    assert missed == slot(1, people=frozenset({OWNER}))


def test_a_check_out_frees_what_is_left_and_an_end_nothing() -> None:
    early = ReservationFinished(**reservation(end=TEN + HOUR), planned_end=NOON)
    assert of(early) == [slot(1, TEN + HOUR), slot(2, TEN + HOUR)]
    assert of(ReservationFinished(**reservation(), planned_end=NOON)) == []
    assert of(ReservationFinished(**reservation())) == []


@pytest.mark.parametrize(
    ("before", "freed"),
    [
        ({"start": (TEN - HOUR).isoformat()}, [slot(1, TEN - HOUR), slot(2, TEN - HOUR)]),
        ({"end": (NOON + HOUR).isoformat()}, [slot(1, TEN, NOON + HOUR), slot(2, TEN, NOON + HOUR)]),
        ({"resource_ids": [4]}, [slot(4)]),
        ({"title": "Old"}, []),
        (None, []),
    ],
)
def test_a_move_frees_where_it_was(before: Mapping[str, Any] | None, freed: list[Freed]) -> None:
    assert of(ReservationChanged(**reservation(), changes=tuple(before or ()), before=before)) == freed


def test_a_move_that_was_refused_frees_what_was_kept_for_it() -> None:
    wanted = {"wanted_start": NOON, "wanted_end": NOON + HOUR, "reason": "no"}
    found = of(ChangeRefused(**reservation(), **wanted, wanted_resource_ids=(3,)))
    assert found == [slot(3, NOON, NOON + HOUR)]
    # One that was told before the contract grew names no resources.
    assert [one.resource_id for one in of(ChangeRefused(**reservation(), **wanted))] == [1, 2]


@pytest.mark.parametrize(("how", "frees"), [("released", True), ("expired", True), ("reserved", False)])
def test_a_hold_frees_what_nobody_reserved(how: str, frees: bool) -> None:
    kept = Freed(1, TEN, NOON, buffered=True, briefly=True, person_ids=frozenset({OWNER}))
    assert of(HoldEnded(9, OWNER, SYSTEM, (1,), TEN, NOON, how)) == [kept] * frees


@pytest.mark.parametrize(
    ("how", "offer", "frees"),
    [("declined", 3, True), ("lapsed", 3, True), ("left", 3, True), ("accepted", 3, False), ("left", None, False)],
)
def test_a_place_in_line_frees_what_it_was_offered(how: str, offer: int | None, frees: bool) -> None:
    ended = WaitlistEnded(9, OWNER, OWNER, "", (1,), TEN, NOON, how, offer_id=offer)
    assert [(one.resource_id, one.briefly) for one in of(ended)] == [(1, True)] * frees


def test_a_blackout_frees_its_time_and_no_more() -> None:
    policy = Policy(setup_minutes=10, teardown_minutes=20)
    [lifted] = of(BlackoutLifted(1, STAFF, (1,), TEN, NOON))
    assert whole(lifted, resource(1, policy)) == (TEN, NOON)
    assert lifted.person_ids == {STAFF}
    [given_up] = of(ReservationCancelled(**reservation(resource_ids=(1,)), reason=None))
    assert whole(given_up, resource(1, policy)) == (TEN - 10 * MINUTE, NOON + 20 * MINUTE)
    assert of(BlackoutLifted(1, STAFF, (1,))) == []


def life(*requests: Request) -> Life:
    one = Reservation(5, State.READY, OWNER, OWNER, "Seminar", None, TEN, NOON, (1,), 1, None, TEN - timedelta(days=1))
    return Life(one, 15, None, requests)


def test_the_rules_of_a_life_tell_all_that_they_free() -> None:
    wanted = Slot(NOON, NOON + HOUR, (3,))
    moving = Request(6, OWNER, (Confirmation("quota", Standing.ASKED),), wanted)
    given_up = cancelled(life(moving), by="staff", actor_id=STAFF, reason=None, now=TEN)
    assert of(given_up.events[0]) == [slot(1), slot(3, NOON, NOON + HOUR)]
    refused = failed(life(moving), moving, "no", TEN, STAFF)
    assert of(refused.events[0]) == [slot(3, NOON, NOON + HOUR)]
    left = finished(life(), TEN + HOUR, STAFF, TEN + HOUR)
    assert of(left.events[0]) == [slot(1, TEN + HOUR)]
