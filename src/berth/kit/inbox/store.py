"""The inbox of a module in SQL: what its groups are to handle, and what they have handled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from berth.kit.db import Connection, Database
from berth.kit.outbox.event import Envelope, envelope_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event that a group is to handle; ``attempts`` counts the tries that failed."""

    id: int
    attempts: int
    envelope: Envelope


async def store(database: Connection | Database, schema: str, group: str, envelopes: Sequence[Envelope]) -> None:
    """Put events into the inbox for a group, in this order; those that came before are left out."""
    await database.execute(
        f"""
        insert into {schema}.inbox
            (group_name, source, number, type, subject, data, occurred_at, trace_parent, address)
        select $1, source, number, type, subject, data::jsonb, occurred_at, trace_parent, address
        from unnest(
            $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::text[], $9::text[]
        ) with ordinality
            as event (source, number, type, subject, data, occurred_at, trace_parent, address, place)
        order by place
        on conflict on constraint inbox_once do nothing
        """,
        group,
        [one.source for one in envelopes],
        [one.number for one in envelopes],
        [one.type for one in envelopes],
        [one.subject for one in envelopes],
        [one.data for one in envelopes],
        [one.time for one in envelopes],
        [one.trace_parent for one in envelopes],
        [one.address for one in envelopes],
    )


async def claim(
    connection: Connection, schema: str, group: str, without_subjects: Iterable[str], limit: int
) -> list[Waiting]:
    """Lock and answer the first events that wait, in the order in which they came, leaving some subjects out."""
    rows = await connection.fetch(
        f"""
        select id, attempts, source, number, type, subject, data::text, occurred_at, trace_parent, address
        from {schema}.inbox
        where group_name = $1
          and handled_at is null
          and subject <> all($2::text[])
        order by id
        limit $3
        for update
        """,
        group,
        list(without_subjects),
        limit,
    )
    return [Waiting(row["id"], row["attempts"], envelope_of(row, row["source"], row["number"])) for row in rows]


async def claim_one(connection: Connection, schema: str, id_: int) -> bool:
    """Lock one event; tell whether it still waits."""
    return bool(
        await connection.fetchval(
            f"""
            select true
            from {schema}.inbox
            where id = $1
              and handled_at is null
            for update
            """,
            id_,
        )
    )


async def handled(connection: Connection, schema: str, ids: Sequence[int]) -> None:
    """Note, in the transaction of their effects, that events were handled."""
    await connection.execute(f"update {schema}.inbox set handled_at = now() where id = any($1::bigint[])", ids)


async def failed(database: Database, schema: str, id_: int, due_at: datetime) -> None:
    """Note that a try failed, and when the next is due."""
    await database.execute(
        f"""
        update {schema}.inbox
        set attempts = attempts + 1, due_at = $2
        where id = $1
          and handled_at is null
        """,
        id_,
        due_at,
    )


async def bury(database: Database, schema: str, id_: int, error: str) -> None:
    """Move an event to the dead letters, since its last try failed; its row stays as handled, so that it comes once."""
    await database.execute(
        f"""
        with dead as (
            update {schema}.inbox
            set handled_at = now(), attempts = attempts + 1
            where id = $1
              and handled_at is null
            returning group_name, source, number, type, subject, data, occurred_at, trace_parent, address, attempts
        )
        insert into {schema}.dead_letter
            (group_name, source, number, type, subject, data, occurred_at, trace_parent, address, attempts, error)
        select group_name, source, number, type, subject, data, occurred_at, trace_parent, address, attempts, $2
        from dead
        on conflict on constraint dead_letter_once do update
            set attempts = excluded.attempts,
                error = excluded.error,
                died_at = now()
        """,
        id_,
        error,
    )


async def delayed(database: Database, schema: str, group: str) -> dict[str, datetime]:
    """Answer the subjects whose first event waits for its next try, and when that is due."""
    rows = await database.fetch(
        f"""
        select subject, max(due_at) as due_at
        from {schema}.inbox
        where group_name = $1
          and handled_at is null
          and due_at is not null
        group by subject
        """,
        group,
    )
    return {row["subject"]: row["due_at"] for row in rows}


async def forget(database: Database, schema: str, before: datetime, most: int) -> int:
    """Delete some of the oldest events that were handed on or handled before this instant; answer how many."""
    deleted = 0
    for table, done_at in (("outbox", "published_at"), ("inbox", "handled_at")):
        tag = await database.execute(
            f"""
            delete from {schema}.{table}
            where id in (
                select id
                from (
                    select id, {done_at}
                    from {schema}.{table}
                    order by id
                    limit $2
                ) as oldest
                where {done_at} < $1
            )
            """,
            before,
            most,
        )
        deleted += int(tag.split()[1])
    return deleted
