"""What each answer to a request means, and what is undone when one is missing."""

from dataclasses import replace

import pytest

from berth.contracts.booking.reservation import ConfirmationClosed, ConfirmationWithdrawn
from berth.modules.booking.domain.life.confirming import Said, cancelled
from berth.modules.booking.domain.life.passing import finished, next_due, passed
from berth.modules.booking.domain.life.value import Life, Standing, Turn
from berth.modules.booking.domain.reservation import State
from tests.unit.booking.life.confirmers import (
    EVERYBODY,
    HOUR,
    MINUTE,
    NOW,
    OTHERS,
    OWNER,
    TEN,
    kinds,
    moving,
    ready,
    say,
    waiting,
)


def given_up(life: Life, by: str = "owner") -> Turn:
    return cancelled(life, by=by, actor_id=OWNER, reason=None, now=NOW)


def stands(life: Life, request_id: int = 1) -> dict[str, Standing]:
    request = life.request(request_id)
    assert request
    return {one.step: one.standing for one in request.confirmations}


def test_the_last_to_give_makes_a_reservation_ready():
    life = waiting("quota", "access")
    first = say(life, "access", Said.GIVEN)
    assert (first.events, first.what, first.life.reservation.state) == ((), None, State.PENDING)
    last = say(first.life, "quota", Said.GIVEN)
    assert kinds(last) == ["ReservationReady", "ConfirmationSettled"]
    assert (last.what, last.life.reservation.state, last.life.reservation.version) == ("confirmed", State.READY, 2)


@pytest.mark.parametrize("step", EVERYBODY)
@pytest.mark.parametrize("given", [True, False])
def test_one_refusal_cancels_and_undoes_the_others(step: str, given: bool):
    life = waiting(*EVERYBODY)
    for other in EVERYBODY:
        if given and other != step:
            life = say(life, other, Said.GIVEN).life
    turn = say(life, step, Said.REFUSED)
    assert turn.life.reservation.state == State.CANCELLED
    assert (turn.life.reservation.cancel_reason, turn.life.cancelled_by) == ("no", "system")
    [told] = [one for one in turn.events if isinstance(one, ConfirmationWithdrawn)]
    assert (set(told.steps), told.whole, told.by) == (set(OTHERS) - {step}, True, "system")


@pytest.mark.parametrize("step", EVERYBODY)
@pytest.mark.parametrize("said", [Said.GIVEN, Said.REFUSED])
def test_an_answer_counts_once(step: str, said: Said):
    after = say(waiting(*EVERYBODY), step, said).life
    for again in Said:
        if again is not Said.UNDONE:
            assert say(after, step, again) == Turn(after)


@pytest.mark.parametrize("step", OTHERS)
def test_an_undoing_counts_once(step: str):
    life = given_up(ready(*OTHERS)).life
    once = say(life, step, Said.UNDONE).life
    assert stands(once)[step] is Standing.UNDONE
    for again in Said:
        assert say(once, step, again) == Turn(once)


def test_an_answer_to_nothing_changes_nothing():
    life = waiting("quota")
    assert say(life, "payment", Said.GIVEN) == Turn(life)
    assert say(life, "quota", Said.GIVEN, request_id=99) == Turn(life)


def test_a_move_takes_place_once_all_gave_and_replaces_what_was():
    life = moving(ready("quota"), 5, "quota", "access")
    life = say(life, "quota", Said.GIVEN, 5).life
    assert life.reservation.start == TEN
    turn = say(life, "access", Said.GIVEN, 5)
    assert kinds(turn) == ["ReservationChanged", "ConfirmationSettled"]
    assert (turn.life.reservation.start, turn.what) == (TEN + 5 * HOUR, "changed")
    assert stands(turn.life) == {"quota": Standing.REPLACED}


def test_a_refused_move_changes_nothing_but_undoes_what_it_got():
    life = say(moving(ready("quota"), 5, "quota", "access"), "quota", Said.GIVEN, 5).life
    turn = say(life, "access", Said.REFUSED, 5)
    assert kinds(turn) == ["ChangeRefused", "ConfirmationWithdrawn"]
    assert (turn.what, turn.reason) == ("change refused", "no")
    assert turn.life.reservation == replace(life.reservation, version=life.reservation.version + 1)
    withdrawn = turn.events[1]
    assert isinstance(withdrawn, ConfirmationWithdrawn)
    assert (withdrawn.request_id, withdrawn.steps, withdrawn.whole) == (5, ("quota",), False)
    assert turn.life.settled == life.settled


def test_the_undoing_of_a_move_does_not_pass_for_that_of_the_reservation():
    refused = say(moving(ready("access"), 5, "quota", "access"), "quota", Said.REFUSED, 5).life
    turn = given_up(refused)
    [told] = [one for one in turn.events if isinstance(one, ConfirmationWithdrawn)]
    assert (told.request_id, told.whole) == (1, True)
    stale = say(turn.life, "access", Said.UNDONE, 5).life
    assert stands(stale) == {"access": Standing.WITHDRAWN}
    assert next_due(stale) is not None
    assert next_due(say(stale, "access", Said.UNDONE).life) is None


def test_a_later_move_does_not_forget_that_an_earlier_is_still_undone():
    refused = say(moving(ready("access"), 5, "access", "payment", "quota"), "quota", Said.REFUSED, 5).life
    moved = say(moving(refused, 7, "access"), "access", Said.GIVEN, 7).life
    assert stands(moved, 5)["payment"] is Standing.WITHDRAWN
    [told] = [one for one in passed(moved, NOW + MINUTE).events if isinstance(one, ConfirmationWithdrawn)]
    assert (told.request_id, told.steps) == (5, ("access", "payment"))


@pytest.mark.parametrize("by", ["owner", "staff"])
def test_cancelling_withdraws_the_undecided_move_and_all_before_it_as_one(by: str):
    turn = given_up(moving(ready("quota", "payment"), 5, "quota", "access"), by)
    [told] = [one for one in turn.events if isinstance(one, ConfirmationWithdrawn)]
    assert (told.request_id, told.steps, told.whole, told.by) == (5, ("access", "payment", "quota"), True, by)
    assert turn.life.undecided is None


def test_what_is_undone_is_asked_for_again_and_more_and_more_seldom():
    life, pauses = given_up(ready("access")).life, []
    for _ in range(8):
        due = next_due(life)
        assert due
        turn = passed(life, due)
        assert kinds(turn) == ["ConfirmationWithdrawn"]
        again = next_due(turn.life)
        assert again
        pauses.append((again - due).total_seconds())
        life = turn.life
    assert pauses == [90, 270, 810, 2430, 3600, 3600, 3600, 3600]


def test_the_end_uses_up_what_was_given_and_once():
    turn = finished(ready("quota", "access"), TEN + HOUR, OWNER, TEN + HOUR)
    [told] = [one for one in turn.events if isinstance(one, ConfirmationClosed)]
    assert (set(told.steps), told.state, told.end) == ({"quota", "access"}, "finished", TEN + HOUR)
    life = turn.life
    for step in ("quota", "access"):
        life = say(life, step, Said.CLOSED).life
    assert next_due(life) is None
