"""Letting people in and out, and how long they stay.

Outside of ``lock`` a person's place is the last row that a transaction locks, so that nobody waits in a circle.
"""

from dataclasses import dataclass
from datetime import datetime

from berth.kit.db import Connection
from berth.modules.seating.domain.queue import ABSENT_AFTER, MEASURED, STAY


async def lock(connection: Connection, performance_id: int) -> None:
    """Let nobody else join or let people in until the transaction ends."""
    await connection.execute(
        "select pg_advisory_xact_lock(hashtextextended('berth.seating.queue/' || $1::bigint, 0))", performance_id
    )


async def clear(connection: Connection, performance_id: int, now: datetime) -> None:
    """Free the places of those whose stay is over; all of them, and all who wait, if there is nothing to wait for."""
    await connection.execute(
        """
        delete from seating.queue_place
        where performance_id = $1
          and (
              admitted_until <= $2
              or not exists (
                  select
                  from seating.performance
                  where id = $1
                    and state = 'scheduled'
                    and sales_end > $2
                    and admitted_max is not null
              )
          )
        """,
        performance_id,
        now,
    )


# Everybody who was admitted counts as inside, whatever their end: `clear` removed those it could, and whose stay was
# put off meanwhile is still there. `passed` are those who were absent when somebody behind them got in, or all did.
ADMIT = """
with room as materialized (
    select
        greatest(performance.admitted_max - inside.people, 0) as places,
        inside.people as inside
    from seating.performance
    cross join (
        select count(*) as people
        from seating.queue_place
        where performance_id = $1
          and admitted_at is not null
    ) as inside
    where performance.id = $1
      and performance.state = 'scheduled'
      and performance.sales_start <= $2
      and performance.sales_end > $2
      and performance.admitted_max is not null
),
turn as materialized (
    select person_id, number
    from seating.queue_place
    where performance_id = $1
      and admitted_at is null
      and asked_at > $3
    order by number
    limit coalesce((select places from room), 0)
),
admitted as (
    update seating.queue_place
    set admitted_at = $2,
        admitted_until = $4
    from turn
    where queue_place.performance_id = $1
      and queue_place.person_id = turn.person_id
      and queue_place.number = turn.number
      and queue_place.admitted_at is null
    returning turn.number
),
passed as (
    delete from seating.queue_place
    where performance_id = $1
      and admitted_at is null
      and asked_at <= $3
      and (
          number < (select max(number) from turn)
          or (select count(*) from turn) < (select places from room)
      )
),
counted as materialized (
    select
        inside + (select count(*) from admitted) as inside,
        (select count(*) from admitted) as admitted
    from room
),
opened as (
    insert into seating.queue (performance_id, opened_at, inside_most)
    select $1, $2, inside
    from counted
    where admitted > 0
    on conflict on constraint queue_pk do update
        set inside_most = greatest(queue.inside_most, excluded.inside_most)
),
forgotten as (
    delete from seating.queue_succession
    where performance_id = $1
      and happened_at <= $5
),
succeeded as (
    select admitted - greatest(inside - before.inside_most, 0) as people
    from counted
    cross join (
        select coalesce((select inside_most from seating.queue where performance_id = $1), 0) as inside_most
    ) as before
)
insert into seating.queue_succession (performance_id, happened_at, people)
select $1, $2, people
from succeeded
where people > 0
on conflict on constraint queue_succession_pk do update
    set people = queue_succession.people + excluded.people
"""


async def admit(connection: Connection, performance_id: int, now: datetime) -> None:
    """Let in as many as there is room for, by their numbers; the caller has the lock."""
    await connection.execute(ADMIT, performance_id, now, now - ABSENT_AFTER, now + STAY, now - MEASURED)


@dataclass(frozen=True, slots=True)
class Left:
    """Whether there is anybody at all, and anybody who waits, and when the next stay ends."""

    anybody: bool
    anybody_waits: bool
    next_end: datetime | None


async def left(connection: Connection, performance_id: int) -> Left:
    """Answer who is left to be looked after."""
    row = await connection.fetchrow(
        """
        select
            count(*) > 0 as anybody,
            count(*) > count(admitted_until) as anybody_waits,
            min(admitted_until) as next_end
        from seating.queue_place
        where performance_id = $1
        """,
        performance_id,
    )
    return Left(**dict(row))


async def put_off(connection: Connection, performance_id: int, person_id: int, until: datetime, now: datetime) -> bool:
    """Let somebody who is inside stay until then at least; false if they are not inside."""
    found = await connection.fetchval(
        """
        update seating.queue_place
        set admitted_until = greatest(admitted_until, $3)
        where performance_id = $1
          and person_id = $2
          and admitted_until > $4
        returning true
        """,
        performance_id,
        person_id,
        until,
        now,
    )
    return found is not None


async def released(connection: Connection, performance_id: int, person_id: int) -> None:
    """Let somebody who gave a hold back stay as long as without it: their time, or until their last hold ends."""
    await connection.execute(
        """
        update seating.queue_place
        set admitted_until = greatest(
            admitted_at + $3::interval,
            (
                select max(expires_at)
                from seating.seat_hold
                where person_id = $2
                  and performance_id = $1
                  and state = 'active'
            )
        )
        where performance_id = $1
          and person_id = $2
          and admitted_at is not null
        """,
        performance_id,
        person_id,
        STAY,
    )


async def bought(connection: Connection, performance_id: int, person_id: int) -> None:
    """Let somebody out who has bought, unless they hold more."""
    await connection.execute(
        """
        delete from seating.queue_place
        where performance_id = $1
          and person_id = $2
          and admitted_at is not null
          and not exists (
              select
              from seating.seat_hold
              where person_id = $2
                and performance_id = $1
                and state = 'active'
          )
        """,
        performance_id,
        person_id,
    )
