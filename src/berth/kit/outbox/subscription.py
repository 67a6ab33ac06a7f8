"""Who listens to what: a group has each event handled once, a broadcast reaches every live process."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from berth.kit.db import Connection
from berth.kit.origin import came_from
from berth.kit.outbox.event import Envelope

Handler = Callable[[Connection, Sequence[Envelope]], Awaitable[None]]
"""Handles events in the transaction of the connection, in their order; an error undoes all it did.

After an error the same events come again, one by one, so that one which fails cannot spoil the others.
Several events have no one origin: whoever writes events while handling some states that of each.
"""


def _any(_: Envelope) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Group:
    """A listener that handles each event once. ``types`` are those it wants; none stands for all.

    After a batch it lets events gather for ``gather_seconds``: few large batches cost less than many small ones, where
    nobody waits for what the group does. ``concerns`` tells of an event of these types, by the event alone, whether
    the group has anything to do for it; what a broker brings in vain is not even stored.
    """

    name: str
    types: frozenset[str] | None = None
    gather_seconds: float = 0.0
    concerns: Callable[[Envelope], bool] = _any

    def wants(self, type_: str) -> bool:
        """Tell whether the group listens to events of this type."""
        return self.types is None or type_ in self.types


class Audience:
    """Those in this process for whom a broadcast is: while there are none, a broker need not send it here.

    ``present`` is set while there are some, ``gone`` while there are none, ``reached`` while events reach them.
    """

    def __init__(self, count: int = 0) -> None:
        self.present, self.gone, self.reached = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._count = count
        self._tell()

    def come(self) -> None:
        """Count one more."""
        self._count += 1
        self._tell()

    def leave(self) -> None:
        """Count one less."""
        self._count -= 1
        self._tell()

    def _tell(self) -> None:
        there, not_there = (self.present, self.gone) if self._count else (self.gone, self.present)
        there.set()
        not_there.clear()


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A listener in every process: told of events while it lives, at most once, and of none that it missed.

    ``began`` is called whenever the telling begins: at first, and after it was interrupted. It lasts while there is
    an ``audience``, which there always is if none is given.
    """

    types: frozenset[str] | None
    tell: Callable[[Sequence[Envelope]], None]
    began: Callable[[], None] = lambda: None
    audience: Audience = field(default_factory=lambda: Audience(1))


def each(handle: Callable[[Connection, Envelope], Awaitable[None]]) -> Handler:
    """Answer the handler that handles events one after the other, each as the work of the request that caused it."""

    async def handle_all(connection: Connection, envelopes: Sequence[Envelope]) -> None:
        for envelope in envelopes:
            came_from(envelope.origin)
            await handle(connection, envelope)

    return handle_all
