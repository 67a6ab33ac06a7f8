"""How reservations stand, as far as their events told, and when their owners are reminded of them."""

from collections.abc import Sequence
from datetime import datetime

from berth.kit.db import Connection, Database
from berth.modules.notifications.domain.course import Course, Reminded
from berth.modules.notifications.domain.kinds import REMINDER_HOURS_DEFAULT

LOCK_KEY = 0x6E74726D  # "ntrm": only reminders take this lock
REMIND_AT_ONCE_MAX = 200

# A reservation that holds is reminded of some hours before its start, unless it was placed later than that. An
# event that comes late or again changes nothing. Of a start that was reminded of, nobody is reminded again.
FOLLOW = """
insert into notifications.reservation as known (
    id, number, sequence, owner_id, title, resource_ids, state, starts_at, ends_at, placed_at, refusal, remind_at
)
select
    id, number, steps, owner_id, title, resource_ids::bigint[], state, starts_at, ends_at, placed_at, refusal,
    case when remind_at > placed_at then remind_at end
from (
    select
        course.id, course.number, course.steps, course.owner_id, course.title, course.resource_ids, course.state,
        course.starts_at, course.ends_at, course.refusal,
        coalesce(course.placed_at, '-infinity') as placed_at,
        case
            when course.state = 'ready' and reminder.person_id is null
                then course.starts_at - make_interval(hours => $12)
            when course.state = 'ready'
                then course.starts_at - make_interval(hours => reminder.hours)
        end as remind_at
    from unnest(
        $1::bigint[], $2::bigint[], $3::integer[], $4::bigint[], $5::text[], $6::text[], $7::text[],
        $8::timestamptz[], $9::timestamptz[], $10::timestamptz[], $11::text[]
    ) as course (id, number, steps, owner_id, title, resource_ids, state, starts_at, ends_at, placed_at, refusal)
    left join notifications.reminder
      on reminder.person_id = course.owner_id
) as course
order by id
on conflict (id) do update
    set number = excluded.number,
        sequence = known.sequence + excluded.sequence,
        owner_id = excluded.owner_id,
        title = excluded.title,
        resource_ids = excluded.resource_ids,
        state = excluded.state,
        starts_at = excluded.starts_at,
        ends_at = excluded.ends_at,
        placed_at = greatest(known.placed_at, excluded.placed_at),
        refusal = excluded.refusal,
        remind_at = case
            when excluded.remind_at > known.placed_at and known.reminded_start is distinct from excluded.starts_at
                then excluded.remind_at
        end
    where known.number < excluded.number
"""


async def lock_shared(connection: Connection) -> None:
    """Keep people from changing when they are reminded until the transaction ends."""
    await connection.execute("select pg_advisory_xact_lock_shared($1)", LOCK_KEY)


async def lock(connection: Connection) -> None:
    """Keep events from setting reminders until the transaction ends."""
    await connection.execute("select pg_advisory_xact_lock($1)", LOCK_KEY)


async def follow(connection: Connection, courses: Sequence[Course]) -> None:
    """Note how the reservations stand, and set, move or take away the reminders of them."""
    await connection.execute(
        FOLLOW,
        [one.now.reservation_id for one in courses],
        [one.number for one in courses],
        [one.steps for one in courses],
        [one.now.owner_id for one in courses],
        [one.now.title for one in courses],
        ["{" + ",".join(map(str, one.now.resource_ids)) + "}" for one in courses],
        [one.now.state for one in courses],
        [one.now.start for one in courses],
        [one.now.end for one in courses],
        [one.placed_at for one in courses],
        [one.refusal for one in courses],
        REMINDER_HOURS_DEFAULT,
    )


async def move(connection: Connection, person_id: int, hours: int | None, now: datetime) -> None:
    """Move all reminders of a person to so many hours before the start; none takes them away.

    One whose new time has passed stays where it was: nobody is reminded of a week at once, or of nothing.
    """
    await connection.execute(
        """
        update notifications.reservation
        set remind_at = case
                when $2::integer is null then null
                when starts_at - make_interval(hours => $2) <= $3 then remind_at
                when starts_at - make_interval(hours => $2) > placed_at then starts_at - make_interval(hours => $2)
            end
        where owner_id = $1
          and state = 'ready'
          and starts_at > $3
          and reminded_start is distinct from starts_at
        """,
        person_id,
        hours,
        now,
    )


async def take_due(connection: Connection, now: datetime) -> list[Reminded]:
    """Answer reservations of which to remind now, each once and never again, those that are over passed by."""
    rows = await connection.fetch(
        """
        with due as (
            select id
            from notifications.reservation
            where remind_at <= $1
            order by remind_at
            limit $2
            for update skip locked
        )
        update notifications.reservation
        set remind_at = null,
            reminded_start = starts_at
        from due
        where reservation.id = due.id
        returning
            reservation.id, reservation.owner_id, reservation.state, reservation.title, reservation.resource_ids,
            reservation.starts_at, reservation.ends_at
        """,
        now,
        REMIND_AT_ONCE_MAX,
    )
    return [
        Reminded(
            row["id"],
            row["owner_id"],
            row["state"],
            row["title"],
            tuple(row["resource_ids"]),
            row["starts_at"],
            row["ends_at"],
        )
        for row in sorted(rows, key=lambda row: row["starts_at"])
    ]


async def next_due(database: Database) -> datetime | None:
    """Answer when the next reminder falls due, if there is one."""
    found: datetime | None = await database.fetch_value("select min(remind_at) from notifications.reservation")
    return found


async def forget(database: Database, ended_before: datetime) -> None:
    """Delete what is known of reservations that ended before this instant, but for what a series waits for."""
    await database.execute(
        """
        delete from notifications.reservation
        where ends_at < $1
          and not exists (
              select
              from notifications.awaited
              where awaited.reservation_id = reservation.id
          )
        """,
        ended_before,
    )
