"""What happens to a reservation by the clock alone, and when the next of it is due."""

from dataclasses import replace
from datetime import datetime, timedelta

from berth.contracts.booking.reservation import ApprovalAsked, ReservationFinished, ReservationMissed
from berth.modules.booking.domain.life.confirming import closed, failed, repeated
from berth.modules.booking.domain.life.value import (
    APPROVAL,
    SYSTEM,
    Approval,
    Life,
    Request,
    Standing,
    Turn,
    in_state,
    told,
)
from berth.modules.booking.domain.reservation import Reservation, State

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def passed(life: Life, now: datetime) -> Turn:
    """Answer what the time that has passed makes of a life; nothing, if nothing is due.

    A reservation changes once in a turn: an end that has come comes before a move that waited too long.
    """
    turn = repeated(life, now)
    ended = _came_to_its_time(turn.life, now)
    undecided = ended.life.undecided
    if ended.what or undecided is None:
        return turn.then(ended)
    return turn.then(_waited(turn.life, undecided, now))


def next_due(life: Life) -> datetime | None:
    """Answer when ``passed`` has something to do next; none if the life is over."""
    moments = [one.due_at for request in life.requests for one in request.confirmations if one.due_at]
    undecided = life.undecided
    approval = undecided and _open_approval(undecided)
    if approval:
        moments = [*moments, *_approval_moments(approval)]
    return min([*moments, *_own_moments(life)], default=None)


def _own_moments(life: Life) -> list[datetime]:
    one = life.reservation
    if one.state == State.READY and life.no_show_minutes is not None:
        return [min(one.start + life.no_show_minutes * MINUTE, one.end)]
    return [one.end] if one.state in {State.READY, State.IN_USE, State.PENDING} else []


def _came_to_its_time(life: Life, now: datetime) -> Turn:
    one = life.reservation
    if one.state == State.READY and life.no_show_minutes is not None:
        if now < min(one.start + life.no_show_minutes * MINUTE, one.end):
            return Turn(life)
        missed = in_state(life, State.NO_SHOW)
        turn = Turn(missed, (told(ReservationMissed, missed.reservation, SYSTEM),), "missed")
        return turn.then(closed(missed, now))
    if one.state in {State.READY, State.IN_USE} and one.end <= now:
        return finished(life, one.end, SYSTEM, now)
    return Turn(life)


def finished(life: Life, at: datetime, actor_id: int, now: datetime) -> Turn:
    """End the reservation at a time within it; what it has is used up.

    Who came early and left before the start has used a minute.
    """
    before = life.reservation
    after = in_state(life, State.FINISHED, end=min(max(at, before.start + MINUTE), before.end))
    event = told(ReservationFinished, after.reservation, actor_id, planned_end=before.end)
    turn = Turn(after, (event,), "finished")
    return turn.then(closed(after, now))


def _waited(life: Life, request: Request, now: datetime) -> Turn:
    """Answer what comes of waiting for answers: reminders, escalation, and at last the failure of the request."""
    approval = _open_approval(request)
    if approval:
        turn = _approval_waited(life, request, approval, now)
        if turn.events:
            return turn
    silent = [
        one.step
        for one in request.confirmations
        if one.standing is Standing.ASKED and one.due_at is not None and one.due_at <= now
    ]
    if silent:
        return failed(life, request, f"No answer came in time from: {', '.join(silent)}.", now)
    if life.reservation.state == State.PENDING and life.reservation.end <= now:
        return failed(life, request, "Its time went by before it was confirmed.", now)
    return Turn(life)


def _open_approval(request: Request) -> Approval | None:
    """Answer the approval that the request waits for, if it does."""
    asked = request.step(APPROVAL)
    return request.approval if asked and asked.standing is Standing.ASKED else None


def _approval_waited(life: Life, request: Request, approval: Approval, now: datetime) -> Turn:
    remind_at, escalate_at = _approval_half(approval), approval.asked_at + approval.hours_max * HOUR
    if not approval.escalated and now >= escalate_at and _until(request) > now:
        everybody = tuple(sorted({*approval.approver_ids, *approval.escalates_to}))
        wider = replace(approval, approver_ids=everybody, escalated=True, asked_at=now, reminded=False)
        return _asked_again(life, replace(request, approval=wider), "escalated")
    if not approval.reminded and now >= remind_at and _until(request) > now:
        return _asked_again(life, replace(request, approval=replace(approval, reminded=True)), "reminded")
    return Turn(life)


def _asked_again(life: Life, request: Request, why: str) -> Turn:
    return Turn(life.with_request(request), (approval_asked(life.reservation, request, why),))


def approval_asked(reservation: Reservation, request: Request, why: str) -> ApprovalAsked:
    """Answer the event that tells the approvers to decide."""
    approvers = request.approval.approver_ids if request.approval else ()
    wanted = request.wanted
    seen = reservation
    if wanted:
        seen = replace(reservation, start=wanted.start, end=wanted.end, resource_ids=wanted.resource_ids)
    return told(
        ApprovalAsked,
        seen,
        request.actor_id,
        request_id=request.id,
        approver_ids=approvers,
        why=why,
        until=_until(request),
    )


def _until(request: Request) -> datetime:
    """Answer until when an approval is waited for at all."""
    step = request.step(APPROVAL)
    if step is None or step.due_at is None:
        raise ValueError("this request waits for no approval")
    return step.due_at


def _approval_moments(approval: Approval) -> list[datetime]:
    moments = [] if approval.reminded else [_approval_half(approval)]
    return moments if approval.escalated else [*moments, approval.asked_at + approval.hours_max * HOUR]


def _approval_half(approval: Approval) -> datetime:
    return approval.asked_at + approval.hours_max * HOUR / 2
