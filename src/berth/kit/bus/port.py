"""What every broker must do for Berth."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from berth.kit.outbox.event import Envelope
from berth.kit.outbox.subscription import Group
from berth.kit.refusal import Refused

Store = Callable[[Sequence[Envelope]], Awaitable[float]]
"""Keeps events durably, dropping those it has; returns when they are committed, however long the database is away.

It answers for how many seconds events should gather before it is handed the next.
"""


class BusAway(Refused):
    """The broker cannot be reached, or went away in the middle."""


class Bus(Protocol):
    """A broker. Every method raises ``BusAway`` when it cannot be reached; the caller tries again later."""

    async def prepare(self, groups: Sequence[Group]) -> None:
        """Make what the groups need at the broker, so that no event is lost which is published before they live.

        ``groups`` are those of all modules, not only of this process. May be called again.
        """
        ...

    async def publish(self, envelopes: Sequence[Envelope]) -> Sequence[Envelope]:
        """Publish events, those of one subject in their order, and answer those that the broker has on disk.

        An event follows another of its subject in one message with it, or else once that is confirmed.
        """
        ...

    async def consume(self, group: Group, store: Store) -> None:
        """Hand the group's events to ``store``, those of one subject in their order; runs until cancelled.

        An event is acknowledged once it is stored, and comes again otherwise. One process at a time
        consumes for a group: the caller sees to that.
        """
        ...

    async def listen(
        self, types: frozenset[str] | None, tell: Callable[[Sequence[Envelope]], None], began: Callable[[], None]
    ) -> None:
        """Tell of every event of these types (none: of all) once ``began`` was called; runs until cancelled."""
        ...

    async def ping(self) -> None:
        """Return if the broker answers."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...
