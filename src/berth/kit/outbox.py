"""Events, written in the transaction of the change they tell of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import orjson

from berth.kit.db import Connection


@dataclass(frozen=True, slots=True)
class Event:
    """The base of every event in ``contracts``: a frozen value with a versioned CloudEvents type."""

    type: ClassVar[str]

    @property
    def subject(self) -> str:
        """Name what changed, such as ``reservation/42``; events of one subject keep their order."""
        raise TypeError(f"{type(self).__name__} does not say what its subject is")

    def data(self) -> str:
        """Answer the event's own members as JSON."""
        return orjson.dumps(self, option=orjson.OPT_UTC_Z).decode()


async def write(connection: Connection, schema: str, events: Sequence[Event]) -> None:
    """Put the events into the module's outbox, in this order and in the caller's transaction."""
    if not events:
        return
    await connection.execute(
        f"""
        insert into {schema}.outbox (type, subject, data)
        select type, subject, data::jsonb
        from unnest($1::text[], $2::text[], $3::text[]) as event (type, subject, data)
        """,
        [event.type for event in events],
        [event.subject for event in events],
        [event.data() for event in events],
    )
