"""Tries of codes, counted so that those who guess at the same time are counted one after the other."""

from datetime import datetime

from berth.contracts.access import Verdict
from berth.kit.db import Connection, Database
from berth.modules.access.domain.tries import WrongTries

FORGET_AT_ONCE_MAX = 5_000


async def queue_up(connection: Connection, reservation_id: int, person_id: int) -> None:
    """Wait until nobody else tries this reservation's code, or as this person, and keep others waiting.

    Everybody waits for the person first and then for the reservation, so that nobody waits in a circle.
    """
    for what, id_ in (("person", person_id), ("reservation", reservation_id)):
        await connection.execute(
            "select pg_advisory_xact_lock(hashtextextended($1, 0))", f"berth.access.attempt.{what}.{id_}"
        )


async def wrong_since(connection: Connection, reservation_id: int, person_id: int, since: datetime) -> WrongTries:
    """Answer how many wrong tries there were after an instant."""
    row = await connection.fetchrow(
        """
        select
            (
                select count(*)
                from access.attempt
                where verdict = 'wrong'
                  and reservation_id = $1
                  and tried_at > $3
            ) as of_reservation,
            (
                select count(*)
                from access.attempt
                where verdict = 'wrong'
                  and person_id = $2
                  and tried_at > $3
            ) as by_person
        """,
        reservation_id,
        person_id,
        since,
    )
    return WrongTries(row["of_reservation"], row["by_person"])


async def note(
    connection: Connection, reservation_id: int, person_id: int, verdict: Verdict, tried_at: datetime
) -> None:
    """Write a try down."""
    await connection.execute(
        """
        insert into access.attempt (reservation_id, person_id, verdict, tried_at)
        values ($1, $2, $3, $4)
        """,
        reservation_id,
        person_id,
        verdict,
        tried_at,
    )


async def forget(database: Database, before: datetime) -> int:
    """Delete some of the tries before an instant; fewer than ``FORGET_AT_ONCE_MAX`` are the last ones."""
    tag = await database.execute(
        """
        delete from access.attempt
        where id in (
            select id
            from access.attempt
            where tried_at < $1
            limit $2
            for update skip locked
        )
        """,
        before,
        FORGET_AT_ONCE_MAX,
    )
    return int(tag.split()[1])
