"""What calendars do when something ends that may have stood in the way of a busy time."""

from collections.abc import Sequence

import orjson

from berth.contracts.booking import (
    ChangeRefused,
    ReservationCancelled,
    ReservationChanged,
    ReservationFinished,
    ReservationMissed,
)
from berth.contracts.reservations import BlackoutLifted
from berth.kit.db import Connection
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.subscription import Group, Handler
from berth.modules.calendar.usecases.subscriptions import Subscriptions

FREEING = (
    BlackoutLifted,
    ChangeRefused,
    ReservationCancelled,
    ReservationChanged,
    ReservationFinished,
    ReservationMissed,
)
GROUP = Group("calendar", frozenset(one.type for one in FREEING), gather_seconds=0.03)


def fill_anew(subscriptions: Subscriptions) -> Handler:
    """Answer the handler that has busy times closed where a batch of events may have left a gap."""

    async def handle(connection: Connection, envelopes: Sequence[Envelope]) -> None:
        resource_ids: set[int] = set()
        for one in envelopes:
            data = orjson.loads(one.data)
            resource_ids.update(data["resource_ids"], (data.get("before") or {}).get("resource_ids", ()))
        await subscriptions.fill_anew(connection, sorted(resource_ids))

    return handle
