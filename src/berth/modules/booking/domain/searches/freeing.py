"""What becomes free by what happened. That it still is, nobody has looked at yet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from berth.contracts.booking.closing import BlackoutLifted
from berth.contracts.booking.reservation import (
    ChangeRefused,
    ReservationCancelled,
    ReservationChanged,
    ReservationEvent,
    ReservationFinished,
    ReservationMissed,
)
from berth.contracts.booking.waitlist import HoldEnded, WaitlistEnded
from berth.contracts.catalog import Resource
from berth.kit.outbox.event import Envelope
from berth.modules.booking.domain.gaps import buffers
from berth.modules.booking.domain.life.value import SYSTEM


@dataclass(frozen=True, slots=True)
class Freed:
    """Time of a resource that something gave back.

    It is ``buffered`` if set-up and tear-down around it were given back with it. ``briefly`` tells that it was only
    kept, for a hold or an offer. ``person_ids`` are those who know of it: who had it, and who gave it back.
    """

    resource_id: int
    start: datetime
    end: datetime
    buffered: bool = False
    briefly: bool = False
    person_ids: frozenset[int] = frozenset()


def freed_by(envelopes: Sequence[Envelope]) -> list[Freed]:
    """Answer what these events free, in their order."""
    return [freed for one in envelopes for freed in FREEING[one.type](one)]


def whole(freed: Freed, resource: Resource) -> tuple[datetime, datetime]:
    """Answer all of the time that is not occupied any more."""
    setup, teardown = buffers(resource.policy)
    return (freed.start - setup, freed.end + teardown) if freed.buffered else (freed.start, freed.end)


def _slot(event: ReservationEvent, start: datetime, end: datetime, ids: Sequence[int]) -> list[Freed]:
    people = frozenset({event.owner_id, event.actor_id} - {SYSTEM})
    return [Freed(id_, start, end, buffered=True, person_ids=people) for id_ in ids]


def _cancelled(envelope: Envelope) -> list[Freed]:
    event = envelope.read(ReservationCancelled)
    move = _slot(event, event.move.start, event.move.end, event.move.resource_ids) if event.move else []
    return [*_slot(event, event.start, event.end, event.resource_ids), *move]


def _changed(envelope: Envelope) -> list[Freed]:
    event = envelope.read(ReservationChanged)
    before = event.before or {}
    if not before.keys() & {"start", "end", "resource_ids"}:
        return []
    start = datetime.fromisoformat(before["start"]) if "start" in before else event.start
    end = datetime.fromisoformat(before["end"]) if "end" in before else event.end
    return _slot(event, start, end, before.get("resource_ids", event.resource_ids))


def _finished(envelope: Envelope) -> list[Freed]:
    event = envelope.read(ReservationFinished)
    if event.planned_end is None or event.planned_end <= event.end:
        return []
    return _slot(event, event.end, event.planned_end, event.resource_ids)


def _missed(envelope: Envelope) -> list[Freed]:
    event = envelope.read(ReservationMissed)
    return _slot(event, event.start, event.end, event.resource_ids)


def _not_moved(envelope: Envelope) -> list[Freed]:
    event = envelope.read(ChangeRefused)
    ids = event.wanted_resource_ids or event.resource_ids
    return _slot(event, event.wanted_start, event.wanted_end, ids)


def _kept(event: HoldEnded | WaitlistEnded) -> list[Freed]:
    people = frozenset({event.owner_id, event.actor_id} - {SYSTEM})
    return [
        Freed(id_, event.start, event.end, buffered=True, briefly=True, person_ids=people) for id_ in event.resource_ids
    ]


def _held(envelope: Envelope) -> list[Freed]:
    event = envelope.read(HoldEnded)
    return [] if event.how == "reserved" else _kept(event)


def _offered(envelope: Envelope) -> list[Freed]:
    event = envelope.read(WaitlistEnded)
    return [] if event.how == "accepted" or event.offer_id is None else _kept(event)


def _opened(envelope: Envelope) -> list[Freed]:
    event = envelope.read(BlackoutLifted)
    if event.start is None or event.end is None:
        return []
    people = frozenset({event.actor_id} - {SYSTEM})
    return [Freed(id_, event.start, event.end, person_ids=people) for id_ in event.resource_ids]


FREEING: Mapping[str, Callable[[Envelope], list[Freed]]] = {
    ReservationCancelled.type: _cancelled,
    ReservationChanged.type: _changed,
    ReservationFinished.type: _finished,
    ReservationMissed.type: _missed,
    ChangeRefused.type: _not_moved,
    HoldEnded.type: _held,
    WaitlistEnded.type: _offered,
    BlackoutLifted.type: _opened,
}
"""What frees something, by the types of events."""
