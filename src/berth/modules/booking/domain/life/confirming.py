"""The saga: who confirms a reservation, what each answer means, and how what was given is undone.

A request waits for all its steps. When all gave, it is settled; when one refuses, or is silent past its
time, the others are undone. Undoing and closing are said again until the step has answered, for an event
may be lost where an operator dropped it. The table of steps is ``STEPS``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from berth.contracts.access import CodeExpired, CodeIssued, CodeRefused, CodeRevoked
from berth.contracts.booking.reservation import (
    ChangeRefused,
    ConfirmationClosed,
    ConfirmationSettled,
    ConfirmationWithdrawn,
    ReservationCancelled,
    ReservationChanged,
    ReservationReady,
)
from berth.contracts.payments import PaymentAuthorised, PaymentClosed, PaymentDeclined, PaymentReturned
from berth.contracts.quota import QuotaCommitted, QuotaDenied, QuotaHeld, QuotaReleased
from berth.kit.outbox.event import Event
from berth.modules.booking.domain.life.value import (
    APPROVAL,
    SYSTEM,
    Confirmation,
    Life,
    Request,
    Standing,
    Turn,
    in_state,
    steps_of,
    told,
)
from berth.modules.booking.domain.reservation import State, difference

REPEAT_SECONDS = 30
REPEAT_SECONDS_MAX = 3600


class Said(StrEnum):
    """What an answer says."""

    GIVEN = "given"
    REFUSED = "refused"
    UNDONE = "undone"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Step:
    """A step that another module takes: the events by which it gives, refuses, has undone and has closed."""

    gives: str
    refuses: str
    undoes: str
    closes: str


STEPS: Mapping[str, Step] = {
    "quota": Step(QuotaHeld.type, QuotaDenied.type, QuotaReleased.type, QuotaCommitted.type),
    "access": Step(CodeIssued.type, CodeRefused.type, CodeRevoked.type, CodeExpired.type),
    "payment": Step(PaymentAuthorised.type, PaymentDeclined.type, PaymentReturned.type, PaymentClosed.type),
}
"""Who confirms what. ``approval`` is a step too, which booking takes by itself: it gives or refuses, and leaves
nothing to undo."""

ANSWERS: Mapping[str, tuple[str, Said]] = {
    type_: (name, said)
    for name, step in STEPS.items()
    for type_, said in (
        (step.gives, Said.GIVEN),
        (step.refuses, Said.REFUSED),
        (step.undoes, Said.UNDONE),
        (step.closes, Said.CLOSED),
    )
}
"""What each type of event says, and for which step."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer to a request; ``reason`` says why it was refused, ``actor_id`` who decided, if a person did."""

    request_id: int
    step: str
    said: Said
    reason: str | None = None
    actor_id: int = SYSTEM


def answered(life: Life, answer: Answered, now: datetime) -> Turn:
    """Answer what comes of an answer; one that comes twice, or too late, changes nothing."""
    request = life.request(answer.request_id)
    confirmation = request.step(answer.step) if request else None
    if request is None or confirmation is None:
        return Turn(life)
    match answer.said, confirmation.standing:
        case Said.GIVEN, Standing.ASKED:
            request = request.with_step(replace(confirmation, standing=Standing.GIVEN, due_at=None))
            life = life.with_request(request)
            return _settled(life, request)
        case Said.REFUSED, Standing.ASKED:
            request = request.with_step(replace(confirmation, standing=Standing.REFUSED, due_at=None))
            reason = answer.reason or f"{answer.step} refused"
            return failed(life.with_request(request), request, reason, now, answer.actor_id)
        case Said.UNDONE, Standing.WITHDRAWN:
            return Turn(life.with_request(request.over(confirmation, Standing.UNDONE)))
        case Said.CLOSED, Standing.CLOSING:
            return Turn(life.with_request(request.over(confirmation, Standing.CLOSED)))
    return Turn(life)


