"""What must hold when everything stands again: read from the database, behind Berth's back."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import asyncpg

from berth.app.doctor.reconciliation import QUIET, disagreements
from berth.kit.db import Connection
from chaos.load import Told

SETTLE_SECONDS_MAX = 240.0
LISTENING = ("audit", "notifications")

OVERLAPS = """
select count(*)
from booking.allocation as one
join booking.allocation as other
    on other.resource_id = one.resource_id
   and other.occupies && one.occupies
   and other.ctid <> one.ctid
where one.active
  and other.active
"""

# An event of the outbox without its entry, an entry of no event, and events with more than one.
AUDITED = """
with event as (
    {events}
),
entry as (
    select split_part(event, '/', 1) as source, split_part(event, '/', 2)::bigint as number, count(*) as times
    from audit.entry
    group by event
)
select count(*)
from event
full join entry
    on entry.source = event.source
   and entry.number = event.number
where event.number is null
   or entry.number is null
   or entry.times <> 1
"""

OUT_OF_ORDER = """
select count(*)
from (
    select number, lag(number) over (partition by source, subject order by sequence) as number_before
    from (
        select sequence, subject, split_part(event, '/', 1) as source, split_part(event, '/', 2)::bigint as number
        from audit.entry
    ) as numbered
) as entry
where number < number_before
"""

# Whoever has reserved is told of these.
TOLD = (
    "('reservation_created', 'reservation_changed', 'reservation_cancelled', 'reservation_ready', 'reservation_missed')"
)
NOTIFIED = f"""
with event as (
    select subject, split_part(type, '.', 3) as kind, count(*) as times
    from booking.outbox
    where split_part(type, '.', 3) in {TOLD}
    group by subject, kind
),
told as (
    select subject, kind, count(*) as times
    from notifications.notification
    where kind in {TOLD}
    group by subject, kind
)
select count(*)
from event
full join told
    on told.subject = event.subject
   and told.kind = event.kind
where told.times is distinct from event.times
"""


UNDECIDED = """
select count(*)
from booking.reservation
where state not in ('ready', 'in_use', 'finished', 'cancelled', 'no_show')
"""

UNANSWERED = """
select count(*)
from booking.confirmation
where standing in ('asked', 'withdrawn', 'closing')
"""


@dataclass(frozen=True)
class Finding:
    """One thing that must hold, and how often it does not."""

    what: str
    broken: int


async def prove(database_url: str, told: Told) -> Sequence[Finding]:
    """Wait until every event is handled, and answer what was looked for and how much of it was found."""
    connection = await asyncpg.connect(database_url)
    try:
        schemas = await _schemas(connection)
        left = await _settled(connection, schemas)
        return [
            Finding("events still waiting", left),
            Finding("reservations that overlap", await connection.fetchval(OVERLAPS)),
            Finding("acknowledged reservations lost", await _lost(connection, told)),
            Finding("acknowledged cancellations lost", await _uncancelled(connection, told)),
            Finding("events not audited exactly once", await _not_audited_once(connection, schemas)),
            Finding("events audited out of their subject's order", await connection.fetchval(OUT_OF_ORDER)),
            Finding("reservation events not notified exactly once", await connection.fetchval(NOTIFIED)),
            Finding("check-ins lost", await _not_begun(connection, told)),
            Finding("reservations neither ready, in use nor over", await connection.fetchval(UNDECIDED)),
            Finding("reservations that allowances, codes or payments disagree with", await _disagreements(connection)),
            Finding("dead letters", await _count(connection, schemas, "dead_letter", "true")),
        ]
    finally:
        await connection.close()


async def _schemas(connection: Connection) -> list[str]:
    rows = await connection.fetch("select schemaname from pg_tables where tablename = 'outbox' order by schemaname")
    return [row["schemaname"] for row in rows]


async def _count(connection: Connection, schemas: Sequence[str], table: str, condition: str) -> int:
    each = " union all ".join(f"select count(*) as found from {schema}.{table} where {condition}" for schema in schemas)
    return int(await connection.fetchval(f"select sum(found) from ({each}) as counted"))


async def _settled(connection: Connection, schemas: Sequence[str]) -> int:
    """Wait until nothing is on its way; answer what is left after too long a time."""
    give_up = asyncio.get_running_loop().time() + SETTLE_SECONDS_MAX
    while True:
        left = (
            await _count(connection, schemas, "outbox", "published_at is null")
            + await _count(connection, schemas, "parcel", "true")
            + await _count(connection, schemas, "inbox", "handled_at is null")
        )
        if not left:
            # What a broker still carries is in no table: it counts once it has arrived.
            await asyncio.sleep(1.0)
            if not await _not_audited_once(connection, schemas) and not (
                await connection.fetchval(NOTIFIED) or await connection.fetchval(UNANSWERED)
            ):
                return 0
        if asyncio.get_running_loop().time() > give_up:
            return left
        await asyncio.sleep(0.5)


async def _not_audited_once(connection: Connection, schemas: Sequence[str]) -> int:
    events = " union all ".join(
        f"select '{schema}' as source, id as number from {schema}.outbox"
        for schema in schemas
        if schema not in LISTENING
    )
    return int(await connection.fetchval(AUDITED.format(events=events)))


async def _lost(connection: Connection, told: Told) -> int:
    found = await connection.fetch("select id from booking.reservation where id = any($1::bigint[])", list(told.made))
    return len(told.made - {row["id"] for row in found})


async def _uncancelled(connection: Connection, told: Told) -> int:
    return int(
        await connection.fetchval(
            "select count(*) from booking.reservation where id = any($1::bigint[]) and state <> 'cancelled'",
            list(told.cancelled),
        )
    )


async def _not_begun(connection: Connection, told: Told) -> int:
    return int(
        await connection.fetchval(
            """
            select count(*)
            from booking.reservation
            where id = any($1::bigint[])
              and state not in ('in_use', 'finished')
            """,
            list(told.begun),
        )
    )


async def _disagreements(connection: Connection) -> int:
    """Reconcile, as ``berth doctor`` does, as if it were long after the load."""
    found = await disagreements(connection, datetime.now(UTC) + QUIET)
    return sum(len(ids) for _, ids in found)
