"""What quota answers to booking, by events alone, and what administrators do to allowances."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from berth.contracts.booking.reservation import Answer
from berth.kit.outbox.event import Event


@dataclass(frozen=True, slots=True)
class Held:
    """What one allowance gives to a reservation. ``unit`` is ``minutes`` or ``count``; ``left`` is what remains."""

    allowance_id: int
    name: str
    unit: str
    amount: int
    left: int


@dataclass(frozen=True, slots=True)
class QuotaHeld(Answer):
    """Enough was left, and is kept for the reservation; nothing is held if no allowance is meant for it."""

    type: ClassVar[str] = "berth.quota.quota_held.v1"
    holds: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class QuotaDenied(Answer):
    """An allowance does not suffice: ``left`` is what remains of it until ``renews_at``.

    ``wanted`` is what is needed beyond what the reservation already holds, and ``reason`` a sentence for people.
    """

    type: ClassVar[str] = "berth.quota.quota_denied.v1"
    allowance_id: int
    name: str
    unit: str
    wanted: int
    left: int
    renews_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class QuotaReleased(Answer):
    """What was held, if anything, is the person's again."""

    type: ClassVar[str] = "berth.quota.quota_released.v1"


@dataclass(frozen=True, slots=True)
class QuotaCommitted(Answer):
    """What was held is used up."""

    type: ClassVar[str] = "berth.quota.quota_committed.v1"


@dataclass(frozen=True, slots=True)
class AllowanceEvent(Event):
    """The base of what administrators do to an allowance."""

    allowance_id: int
    actor_id: int

    @property
    def subject(self) -> str:
        """Name the allowance."""
        return f"allowance/{self.allowance_id}"


@dataclass(frozen=True, slots=True)
class AllowanceSet(AllowanceEvent):
    """An allowance is new or was changed; ``changes`` names the members.

    ``before`` and ``after`` hold them, as JSON has them; ``before`` is null if it is new.
    """

    type: ClassVar[str] = "berth.quota.allowance_set.v1"
    changes: tuple[str, ...]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AllowanceRemoved(AllowanceEvent):
    """An allowance counts nothing any more; ``before`` holds its members, as JSON has them."""

    type: ClassVar[str] = "berth.quota.allowance_removed.v1"
    before: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class QuotaGranted(AllowanceEvent):
    """Somebody, or all who share the allowance if ``person_id`` is null, got ``amount`` more for one period.

    ``amount`` is negative if it was taken away. ``start`` is when the period starts; ``before`` and ``after``
    hold all that was granted in it.
    """

    type: ClassVar[str] = "berth.quota.quota_granted.v1"
    grant_id: int
    person_id: int | None
    amount: int
    start: datetime
    reason: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