def failed(life: Life, request: Request, reason: str, now: datetime, actor_id: int = SYSTEM) -> Turn:
    """Undo what the request got: the new reservation is cancelled, or the move does not take place."""
    if request.wanted is None:
        return cancelled(life, by="system", actor_id=actor_id, reason=reason, now=now)
    noted = replace(life.reservation, version=life.reservation.version + 1)
    turn = fallen(replace(life, reservation=noted), request, reason, now, actor_id)
    return replace(turn, what="change refused", reason=reason)


def fallen(life: Life, request: Request, reason: str, now: datetime, actor_id: int = SYSTEM) -> Turn:
    """Undo what a move got, which does not take place."""
    wanted = request.wanted
    if wanted is None:
        raise ValueError("only a move falls away; a reservation that is not confirmed is cancelled")
    steps = steps_of([request], [Standing.ASKED, Standing.GIVEN])
    after = life.with_request(_now_awaited(request, steps, Standing.WITHDRAWN, now))
    one = life.reservation
    event = told(
        ChangeRefused,
        one,
        actor_id,
        wanted_start=wanted.start,
        wanted_end=wanted.end,
        wanted_resource_ids=wanted.resource_ids,
        reason=reason,
    )
    return Turn(after, (event, *((_withdrawal(after, request.id, steps, now),) if steps else ())))


def cancelled(life: Life, *, by: str, actor_id: int, reason: str | None, now: datetime) -> Turn:
    """Give the reservation up, and undo all that it has.

    ``by`` is ``owner`` or ``staff``, or ``system`` if what it waited for did not come.
    """
    after = replace(in_state(life, State.CANCELLED, cancel_reason=reason), cancelled_by=by, cancelled_at=now)
    refused = by == "system"
    event = told(
        ReservationCancelled,
        after.reservation,
        actor_id,
        reason=reason,
        refused=refused,
        series_id=after.reservation.series_id if refused else None,
        move=life.move_wanted,
    )
    turn = Turn(after, (event,), "cancelled")
    standing = _standing(life)
    if not standing:
        return turn
    last, steps = standing[-1], steps_of(standing, [Standing.ASKED, Standing.GIVEN])
    for one in standing[:-1]:
        after = after.with_request(one.all_to(Standing.REPLACED))
    after = after.with_request(_standing_for_all(last, steps, now))
    return Turn(after, (*turn.events, *((_withdrawal(after, last.id, steps, now),) if steps else ())), turn.what)


def left_behind(life: Life, request: Request, now: datetime) -> tuple[Life, list[Event]]:
    """Answer a pending life without its first request, which another one takes the place of, and what tells so.

    If only an approver is awaited, what the others gave stands until it is replaced. Else all of it is taken back.
    """
    if any(one.step != APPROVAL and one.standing is Standing.ASKED for one in request.confirmations):
        steps = steps_of([request], [Standing.ASKED, Standing.GIVEN])
        after = life.with_request(_now_awaited(request, steps, Standing.WITHDRAWN, now))
        return after, [_withdrawal(after, request.id, steps, now)]
    waiting = [one for one in request.confirmations if one.standing is Standing.ASKED]
    for one in waiting:
        request = request.with_step(replace(one, standing=Standing.REPLACED, due_at=None))
    return life.with_request(request), []


def closed(life: Life, now: datetime) -> Turn:
    """Have all that the reservation has used up, for it is over; a move that is undecided falls away."""
    undecided = life.undecided
    turn = fallen(life, undecided, "The reservation is over.", now) if undecided else Turn(life)
    settled = turn.life.settled
    steps = steps_of([settled], [Standing.GIVEN]) if settled else ()
    if settled is None or not steps:
        return turn
    closing = _now_awaited(settled, steps, Standing.CLOSING, now)
    return turn.then(Turn(turn.life.with_request(closing), (_closing(life, settled.id, steps),)))


