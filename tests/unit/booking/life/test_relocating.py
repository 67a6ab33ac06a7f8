"""Whose resource is closed gets another one at the same time, and what it has to be confirmed by anew."""

import pytest

from berth.contracts.booking.reservation import ConfirmationWithdrawn, ReservationChanged
from berth.kit.outbox.event import Event
from berth.modules.booking.domain.life.confirming import Said
from berth.modules.booking.domain.life.relocating import relocated, request_to_relocate
from berth.modules.booking.domain.life.value import Life, Standing, Turn
from berth.modules.booking.domain.reservation import State
from tests.unit.booking.life.confirmers import CHIEF, NOW, OWNER, kinds, moving, ready, resource, say, waiting

STAFF = 20


def relocate(life: Life, *steps: str, asked: tuple[Event, ...] = ()) -> Turn:
    """Close room 1, whose like is room 2, which asks for these steps."""
    request = request_to_relocate(11, life, [resource(2, *steps)], caller_id=STAFF, administrators=(STAFF,), now=NOW)
    return relocated(life, (2,), request, asked, actor_id=STAFF, reason="Painting", closing_id=5, now=NOW)


def steps_of(life: Life, request_id: int = 11) -> dict[str, Standing]:
    request = life.request(request_id)
    return {one.step: one.standing for one in request.confirmations} if request else {}


def test_what_needs_no_confirmation_is_there_at_once_and_says_why_it_moved() -> None:
    turn = relocate(ready())
    [event] = turn.events
    assert isinstance(event, ReservationChanged)
    assert (event.changes, event.resource_ids, event.closing_id) == (("resource_ids",), (2,), 5)
    after = turn.life.reservation
    assert (after.state, after.resource_ids, after.version) == (State.READY, (2,), 2)
    assert (turn.what, turn.reason) == ("changed", "Painting")


def test_who_confirmed_it_is_asked_again_and_it_holds_only_then() -> None:
    turn = relocate(ready("quota", "access"), "payment")
    assert turn.life.reservation.state == State.PENDING
    assert steps_of(turn.life) == dict.fromkeys(("quota", "access", "payment"), Standing.ASKED)
    life = turn.life
    assert steps_of(life, 1) == dict.fromkeys(("quota", "access"), Standing.GIVEN)
    for step in ("quota", "access", "payment"):
        last = say(life, step, Said.GIVEN, 11)
        life = last.life
    assert kinds(last) == ["ReservationReady", "ConfirmationSettled"]
    assert steps_of(life, 1) == dict.fromkeys(("quota", "access"), Standing.REPLACED)


def test_who_refuses_the_new_place_has_all_of_it_undone() -> None:
    life = relocate(ready("quota"), "access").life
    turn = say(life, "access", Said.REFUSED, 11)
    assert (turn.life.reservation.state, turn.life.cancelled_by) == (State.CANCELLED, "system")
    [withdrawn] = [one for one in turn.events if isinstance(one, ConfirmationWithdrawn)]
    assert (withdrawn.request_id, withdrawn.whole, withdrawn.steps) == (11, True, ("quota",))


def test_what_others_have_still_to_answer_is_taken_back_and_asked_for_anew() -> None:
    life = say(waiting("quota", "payment"), "quota", Said.GIVEN).life
    turn = relocate(life)
    assert kinds(turn) == ["ReservationChanged", "ConfirmationWithdrawn"]
    withdrawn = turn.events[1]
    assert isinstance(withdrawn, ConfirmationWithdrawn)
    assert (withdrawn.request_id, withdrawn.whole, withdrawn.steps) == (1, False, ("payment", "quota"))
    assert steps_of(turn.life) == dict.fromkeys(("quota", "payment"), Standing.ASKED)
    assert say(turn.life, "payment", Said.GIVEN) == Turn(turn.life), "an answer to what was taken back counts"


def test_what_is_given_already_stays_while_an_approver_is_awaited() -> None:
    life = say(waiting("approval", "quota"), "quota", Said.GIVEN).life
    turn = relocate(life, "approval")
    assert kinds(turn) == ["ReservationChanged"]
    assert steps_of(turn.life, 1) == {"approval": Standing.REPLACED, "quota": Standing.GIVEN}
    assert steps_of(turn.life) == dict.fromkeys(("approval", "quota"), Standing.ASKED)
    request = turn.life.request(11)
    assert request
    assert request.actor_id == OWNER


@pytest.mark.parametrize(("caller_id", "asks"), [(CHIEF, False), (STAFF, True)])
def test_of_what_holds_approval_is_not_asked_of_who_could_give_it(caller_id: int, asks: bool) -> None:
    request = request_to_relocate(
        11, ready(), [resource(2, "approval")], caller_id=caller_id, administrators=(), now=NOW
    )
    assert (request is not None) == asks


def test_what_waited_for_approval_alone_is_ready_where_nobody_is_asked() -> None:
    turn = relocate(waiting("approval"))
    assert kinds(turn) == ["ReservationChanged", "ReservationReady"]
    assert (turn.life.reservation.state, turn.life.reservation.version) == (State.READY, 2)
    assert turn.life.undecided is None


def test_a_move_that_was_not_confirmed_falls_away() -> None:
    turn = relocate(moving(ready(), 5, "quota"))
    assert kinds(turn) == ["ChangeRefused", "ConfirmationWithdrawn", "ReservationChanged"]
    assert [getattr(one, "closing_id", None) for one in turn.events] == [5, None, 5]
    assert steps_of(turn.life, 5) == {"quota": Standing.WITHDRAWN}
