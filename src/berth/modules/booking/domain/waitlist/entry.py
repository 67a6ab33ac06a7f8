"""Who waits for what, and what is offered."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from berth.contracts.catalog import ResourceQuery

NOTICE = timedelta(minutes=1)
"""An offer begins so much later than it is made at least: nobody can answer what has begun."""


class EntryState(StrEnum):
    """The states of an entry: ``waiting > offered > accepted``, and four other ends."""

    WAITING = "waiting"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    LEFT = "left"
    EXPIRED = "expired"


LIVE = (EntryState.WAITING, EntryState.OFFERED)
"""The states of an entry that is not over."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A slot that is kept for one who waits, under a number of its own, until ``expires_at``."""

    id: int
    resource_ids: tuple[int, ...]
    start: datetime
    end: datetime
    offered_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody waits for.

    ``resource_ids`` are wanted together or, with ``any_of``, any one of them: those that fit the search (none yet,
    until somebody has searched). It is for the whole time or, with ``minutes``, for so long within it; ``people`` have
    to find room.
    """

    resource_ids: tuple[int, ...]
    any_of: ResourceQuery | None
    start: datetime
    end: datetime
    minutes: int | None
    people: int
    title: str
    description: str | None

    @property
    def length(self) -> timedelta:
        """Answer how long the reservation is to be."""
        return self.end - self.start if self.minutes is None else timedelta(minutes=self.minutes)

    @property
    def closes_at(self) -> datetime:
        """Answer from when on nothing can be offered any more."""
        return self.end - self.length - NOTICE


@dataclass(frozen=True, slots=True)
class Entry:
    """One place in line. ``owner_role`` is the owner's, by which the rules of resources are asked."""

    id: int
    state: EntryState
    owner_id: int
    owner_role: str
    wanted: Wanted
    created_at: datetime
    offer: Offer | None = None
    position: int | None = None

    @property
    def due_at(self) -> datetime:
        """Answer when the clock ends it: its offer, or what there is to wait for."""
        return self.offer.expires_at if self.offer and self.state == EntryState.OFFERED else self.wanted.closes_at
