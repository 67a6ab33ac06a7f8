"""What was reserved of series at once and waits to be confirmed, until its owner was told of all of it."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from berth.kit.db import Connection, Database, Row
from berth.modules.notifications.domain.told.series import Making, Outcome, Settled

LOCK_KEY = 0x6E747372  # "ntsr": only those who settle series take this lock


async def lock(connection: Connection) -> None:
    """Let others who settle series wait until the transaction ends.

    Two who each decide one of the last two occurrences would otherwise both see that one is still open.
    """
    await connection.execute("select pg_advisory_xact_lock($1)", LOCK_KEY)


async def note(connection: Connection, makings: Sequence[Making]) -> None:
    """Note what was reserved and has to be confirmed; what is known already stays as it is."""
    await connection.execute(
        """
        with new as (
            insert into notifications.making (number, series_id, made_at)
            select number, series_id, made_at
            from unnest($1::bigint[], $2::bigint[], $3::timestamptz[]) as each (number, series_id, made_at)
            order by number
            on conflict (number) do nothing
            returning number
        )
        insert into notifications.awaited (reservation_id, number)
        select each.reservation_id, each.number
        from unnest($4::bigint[], $5::bigint[]) as each (reservation_id, number)
        join new
          on new.number = each.number
        order by each.reservation_id
        on conflict (reservation_id) do nothing
        """,
        [one.number for one in makings],
        [one.series_id for one in makings],
        [one.made_at for one in makings],
        [id_ for one in makings for id_ in one.reservation_ids],
        [one.number for one in makings for _ in one.reservation_ids],
    )


async def take_settled(connection: Connection, numbers: Sequence[int], decided: Sequence[int]) -> list[Settled]:
    """Answer which of these makings, and of those that await these reservations, are decided; each once for good.

    The caller holds the lock, and has followed the events before. Nothing is awaited of a making afterwards.
    """
    rows = await connection.fetch(
        """
        with candidate as (
            select distinct number
            from notifications.awaited
            where number = any($1::bigint[])
               or reservation_id = any($2::bigint[])
        ),
        settled as (
            select number
            from candidate
            where not exists (
                select
                from notifications.awaited
                left join notifications.reservation as known
                  on known.id = awaited.reservation_id
                where awaited.number = candidate.number
                  and (known.id is null or known.state = 'pending')
            )
        )
        delete from notifications.awaited
        using settled, notifications.making, notifications.reservation as known
        where awaited.number = settled.number
          and making.number = settled.number
          and known.id = awaited.reservation_id
        returning
            making.number, making.series_id, known.id, known.owner_id, known.state, known.title, known.resource_ids,
            known.starts_at, known.ends_at, known.refusal
        """,
        numbers,
        decided,
    )
    in_order = sorted(rows, key=lambda row: (row["number"], row["starts_at"], row["id"]))
    return [
        Settled(number, series_id, tuple(_outcome(row) for row in of_making))
        for (number, series_id), of_making in groupby(in_order, key=lambda row: (row["number"], row["series_id"]))
    ]


def _outcome(row: Row) -> Outcome:
    return Outcome(
        row["id"],
        row["owner_id"],
        row["state"],
        row["title"],
        tuple(row["resource_ids"]),
        row["starts_at"],
        row["ends_at"],
        row["refusal"],
    )


async def forget(database: Database, made_before: datetime) -> None:
    """Delete what is known of makings before this instant; those of which something is awaited stay."""
    await database.execute(
        """
        delete from notifications.making
        where made_at < $1
          and not exists (
              select
              from notifications.awaited
              where awaited.number = making.number
          )
        """,
        made_before,
    )
