"""What notifications knows of each reservation from its events: enough to remind of it and to speak of its payment."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from berth.contracts.booking.reservation import (
    ReservationCancelled,
    ReservationChanged,
    ReservationCreated,
    ReservationEvent,
    ReservationFinished,
    ReservationMissed,
    ReservationReady,
    ReservationStarted,
)
from berth.kit.outbox.event import Envelope

FOLLOWED: Mapping[str, type[ReservationEvent]] = {
    one.type: one
    for one in (
        ReservationCreated,
        ReservationReady,
        ReservationChanged,
        ReservationStarted,
        ReservationFinished,
        ReservationMissed,
        ReservationCancelled,
    )
}
"""The events that say how a reservation stands, by their types."""


@dataclass(frozen=True, slots=True)
class Course:
    """How a reservation stands after some of its events: ``number`` is the last one's, ``steps`` how many there were.

    ``placed_at`` is when it was last made, confirmed or moved, if it was: whoever did that needs no reminder of
    it at once.
    """

    number: int
    steps: int
    placed_at: datetime | None
    now: ReservationEvent

    @property
    def refusal(self) -> str | None:
        """Answer why it was not confirmed, empty if nobody said; none if it was not refused."""
        now = self.now
        return now.reason or "" if isinstance(now, ReservationCancelled) and now.refused else None


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reservation of which its owner is to be reminded."""

    reservation_id: int
    owner_id: int
    state: str
    title: str
    resource_ids: tuple[int, ...]
    start: datetime
    end: datetime


def courses_of(envelopes: Sequence[Envelope]) -> list[Course]:
    """Answer how the reservations stand after these events, which may come in any order; one for each reservation."""
    found: dict[int, Course] = {}
    for envelope in sorted(envelopes, key=lambda one: one.number):
        if envelope.type not in FOLLOWED:
            continue
        event = envelope.read(FOLLOWED[envelope.type])
        before = found.get(event.reservation_id)
        placed_at = envelope.time if _places(event) else before.placed_at if before else None
        steps = before.steps + 1 if before else 1
        found[event.reservation_id] = Course(envelope.number, steps, placed_at, event)
    return list(found.values())


def _places(event: ReservationEvent) -> bool:
    moved = isinstance(event, ReservationChanged) and "start" in event.changes
    return moved or isinstance(event, ReservationCreated | ReservationReady)


def reservations_behind(envelopes: Sequence[Envelope]) -> list[int]:
    """Answer for each event how many behind it say how the same reservation stands."""
    seen: Counter[str] = Counter()
    found = []
    for envelope in reversed(envelopes):
        found.append(seen[envelope.subject])
        seen[envelope.subject] += envelope.type in FOLLOWED
    return found[::-1]
