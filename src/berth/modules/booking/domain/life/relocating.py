"""Putting a reservation on another resource at the same time, because its own is closed.

The slot that it had is gone at once, so that there is nothing to go back to: unlike a move that somebody wishes for,
this one takes place first, and is confirmed then. Until it is, the reservation is pending, and without confirmation
it is cancelled.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from berth.contracts.booking.reservation import ReservationChanged, ReservationEvent, ReservationReady
from berth.contracts.catalog import Resource
from berth.kit.outbox.event import Event
from berth.modules.booking.domain.life.asking import request_for
from berth.modules.booking.domain.life.confirming import fallen, left_behind
from berth.modules.booking.domain.life.value import Life, Request, Slot, Turn, told
from berth.modules.booking.domain.reservation import State, difference


def request_to_relocate(
    id_: int,
    life: Life,
    resources: Sequence[Resource],
    *,
    caller_id: int,
    administrators: Sequence[int],
    now: datetime,
) -> Request | None:
    """Answer the request for what these resources ask for, and for what the reservation has or waits for.

    What waits for its first approval is still its owner's wish: who closes a resource does not approve by that.
    """
    one, first = life.reservation, _making(life)
    standing = first or life.settled
    return request_for(
        id_,
        resources,
        Slot(one.start, one.end, tuple(each.id for each in resources)),
        caller_id=first.actor_id if first else caller_id,
        administrators=administrators,
        now=now,
        also=standing.steps if standing else (),
    )


def relocated(
    life: Life,
    resource_ids: tuple[int, ...],
    request: Request | None,
    asked: Sequence[Event],
    *,
    actor_id: int,
    reason: str,
    closing_id: int,
    now: datetime,
) -> Turn:
    """Answer the reservation on these resources, with ``request`` to be confirmed if there is one.

    A move that was not confirmed yet falls away. What is given stays until the new request replaces it; a first
    request that others still have to answer is taken back, for its answers would come too late.
    """
    turn = Turn(life)
    undecided = life.undecided
    if undecided and undecided.wanted:
        turn = of_closing(fallen(life, undecided, reason, now, actor_id), closing_id)
    before = turn.life.reservation
    state = State.PENDING if request else State.READY
    after = replace(before, resource_ids=resource_ids, state=state, version=before.version + 1)
    old, new = difference(before, after)
    changes = tuple(name for name in new if name != "state")
    event = told(ReservationChanged, after, actor_id, changes=changes, before=old, after=new, closing_id=closing_id)
    events: list[Event] = [event]
    placed = replace(turn.life, reservation=after)
    first = _making(life)
    if first:
        placed, withdrawn = left_behind(placed, first, now)
        events += withdrawn
    if request:
        placed = placed.with_request(request)
    elif before.state == State.PENDING:
        events.append(told(ReservationReady, after, actor_id, series_id=after.series_id, closing_id=closing_id))
    return turn.then(Turn(placed, (*events, *asked), "changed", reason))


def _making(life: Life) -> Request | None:
    """Answer the request that a pending reservation waits for."""
    undecided = life.undecided
    return undecided if undecided and undecided.wanted is None else None


def of_closing(turn: Turn, closing_id: int) -> Turn:
    """Answer the turn with its events marked, so that people are told of the closing once."""
    return replace(turn, events=tuple(_marked(one, closing_id) for one in turn.events))


def _marked(event: Event, closing_id: int) -> Event:
    return replace(event, closing_id=closing_id) if isinstance(event, ReservationEvent) else event
