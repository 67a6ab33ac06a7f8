"""What happens to holds and to places in the waitlist, for whoever listens; booking tells it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from berth.kit.outbox.event import Event


@dataclass(frozen=True, slots=True)
class HoldEvent(Event):
    """What every event of a hold carries; ``actor_id`` is 0 if the clock did it."""

    hold_id: int
    owner_id: int
    actor_id: int
    resource_ids: tuple[int, ...]
    start: datetime
    end: datetime

    @property
    def subject(self) -> str:
        """Name the hold."""
        return f"hold/{self.hold_id}"


@dataclass(frozen=True, slots=True)
class HoldPlaced(HoldEvent):
    """A slot is kept for somebody who decides, until a time."""

    type: ClassVar[str] = "berth.booking.hold_placed.v1"
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class HoldEnded(HoldEvent):
    """A hold is over: ``how`` is ``reserved``, ``released``, ``expired``, or ``closed`` with its resource.

    Who reserves what he held gets the reservation of the hold's number.
    """

    type: ClassVar[str] = "berth.booking.hold_ended.v1"
    how: str


@dataclass(frozen=True, slots=True)
class WaitlistEvent(Event):
    """What every event of an entry carries: the time and the resources that are wanted, or offered."""

    entry_id: int
    owner_id: int
    actor_id: int
    title: str
    resource_ids: tuple[int, ...]
    start: datetime
    end: datetime

    @property
    def subject(self) -> str:
        """Name the entry."""
        return f"waitlist/{self.entry_id}"


@dataclass(frozen=True, slots=True)
class WaitlistJoined(WaitlistEvent):
    """Somebody waits: for the whole time or, with ``minutes``, for so long within it.

    With ``any`` it is for any one of the resources, which are those that fit a search; else for all of them.
    """

    type: ClassVar[str] = "berth.booking.waitlist_joined.v1"
    minutes: int | None
    people: int
    any: bool


@dataclass(frozen=True, slots=True)
class WaitlistOffered(WaitlistEvent):
    """Who is next in line may have a slot, which is kept until a time."""

    type: ClassVar[str] = "berth.booking.waitlist_offered.v1"
    offer_id: int
    until: datetime


@dataclass(frozen=True, slots=True)
class WaitlistReturned(WaitlistEvent):
    """What was offered is closed: who was to have it waits on, at the same place in line."""

    type: ClassVar[str] = "berth.booking.waitlist_returned.v1"
    offer_id: int


@dataclass(frozen=True, slots=True)
class WaitlistEnded(WaitlistEvent):
    """Somebody does not wait any more.

    ``how`` is ``accepted``, and ``reservation_id`` what came of it; ``declined``, or ``lapsed`` if the offer was not
    answered; ``left``, or ``expired`` if nothing became free in time. Unless it is accepted, the slot of the offer
    ``offer_id`` is free again, if there was one.
    """

    type: ClassVar[str] = "berth.booking.waitlist_ended.v1"
    how: str
    reservation_id: int | None = None
    offer_id: int | None = None
