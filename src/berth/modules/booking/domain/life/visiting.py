"""Coming and going: who has reserved checks in, and out again."""

from datetime import datetime, timedelta

from berth.contracts.booking.reservation import ReservationStarted
from berth.modules.booking.domain.life.confirming import fallen
from berth.modules.booking.domain.life.passing import finished
from berth.modules.booking.domain.life.value import Life, NotNow, Slot, Turn, in_state, told
from berth.modules.booking.domain.reservation import Reservation, State


def checked_in(life: Life, actor_id: int, now: datetime) -> Turn:
    """Begin the use, from the early margin until the end; a second time changes nothing.

    A move that is undecided falls away, unless it moves the end alone: who has come has come for this slot.
    """
    one = life.reservation
    if one.state == State.IN_USE:
        return Turn(life)
    if one.state != State.READY:
        raise NotNow(f"Only a reservation that is ready can be checked in; this one is {said(one.state)}.")
    if now < one.start - timedelta(minutes=life.early_minutes):
        raise NotNow(f"It is too early: check in from {life.early_minutes} minutes before the start.")
    if now >= one.end:
        raise NotNow("The reservation is over.")
    started = in_state(life, State.IN_USE)
    turn = Turn(started, (told(ReservationStarted, started.reservation, actor_id),), "started")
    undecided = life.undecided
    if undecided is None or not undecided.wanted or extends(one, undecided.wanted):
        return turn
    return turn.then(fallen(started, undecided, "The reservation is in use.", now, actor_id))


def extends(reservation: Reservation, wanted: Slot) -> bool:
    """Tell whether a slot differs from a reservation's in its end at most, as it must once that is in use."""
    return (wanted.start, set(wanted.resource_ids)) == (reservation.start, set(reservation.resource_ids))


def checked_out(life: Life, actor_id: int, now: datetime) -> Turn:
    """End the use; the rest of the slot is free again. A second time changes nothing."""
    one = life.reservation
    if one.state == State.FINISHED:
        return Turn(life)
    if one.state != State.IN_USE:
        raise NotNow(f"Only a reservation that is in use can be checked out; this one is {said(one.state)}.")
    return finished(life, now, actor_id, now)


def said(state: str) -> str:
    """Answer a state in words."""
    return state.replace("_", " ")
