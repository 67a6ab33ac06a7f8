"""Reservations as other modules may ask booking about them; what calendars from outside close, and what is closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from berth.kit.remote.contract import command

ENTRIES_MAX = 5_000
"""How many entries one question is answered with at most."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A reservation as a calendar shows it; ``changed_at`` is when ``version`` came about."""

    id: int
    state: str
    owner_id: int
    title: str
    description: str | None
    start: datetime
    end: datetime
    resource_ids: tuple[int, ...]
    version: int
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Closure:
    """A time at which resources are closed, and why."""

    id: int
    resource_ids: tuple[int, ...]
    start: datetime
    end: datetime
    reason: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class BusyTime:
    """A stretch of time, half-open."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Overlap:
    """A reservation that stands where a calendar from outside says that its resource is busy."""

    reservation_id: int
    owner_id: int
    title: str
    start: datetime
    end: datetime
    busy: BusyTime


class Booking(Protocol):
    """The questions that booking answers, and what it is told by calendars from outside."""

    async def entries(
        self, *, owner_id: int | None, resource_ids: Sequence[int] | None, start: datetime, until: datetime
    ) -> Sequence[Entry]:
        """Answer up to ``ENTRIES_MAX`` reservations within a time by start and id, whatever their states."""
        ...

    async def entry(self, *, reservation_id: int) -> Entry | None:
        """Answer a reservation."""
        ...

    async def closures(self, *, resource_ids: Sequence[int], start: datetime, until: datetime) -> Sequence[Closure]:
        """Answer up to ``ENTRIES_MAX`` blackouts of these resources within a time, by start and id."""
        ...

    @command
    async def close_by_calendar(
        self, *, source: str, number: int, resource_id: int, actor_id: int, reason: str, busy: Sequence[BusyTime]
    ) -> None:
        """Close the resource at these times and no others that the source had closed from now on.

        The times may not touch. What is taken by something else stays so, and the rest of the time is closed.
        ``number`` grows with each change of the source: one that is lower than the last changes nothing. Doing
        it again closes what has become free meanwhile. Without times, all that the source closed is open again.
        """
        ...

    async def overlaps(self, *, source: str) -> Sequence[Overlap]:
        """Answer the reservations that stand where the source would close, from now on, by start and id."""
        ...

    @command
    async def occupy(
        self, *, source: str, resource_id: int, actor_id: int, reason: str, start: datetime, end: datetime
    ) -> Sequence[BusyTime]:
        """Close the resource for what the source names; doing it again is the same, and with another time moves it.

        Answers what stands in the way, and then nothing was changed; nothing if it is done.
        """
        ...

    @command
    async def vacate(self, *, source: str, actor_id: int) -> None:
        """Open what the source occupies, if it does."""
        ...

    @command
    async def numbers(self, *, count: int) -> Sequence[int]:
        """Answer numbers that no reservation has, nor ever will."""
        ...
