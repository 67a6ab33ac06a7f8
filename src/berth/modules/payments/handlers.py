"""What payments does when others tell something, when a time comes, and in the world outside."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from berth.kit.db import Connection
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.subscription import Handler, each
from berth.modules.payments.usecases.books import DUE, HOLD_ENDS, START
from berth.modules.payments.usecases.clockwork import Clockwork

Verb = Callable[[Connection, dict[str, Any]], Awaitable[None]]


def by_the_clock(clockwork: Clockwork) -> Mapping[str, Handler]:
    """Answer the handlers of the timers, by name."""
    return {
        DUE: _with_data(clockwork.due),
        START: _with_data(clockwork.start),
        HOLD_ENDS: _with_data(clockwork.hold_ends),
    }


def _with_data(verb: Verb) -> Handler:
    async def handle(connection: Connection, envelope: Envelope) -> None:
        await verb(connection, envelope.members())

    return each(handle)
