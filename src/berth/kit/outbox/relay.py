"""Hands events on from an outbox: to the modules of the same database, or to a broker."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from berth.kit.bus.port import Bus, BusAway
from berth.kit.db import Connection, Database
from berth.kit.outbox.event import Envelope, envelope_of
from berth.kit.outbox.pace import GATHER_SECONDS, Bell, Courtesy
from berth.kit.outbox.subscription import Group
from berth.kit.telemetry.watch import Watch

BATCH_MAX = 200

EVENT = "id, type, subject, data, occurred_at, trace_parent, address"


@dataclass(frozen=True, slots=True)
class Listener:
    """A group and the schema of the module whose it is."""

    schema: str
    group: Group


class Relay:
    """The one who hands on what stands in the outbox of a module; the caller sees that there is one at a time.

    What is still to be handed on is told by its own mark, never by a number: numbers do not commit in order.
    Those of one subject do, since whoever writes the second has seen the first.
    """

    def __init__(self, hand_on: Callable[[], Awaitable[int]], bell: Bell, courtesy: Courtesy) -> None:
        self._hand_on = hand_on
        self._bell = bell
        self._courtesy = courtesy

    async def run(self) -> None:
        """Hand on what comes, until cancelled; raises ``DatabaseAway`` or ``BusAway``."""
        while True:
            handed_on = await self._courtesy.work(self._hand_on)
            if handed_on < BATCH_MAX:
                await asyncio.sleep(GATHER_SECONDS if handed_on else 0.0)
                await self._bell.wait()


def to_parcels(
    database: Database, schema: str, listeners: Sequence[Listener], handed_on: Callable[[Sequence[Envelope]], None]
) -> Callable[[], Awaitable[int]]:
    """Answer the step that hands a batch on to all who listen in this database, in one statement.

    ``database`` must be open to all their schemas. ``handed_on`` is called after the commit.
    """
    sql = _statement(schema, listeners)
    types = [None if one.group.types is None else sorted(one.group.types) for one in listeners]
    names = [one.group.name for one in listeners]

    async def step() -> int:
        values = [value for pair in zip(names, types, strict=True) for value in pair]
        envelopes = [envelope_of(row, schema, row["id"]) for row in await database.fetch(sql, BATCH_MAX, *values)]
        if envelopes:
            handed_on(envelopes)
        return len(envelopes)

    return step


def _statement(schema: str, listeners: Sequence[Listener]) -> str:
    inserts = "".join(
        f"""
        parcel_{place} as (
            insert into {one.schema}.parcel (group_name, source, numbers)
            select ${2 * place + 2}, '{schema}', array_agg(id order by id)
            from ready
            where ${2 * place + 3}::text[] is null
               or type = any(${2 * place + 3}::text[])
            having count(*) > 0
        ),"""
        for place, one in enumerate(listeners)
    )
    return f"""
        with ready as materialized (
            select {EVENT}
            from {schema}.outbox
            where published_at is null
            order by id
            limit $1
            for update
        ),{inserts}
        published as (
            update {schema}.outbox
            set published_at = now()
            where id in (select id from ready)
        )
        select {EVENT}
        from ready
        order by id
    """


async def load(database: Database, schema: str, numbers: Sequence[int]) -> Sequence[Envelope]:
    """Answer the events of an outbox with these numbers, in their order."""
    rows = await database.fetch(
        f"""
        select {EVENT}
        from {schema}.outbox
        where id = any($1::bigint[])
        order by id
        """,
        numbers,
    )
    return [envelope_of(row, schema, row["id"]) for row in rows]


def to_broker(database: Database, schema: str, bus: Bus, watch: Watch) -> Callable[[], Awaitable[int]]:
    """Answer the step that publishes a batch, and marks what the broker has confirmed.

    It raises ``BusAway`` if that is not all.
    """

    async def step() -> int:
        rows = await database.fetch(
            f"""
            select {EVENT}
            from {schema}.outbox
            where published_at is null
            order by id
            limit $1
            """,
            BATCH_MAX,
        )
        if not rows:
            return 0
        with watch.tracer.publishing([envelope_of(row, schema, row["id"]) for row in rows]) as traced:
            confirmed = await bus.publish(traced)
        await _mark(database, schema, [one.number for one in confirmed])
        watch.deliveries.published(schema, len(confirmed))
        if len(confirmed) < len(rows):
            raise BusAway(f"The broker has confirmed {len(confirmed)} of {len(rows)} events.")
        return len(rows)

    return step


async def _mark(database: Connection | Database, schema: str, numbers: Sequence[int]) -> None:
    await database.execute(
        f"update {schema}.outbox set published_at = now() where id = any($1::bigint[])", list(numbers)
    )
