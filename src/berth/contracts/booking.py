"""What happens to reservations, for whoever listens. Times are aware, ranges half-open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from berth.kit.outbox.event import Event


@dataclass(frozen=True, slots=True)
class ReservationEvent(Event):
    """What every event of a reservation carries: the reservation as it stands after the change."""

    reservation_id: int
    state: str
    owner_id: int
    actor_id: int
    title: str
    resource_ids: tuple[int, ...]
    start: datetime
    end: datetime

    @property
    def subject(self) -> str:
        """Name the reservation."""
        return f"reservation/{self.reservation_id}"


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
    """A reservation was given up; its slot is free again."""

    type: ClassVar[str] = "berth.booking.reservation_cancelled.v1"
    reason: str | None


@dataclass(frozen=True, slots=True)
class BlackoutSet(Event):
    """Resources are closed to reservations for a time."""

    type: ClassVar[str] = "berth.booking.blackout_set.v1"
    blackout_id: int
    actor_id: int
    resource_ids: tuple[int, ...]
    start: datetime
    end: datetime
    reason: str

    @property
    def subject(self) -> str:
        """Name the blackout."""
        return f"blackout/{self.blackout_id}"


@dataclass(frozen=True, slots=True)
class BlackoutLifted(Event):
    """A blackout was taken back."""

    type: ClassVar[str] = "berth.booking.blackout_lifted.v1"
    blackout_id: int
    actor_id: int
    resource_ids: tuple[int, ...]

    @property
    def subject(self) -> str:
        """Name the blackout."""
        return f"blackout/{self.blackout_id}"
