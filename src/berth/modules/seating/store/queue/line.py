"""Joining the line, asking in it, leaving it, and how it looks from a place in it.

Several may join at once: they share the lock that is held alone while people are let in.
"""

from datetime import datetime

from berth.kit.db import Connection, Database
from berth.modules.seating.domain.queue import ABSENT_AFTER, MEASURED, Sight


async def still_there(database: Database, performance_id: int, person_id: int, now: datetime) -> bool:
    """Note that somebody asks who waits or is inside; false if they are neither."""
    found = await database.fetch_value(
        """
        update seating.queue_place
        set asked_at = $3
        where performance_id = $1
          and person_id = $2
          and (admitted_until is null or admitted_until > $3)
        returning true
        """,
        performance_id,
        person_id,
        now,
    )
    return found is not None


async def join(database: Database | Connection, performance_id: int, person_id: int, now: datetime) -> None:
    """Give somebody the last place, unless they wait or are inside.

    The number is drawn once the lock is shared. So when people are let in, every number below the highest is seen.
    """
    await database.execute(
        """
        with locked as materialized (
            select pg_advisory_xact_lock_shared(hashtextextended('berth.seating.queue/' || $1::bigint, 0))
        ),
        number as materialized (
            select nextval('seating.queue_number') as number
            from locked
        )
        insert into seating.queue_place (performance_id, person_id, number, asked_at)
        select $1, $2, number, $3
        from number
        on conflict on constraint queue_place_pk do update
            set number = excluded.number,
                asked_at = excluded.asked_at,
                admitted_at = null,
                admitted_until = null
            where queue_place.admitted_until <= $3
        """,
        performance_id,
        person_id,
        now,
    )


async def leave(database: Database, performance_id: int, person_id: int) -> bool:
    """Take somebody out of the queue, or the room; tell whether a place inside became free."""
    freed = await database.fetch_value(
        """
        delete from seating.queue_place
        where performance_id = $1
          and person_id = $2
        returning admitted_at is not null
        """,
        performance_id,
        person_id,
    )
    return bool(freed)


async def see(database: Database, performance_id: int, person_id: int, now: datetime) -> Sight:
    """Answer the queue as this person sees it."""
    [row] = await database.fetch(
        """
        select
            place.number is not null as joined,
            place.admitted_until,
            (
                select count(*)
                from seating.queue_place
                where performance_id = $1
                  and admitted_at is not null
                  and admitted_until > $3
            ) as inside,
            (
                select count(*)
                from seating.queue_place as other
                where other.performance_id = $1
                  and other.admitted_at is null
                  and other.asked_at > $4
                  and (place.number is null or place.admitted_at is not null or other.number < place.number)
            ) as ahead,
            (
                select due_at
                from seating.timer
                where key = 'queue/' || $1::bigint
            ) as next_look_at,
            queue.opened_at,
            coalesce(
                (
                    select sum(people)
                    from seating.queue_succession
                    where performance_id = $1
                      and happened_at > $5
                ),
                0
            ) as succeeded
        from (select $1::bigint as performance_id) as asked
        left join seating.queue_place as place
            on place.performance_id = asked.performance_id
           and place.person_id = $2
        left join seating.queue on queue.performance_id = asked.performance_id
        """,
        performance_id,
        person_id,
        now,
        now - ABSENT_AFTER,
        now - MEASURED,
    )
    return Sight(**dict(row))
