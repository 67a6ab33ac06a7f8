"""Timers: something to do at a time, set and cancelled in the transaction of the change that wants it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from berth.kit.clock import Clock
from berth.kit.db import Connection, Database, after_commit
from berth.kit.origin import came_from
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.pace import IDLE_SECONDS_MAX, Bell
from berth.kit.outbox.subscription import Handler

TIMERS, TIMER = "timers", "timer"
"""The group and the source of timers that fell due, in the inbox of their module."""

DUE_AT_ONCE = 200


class Timers:
    """A module's own timers. One that falls due comes to the module's handler of its name, as an event.

    The bell is rung for those that are due before the alarm looks anyway.
    """

    def __init__(self, schema: str, bell: Bell, clock: Clock = lambda: datetime.now(UTC)) -> None:
        self.schema = schema
        self._bell = bell
        self._clock = clock

    async def set(
        self, connection: Connection, key: str, due_at: datetime, name: str, data: Mapping[str, Any] | None = None
    ) -> None:
        """Set the timer of this key, in place of the one that has it; ``key`` is the subject when it falls due."""
        await self.set_all(connection, name, {key: due_at}, data)

    async def set_all(
        self, connection: Connection, name: str, due_at: Mapping[str, datetime], data: Mapping[str, Any] | None = None
    ) -> None:
        """Set the timers of these keys, each due at its own time."""
        if not due_at:
            return
        await connection.execute(
            f"""
            insert into {self.schema}.timer (key, name, data, due_at)
            select key, $2, $3::text::jsonb, due_at
            from unnest($1::text[], $4::timestamptz[]) as wanted (key, due_at)
            order by key
            on conflict on constraint timer_pk do update
                set number = default,
                    name = excluded.name,
                    data = excluded.data,
                    due_at = excluded.due_at
            """,
            list(due_at),
            name,
            orjson.dumps(data or {}, option=orjson.OPT_UTC_Z).decode(),
            list(due_at.values()),
        )
        if min(due_at.values()) < self._clock() + timedelta(seconds=IDLE_SECONDS_MAX):
            after_commit(connection, self._bell.ring)

    async def cancel(self, connection: Connection, key: str) -> None:
        """Cancel the timer of this key, if it has not fallen due."""
        await self.cancel_all(connection, [key])

    async def cancel_all(self, connection: Connection, keys: Sequence[str]) -> None:
        """Cancel the timers of these keys that have not fallen due."""
        if keys:
            await connection.execute(f"delete from {self.schema}.timer where key = any($1::text[])", keys)


async def due(database: Database, schema: str, now: datetime, limit: int) -> int:
    """Move the timers that are due into the module's inbox, in their order; answer how many."""
    return int(
        await database.fetch_value(
            f"""
            with due as (
                delete from {schema}.timer
                where key in (
                    select key
                    from {schema}.timer
                    where due_at <= $1
                    order by due_at
                    limit $2
                    for update skip locked
                )
                returning key, number, name, data, due_at
            ),
            moved as (
                insert into {schema}.inbox (group_name, source, number, type, subject, data, occurred_at)
                select '{TIMERS}', '{TIMER}', number, name, key, data, due_at
                from due
                order by due_at, number
                on conflict on constraint inbox_once do nothing
            )
            select count(*)
            from due
            """,
            now,
            limit,
        )
    )


async def next_due(database: Database, schema: str) -> datetime | None:
    """Answer when the next timer falls due, if there is one."""
    found: datetime | None = await database.fetch_value(f"select min(due_at) from {schema}.timer")
    return found


def by_name(handlers: Mapping[str, Handler]) -> Handler:
    """Answer the handler that gives each timer to the one of its name, in their order."""

    async def handle(connection: Connection, envelopes: Sequence[Envelope]) -> None:
        for envelope in envelopes:
            came_from(None)
            await handlers[envelope.type](connection, [envelope])

    return handle


class Alarm:
    """The one who sees to it that timers of a module fall due; the caller sees that there is one at a time."""

    def __init__(
        self, *, database: Database, schema: str, clock: Clock, bell: Bell, fallen_due: Callable[[], None]
    ) -> None:
        self._database = database
        self._schema = schema
        self._clock = clock
        self._bell = bell
        self._fallen_due = fallen_due

    async def run(self) -> None:
        """Wait for timers, until cancelled; raises ``DatabaseAway``."""
        while True:
            if await due(self._database, self._schema, self._clock(), DUE_AT_ONCE):
                self._fallen_due()
                continue
            next_at = await next_due(self._database, self._schema)
            left = IDLE_SECONDS_MAX if next_at is None else (next_at - self._clock()).total_seconds()
            await self._bell.wait(min(max(left, 0.001), IDLE_SECONDS_MAX))
