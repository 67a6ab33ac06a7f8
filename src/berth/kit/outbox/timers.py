"""Timers: something to do at a time, set and cancelled in the transaction of the change that wants it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson

from berth.kit.db import Connection
from berth.kit.outbox.pace import Bell

TIMERS = "timers"
"""The group and the source of timers that fell due, in the inbox of their module."""


class Timers:
    """A module's own timers. One that falls due comes to the module's handler of its name, as an event."""

    def __init__(self, schema: str, bell: Bell) -> None:
        self.schema = schema
        self._bell = bell

    async def set(
        self, connection: Connection, key: str, due_at: datetime, name: str, data: Mapping[str, Any] | None = None
    ) -> None:
        """Set the timer of this key, in place of the one that has it; ``key`` is the subject when it falls due."""
        await connection.execute(
            f"""
            insert into {self.schema}.timer (key, name, data, due_at)
            values ($1, $2, $3::text::jsonb, $4)
            on conflict (key) do update
                set number = default,
                    name = excluded.name,
                    data = excluded.data,
                    due_at = excluded.due_at
            """,
            key,
            name,
            orjson.dumps(data or {}, option=orjson.OPT_UTC_Z).decode(),
            due_at,
        )
        self._bell.ring()

    async def cancel(self, connection: Connection, key: str) -> None:
        """Cancel the timer of this key, if it has not fallen due."""
        await connection.execute(f"delete from {self.schema}.timer where key = $1", key)
