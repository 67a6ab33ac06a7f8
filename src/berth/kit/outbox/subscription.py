"""Who listens to what: a group has each event handled once, a broadcast reaches every live process."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from berth.kit.db import Connection
from berth.kit.origin import came_from
from berth.kit.outbox.event import Envelope

Handler = Callable[[Connection, Sequence[Envelope]], Awaitable[None]]
"""Handles events in the transaction of the connection, in their order; an error undoes all it did.

After an error the same events come again, one by one, so that one which fails cannot spoil the others.
Several events have no one origin: whoever writes events while handling some states that of each.
"""


@dataclass(frozen=True, slots=True)
class Group:
    """A listener that handles each event once. ``types`` are those it wants; none stands for all.

    After a batch it lets events gather for ``gather_seconds``: few large batches cost less than many small ones, where
    nobody waits for what the group does.
    """

    name: str
    types: frozenset[str] | None = None
    gather_seconds: float = 0.0

    def wants(self, type_: str) -> bool:
        """Tell whether the group listens to events of this type."""
        return self.types is None or type_ in self.types


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A listener in every process: told of events while it lives, at most once, and of none that it missed."""

    types: frozenset[str] | None
    tell: Callable[[Sequence[Envelope]], None]


def each(handle: Callable[[Connection, Envelope], Awaitable[None]]) -> Handler:
    """Answer the handler that handles events one after the other, each as the work of the request that caused it."""

    async def handle_all(connection: Connection, envelopes: Sequence[Envelope]) -> None:
        for envelope in envelopes:
            came_from(envelope.origin)
            await handle(connection, envelope)

    return handle_all