def repeated(life: Life, now: datetime) -> Turn:
    """Say again what is to be undone or closed, where the answer is overdue."""
    turn = Turn(life)
    for request in life.requests:
        late = [one for one in request.confirmations if one.due_at and one.due_at <= now]
        for standing in (Standing.WITHDRAWN, Standing.CLOSING):
            steps = tuple(one.step for one in late if one.standing is standing)
            if steps:
                turn = turn.then(_said_again(turn.life, request, standing, steps, now))
    return turn


def _settled(life: Life, request: Request) -> Turn:
    """Once all gave, a new reservation is ready, or the move takes place and replaces what was before."""
    if request.awaits_answers:
        return Turn(life)
    for one in _standing(life):
        if one.id != request.id:
            life = life.with_request(one.all_to(Standing.REPLACED))
    settled = (ConfirmationSettled(life.reservation.id, request.id, request.steps),) if request.steps else ()
    if request.wanted is None:
        after = in_state(life, State.READY)
        ready = told(ReservationReady, after.reservation, SYSTEM, series_id=after.reservation.series_id)
        return Turn(after, (ready, *settled), "confirmed")
    wanted = request.wanted
    moved = replace(
        life.reservation,
        start=wanted.start,
        end=wanted.end,
        resource_ids=wanted.resource_ids,
        version=life.reservation.version + 1,
    )
    old, new = difference(life.reservation, moved)
    event = told(ReservationChanged, moved, request.actor_id, changes=tuple(new), before=old, after=new)
    return Turn(replace(life, reservation=moved), (event, *settled), "changed")


def _withdrawal(life: Life, request_id: int, steps: tuple[str, ...], now: datetime) -> ConfirmationWithdrawn:
    reservation = life.reservation
    return ConfirmationWithdrawn(
        reservation.id,
        request_id,
        steps,
        whole=reservation.state == State.CANCELLED,
        by=life.cancelled_by or "system",
        reason=reservation.cancel_reason,
        at=life.cancelled_at or now,
        start=reservation.start,
    )


def _closing(life: Life, request_id: int, steps: tuple[str, ...]) -> ConfirmationClosed:
    one = life.reservation
    return ConfirmationClosed(one.id, request_id, steps, one.state, one.start, one.end)


def _said_again(life: Life, request: Request, standing: Standing, steps: tuple[str, ...], now: datetime) -> Turn:
    for name in steps:
        confirmation = request.step(name)
        if confirmation:
            pause = min(REPEAT_SECONDS * 3**confirmation.tries, REPEAT_SECONDS_MAX)
            due_at = now + timedelta(seconds=pause)
            request = request.with_step(replace(confirmation, due_at=due_at, tries=confirmation.tries + 1))
    after = life.with_request(request)
    if standing is Standing.CLOSING:
        return Turn(after, (_closing(life, request.id, steps),))
    return Turn(after, (_withdrawal(life, request.id, steps, now),))


def _standing(life: Life) -> list[Request]:
    """Answer the requests that wait for their answers or hold.

    A move that was withdrawn is not among them: only its own answer tells that it is undone, whatever else happens.
    """
    return [one for one in life.requests if one.has(Standing.ASKED) or one.has(Standing.GIVEN)]


def _standing_for_all(last: Request, steps: tuple[str, ...], now: datetime) -> Request:
    """Answer the last request, left to undo all that the reservation has: these steps are awaited, and no other."""
    due_at = now + timedelta(seconds=REPEAT_SECONDS)
    awaited = [Confirmation(name, Standing.WITHDRAWN, due_at) for name in steps]
    rest = [one for one in last.all_to(Standing.REPLACED).confirmations if one.step not in steps]
    return replace(last, confirmations=(*awaited, *rest))


def _now_awaited(request: Request, steps: tuple[str, ...], standing: Standing, now: datetime) -> Request:
    """Answer the request with an answer awaited from these steps, and from no other."""
    due_at = now + timedelta(seconds=REPEAT_SECONDS)
    for one in request.all_to(Standing.REPLACED).confirmations:
        awaited = Confirmation(one.step, standing, due_at)
        request = request.with_step(awaited if one.step in steps else one)
    return request
