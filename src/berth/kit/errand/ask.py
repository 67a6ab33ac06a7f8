"""Asking for errands, in the transaction of the change that wants them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson

from berth.kit.db import Connection, after_commit
from berth.kit.origin import origin
from berth.kit.outbox.pace import Bell


class Errands:
    """A module's own errands. Each comes to the module's function of its name, at least once."""

    def __init__(self, schema: str, bell: Bell) -> None:
        self.schema = schema
        self._bell = bell

    async def ask(
        self,
        connection: Connection,
        key: str,
        name: str,
        data: Mapping[str, Any] | None = None,
        *,
        due_at: datetime | None = None,
    ) -> None:
        """Have the errand done, now or at a time, in place of the one that has this key.

        One of the same key that is under way is done to its end, and this one after it: they never overlap.
        """
        came_from = origin()
        await connection.execute(
            f"""
            insert into {self.schema}.errand (key, name, data, trace_parent, address, due_at)
            values ($1, $2, $3::text::jsonb, $4, $5, coalesce($6, now()))
            on conflict (key) do update
                set number = default,
                    name = excluded.name,
                    data = excluded.data,
                    trace_parent = excluded.trace_parent,
                    address = excluded.address,
                    attempts = 0,
                    due_at = excluded.due_at,
                    given_up_at = null,
                    error = null
            """,
            key,
            name,
            orjson.dumps(data or {}, option=orjson.OPT_UTC_Z).decode(),
            came_from and came_from.trace_parent,
            came_from and came_from.address,
            due_at,
        )
        self.ring(connection)

    def ring(self, connection: Connection) -> None:
        """Say that there will be errands once this transaction commits, for who asks by a statement of his own."""
        after_commit(connection, self._bell.ring)

    async def cancel(self, connection: Connection, key: str) -> None:
        """Forget the errand of this key, if it is not under way."""
        await connection.execute(f"delete from {self.schema}.errand where key = $1", key)
