"""What closes resources, and what becomes of all that is in the way, for whoever listens; booking tells it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from berth.kit.outbox.event import Event


@dataclass(frozen=True, slots=True)
class BlackoutEvent(Event):
    """What both events of a blackout carry."""

    blackout_id: int
    actor_id: int
    resource_ids: tuple[int, ...]

    @property
    def subject(self) -> str:
        """Name the blackout."""
        return f"blackout/{self.blackout_id}"


@dataclass(frozen=True, slots=True)
class BlackoutSet(BlackoutEvent):
    """Resources are closed to reservations for a time."""

    type: ClassVar[str] = "berth.booking.blackout_set.v1"
    start: datetime
    end: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class BlackoutLifted(BlackoutEvent):
    """A blackout was taken back; the resources are open again from ``start`` to ``end``."""

    type: ClassVar[str] = "berth.booking.blackout_lifted.v1"
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Affected:
    """One thing that was in the way, as it was, and its ``outcome``: ``move`` or ``cancel``.

    ``kind`` is ``reservation``, ``hold``, ``offer`` or ``move`` (one that was not confirmed yet, of the reservation
    with this id). What is moved is on ``resource_ids`` afterwards, and in ``state``.
    """

    kind: str
    id: int
    title: str
    start: datetime
    end: datetime
    outcome: str
    resource_ids: tuple[int, ...]
    state: str | None


@dataclass(frozen=True, slots=True)
class ClosingNotice(Event):
    """A resource was closed, and this is what became of all that one person had there.

    There is one for each owner; the events of each reservation carry the same ``closing_id``, the blackout's number.
    """

    type: ClassVar[str] = "berth.booking.closing_notice.v1"
    closing_id: int
    owner_id: int
    actor_id: int
    resource_ids: tuple[int, ...]
    start: datetime
    end: datetime
    reason: str
    affected: tuple[Affected, ...]

    @property
    def subject(self) -> str:
        """Name the blackout."""
        return f"blackout/{self.closing_id}"
