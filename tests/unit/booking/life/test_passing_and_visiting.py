"""What the clock does by itself, and who may come and go when."""

from dataclasses import replace
from datetime import timedelta

import pytest

from berth.contracts.booking.reservation import ApprovalAsked, ReservationFinished
from berth.modules.booking.domain.life.confirming import Said
from berth.modules.booking.domain.life.passing import next_due, passed
from berth.modules.booking.domain.life.value import Life, NotNow, Turn
from berth.modules.booking.domain.life.visiting import checked_in, checked_out
from berth.modules.booking.domain.reservation import State
from tests.unit.booking.life.confirmers import (
    CHIEF,
    DEAN,
    HOUR,
    MINUTE,
    NOW,
    OWNER,
    TEN,
    kinds,
    moving,
    ready,
    reservation,
    say,
    waiting,
)


def in_use() -> Life:
    return checked_in(ready(), OWNER, TEN).life


def test_silence_cancels_when_the_time_of_the_first_step_is_up():
    life = waiting("quota", "payment")
    assert next_due(life) == NOW + MINUTE
    turn = passed(life, NOW + MINUTE)
    assert turn.life.reservation.cancel_reason == "No answer came in time from: quota."
    assert kinds(turn) == ["ReservationCancelled", "ConfirmationWithdrawn"]


def test_an_approval_is_reminded_of_then_escalated_then_lost():
    life, told = waiting("approval", approval_hours_max=4), []
    life = replace(life, reservation=replace(life.reservation, end=TEN + 100 * HOUR))
    one = life.requests[0]
    step = replace(one.confirmations[0], due_at=NOW + 8 * HOUR)
    life = life.with_request(one.with_step(step))
    while life.undecided:
        due = next_due(life)
        assert due
        turn = passed(life, due)
        told += [
            (due - NOW, event.why, event.approver_ids) for event in turn.events if isinstance(event, ApprovalAsked)
        ]
        life = turn.life
    assert told == [
        (2 * HOUR, "reminded", (CHIEF,)),
        (4 * HOUR, "escalated", (CHIEF, DEAN)),
        (6 * HOUR, "reminded", (CHIEF, DEAN)),
    ]
    assert life.reservation.state == State.CANCELLED


def test_an_approval_is_not_waited_for_beyond_the_end_of_the_slot():
    life = waiting("approval", approval_hours_max=48)
    assert passed(life, TEN + HOUR).life.reservation.state == State.CANCELLED


@pytest.mark.parametrize(("minutes", "until"), [(None, 60), (10, 10), (0, 0), (90, 60)])
def test_a_slot_is_lost_after_the_grace_time_but_not_after_its_end(minutes: int | None, until: int):
    life = ready("quota", no_show_minutes=minutes)
    assert next_due(life) == TEN + until * MINUTE
    turn = passed(life, TEN + until * MINUTE)
    assert turn.life.reservation.state == (State.FINISHED if minutes is None else State.NO_SHOW)
    assert kinds(turn)[-1] == "ConfirmationClosed"


def test_the_end_of_the_slot_ends_also_a_move_that_is_undecided():
    turn = passed(moving(ready("quota"), 5, "quota"), TEN + HOUR)
    assert "ChangeRefused" in kinds(turn)
    assert turn.life.undecided is None


def test_one_may_come_from_the_early_margin_until_the_end():
    for at in (TEN - 16 * MINUTE, TEN + HOUR):
        with pytest.raises(NotNow):
            checked_in(ready(), OWNER, at)
    for at in (TEN - 15 * MINUTE, TEN + HOUR - timedelta(microseconds=1)):
        assert checked_in(ready(), OWNER, at).what == "started"


@pytest.mark.parametrize("state", sorted(set(State) - {State.READY, State.IN_USE}))
def test_nobody_comes_in_another_state(state: State):
    with pytest.raises(NotNow):
        checked_in(Life(reservation(state), 15, None), OWNER, TEN)


@pytest.mark.parametrize("state", sorted(set(State) - {State.IN_USE, State.FINISHED}))
def test_nobody_leaves_who_has_not_come(state: State):
    with pytest.raises(NotNow):
        checked_out(Life(reservation(state), 15, None), OWNER, TEN)


def test_coming_and_leaving_twice_is_coming_and_leaving_once():
    life = in_use()
    assert checked_in(life, OWNER, TEN) == Turn(life)
    gone = checked_out(life, OWNER, TEN + MINUTE).life
    assert checked_out(gone, OWNER, TEN + 2 * MINUTE) == Turn(gone)


@pytest.mark.parametrize(
    ("at", "end"), [(TEN + 5 * MINUTE, TEN + 5 * MINUTE), (TEN - MINUTE, TEN + MINUTE), (TEN, TEN + MINUTE)]
)
def test_leaving_early_shortens_to_a_minute_at_least(at: object, end: object):
    turn = checked_out(in_use(), OWNER, at)
    assert turn.life.reservation.end == end
    [told] = [one for one in turn.events if isinstance(one, ReservationFinished)]
    assert told.end == end


def test_who_comes_keeps_the_slot_that_he_came_for():
    life = moving(ready("quota"), 5, "quota")
    turn = checked_in(life, OWNER, TEN)
    assert kinds(turn) == ["ReservationStarted", "ChangeRefused", "ConfirmationWithdrawn"]
    late = say(turn.life, "quota", Said.GIVEN, 5)
    assert late == Turn(turn.life)


def test_who_comes_while_it_is_being_extended_still_gets_the_extension():
    life = ready("quota")
    longer = moving(life, 5, "quota").requests[-1]
    assert longer.wanted
    longer = replace(longer, wanted=replace(longer.wanted, start=TEN))
    turn = checked_in(life.with_request(longer), OWNER, TEN)
    assert kinds(turn) == ["ReservationStarted"]
    moved = say(turn.life, "quota", Said.GIVEN, 5).life.reservation
    assert (moved.state, moved.start, moved.end) == (State.IN_USE, TEN, TEN + 6 * HOUR)
