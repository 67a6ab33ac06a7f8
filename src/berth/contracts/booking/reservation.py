"""What happens to reservations, for whoever listens. Times are aware, ranges half-open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from berth.kit.outbox.event import Envelope, Event


@dataclass(frozen=True, slots=True)
class OfReservation(Event):
    """The base of all that is about one reservation."""

    reservation_id: int

    @property
    def subject(self) -> str:
        """Name the reservation."""
        return f"reservation/{self.reservation_id}"


@dataclass(frozen=True, slots=True)
class ReservationEvent(OfReservation):
    """The reservation as it stands after a change.

    It has ``series_id`` if a whole series changed, and ``closing_id`` if its resource was closed: that is told, too.
    """

    state: str
    owner_id: int
    actor_id: int
    title: str
    resource_ids: tuple[int, ...]
    start: datetime
    end: datetime
    series_id: int | None = field(default=None, kw_only=True)
    closing_id: int | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class MoveWanted:
    """The slot to which a reservation should be moved."""

    resource_ids: tuple[int, ...]
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class ReservationCreated(ReservationEvent):
    """A slot was taken."""

    type: ClassVar[str] = "berth.booking.reservation_created.v1"


@dataclass(frozen=True, slots=True)
class ReservationChanged(ReservationEvent):
    """A reservation was moved to another time or other resources, or retitled.

    ``before`` and ``after`` hold the members that changed, as JSON has them.
    """

    type: ClassVar[str] = "berth.booking.reservation_changed.v1"
    changes: tuple[str, ...]
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class ReservationCancelled(ReservationEvent):
    """A reservation was given up; its slot is free again, and so is that of a ``move`` that was not confirmed yet.

    It was ``refused`` if what it waited for was refused, or did not come in time; an occurrence of a series then has
    ``series_id``, like one that is ready: what became of all of them is told as one.
    """

    type: ClassVar[str] = "berth.booking.reservation_cancelled.v1"
    reason: str | None
    refused: bool = field(default=False, kw_only=True)
    move: MoveWanted | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class ReservationReady(ReservationEvent):
    """All confirmations that a new reservation needed are there: it holds."""

    type: ClassVar[str] = "berth.booking.reservation_ready.v1"


@dataclass(frozen=True, slots=True)
class ReservationStarted(ReservationEvent):
    """Somebody checked in."""

    type: ClassVar[str] = "berth.booking.reservation_started.v1"


@dataclass(frozen=True, slots=True)
class ReservationFinished(ReservationEvent):
    """A reservation is over: its end came, or somebody checked out, and ``end`` is when.

    What is left until ``planned_end`` is free again.
    """

    type: ClassVar[str] = "berth.booking.reservation_finished.v1"
    planned_end: datetime | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class ReservationMissed(ReservationEvent):
    """Nobody checked in within the grace time; the slot is free again."""

    type: ClassVar[str] = "berth.booking.reservation_missed.v1"


@dataclass(frozen=True, slots=True)
class ChangeRefused(ReservationEvent):
    """A move that needed confirmations did not get them all; the reservation stays as it was.

    ``wanted_start``, ``wanted_end`` and ``wanted_resource_ids`` are the slot that it should have been moved to.
    """

    type: ClassVar[str] = "berth.booking.change_refused.v1"
    wanted_start: datetime
    wanted_end: datetime
    reason: str
    wanted_resource_ids: tuple[int, ...] = field(default=(), kw_only=True)


@dataclass(frozen=True, slots=True)
class ApprovalAsked(ReservationEvent):
    """Somebody has to decide on a reservation, or on its move, until a time; any one of the approvers may.

    ``why`` is ``asked``, ``reminded`` or ``escalated``; ``start`` and ``end`` are those that are wanted.
    """

    type: ClassVar[str] = "berth.booking.approval_asked.v1"
    request_id: int
    approver_ids: tuple[int, ...]
    why: str
    until: datetime


@dataclass(frozen=True, slots=True)
class ApprovalDecided(ReservationEvent):
    """An approver, who is the actor, approved or rejected."""

    type: ClassVar[str] = "berth.booking.approval_decided.v1"
    request_id: int
    approved: bool
    message: str | None


@dataclass(frozen=True, slots=True)
class Reserved:
    """What those who confirm need to know of one reserved resource. ``site_ids`` are its site and all above it."""

    resource_id: int
    name: str
    kind: str
    tags: tuple[str, ...]
    site_ids: tuple[int, ...]
    timezone: str


@dataclass(frozen=True, slots=True)
class ConfirmationEvent(OfReservation):
    """What booking tells those who confirm.

    ``request_id`` names what is to be confirmed: the making of a reservation, or a later move of it, which has
    a higher one. ``steps`` names who is meant, of ``quota``, ``access`` and ``payment``. Everything may come
    twice, and in another order: a request that was withdrawn is never given again.
    """

    request_id: int
    steps: tuple[str, ...]


def means(step: str) -> Callable[[Envelope], bool]:
    """Answer what tells whether an event concerns a step; any does that does not say which steps are meant."""

    def concerns(envelope: Envelope) -> bool:
        steps = envelope.members().get("steps")
        return steps is None or step in steps

    return concerns


@dataclass(frozen=True, slots=True)
class ConfirmationAsked(ConfirmationEvent):
    """Confirmations are needed; each step answers by an event of its own: given or refused.

    Of a move, what the reservation has already counts: only what it needs beyond that is new.
    ``early_minutes`` is how long before the start one may come; ``due_at`` is until when an answer is
    waited for, by step.
    """

    type: ClassVar[str] = "berth.booking.confirmation_asked.v1"
    owner_id: int
    owner_role: str
    actor_id: int
    resources: tuple[Reserved, ...]
    start: datetime
    end: datetime
    early_minutes: int
    due_at: Mapping[str, datetime]


@dataclass(frozen=True, slots=True)
class ConfirmationSettled(ConfirmationEvent):
    """All steps gave: the request holds, and what the reservation had before it is replaced."""

    type: ClassVar[str] = "berth.booking.confirmation_settled.v1"


@dataclass(frozen=True, slots=True)
class ConfirmationWithdrawn(ConfirmationEvent):
    """What was given is to be undone; each step answers when it is, also if it gave nothing.

    ``whole`` tells whether the reservation ends with it, and all earlier requests too, or only this move.
    ``by`` is ``owner``, ``staff`` or ``system``; with ``at`` and ``start`` it decides what a cancellation costs.
    """

    type: ClassVar[str] = "berth.booking.confirmation_withdrawn.v1"
    whole: bool
    by: str
    reason: str | None
    at: datetime
    start: datetime


@dataclass(frozen=True, slots=True)
class ConfirmationClosed(ConfirmationEvent):
    """The reservation is over: what was given is used up; each step answers when that is written down.

    ``state`` is ``finished`` or ``no_show``, ``end`` when it ended.
    """

    type: ClassVar[str] = "berth.booking.confirmation_closed.v1"
    state: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Answer(OfReservation):
    """The base of what those who confirm answer to a request."""

    request_id: int
