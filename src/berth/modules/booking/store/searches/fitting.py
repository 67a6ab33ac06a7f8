"""Which resources fit each search, by whose rules, as rows: so that what is freed finds its searches by an index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import orjson

from berth.contracts.catalog import Opening
from berth.kit.db import Connection, Database
from berth.modules.booking.domain.searches.matching import Hours
from berth.modules.booking.domain.searches.search import SavedSearch
from berth.modules.booking.store.searches.search import COLUMNS, read


@dataclass(frozen=True, slots=True)
class Refit:
    """What fits a search by now, which had ``before``; ``fresh_ids`` are those of it that are new."""

    search_id: int
    before: Sequence[int]
    resource_ids: Sequence[int]
    fresh_ids: Sequence[int]


async def live(database: Database, after: int, limit: int) -> list[SavedSearch]:
    """Answer searches that are not over, from behind ``after``."""
    rows = await database.fetch(
        f"""
        select {COLUMNS}
        from booking.search
        join booking.search_watch
            on search_watch.search_id = search.id
        where search.id > $1
        order by search.id
        limit $2
        """,
        after,
        limit,
    )
    return [read(row) for row in rows]


async def refit(connection: Connection, found: Sequence[Refit], look_at: datetime, pause: timedelta) -> None:
    """Note what fits these searches by now, unless that was done meanwhile; what is new is to be looked at."""
    await connection.execute(
        """
        select
        from booking.search_watch
        where search_id = any($1::bigint[])
        order by search_id
        for update
        """,
        [one.search_id for one in found],
    )
    for one in found:
        changed = await connection.fetchval(
            """
            update booking.search
            set resource_ids = $3
            where id = $1
              and state = 'live'
              and resource_ids = $2
            returning id
            """,
            one.search_id,
            one.before,
            one.resource_ids,
        )
        if changed is not None and one.fresh_ids:
            await connection.execute(
                """
                update booking.search_watch
                set fresh_ids = fresh_ids || $2::bigint[],
                    look_at = coalesce(look_at, greatest($3::timestamptz, told_at + $4::interval))
                where search_id = $1
                  and notify
                """,
                one.search_id,
                one.fresh_ids,
                look_at,
                pause,
            )


async def owners(database: Database) -> dict[int, str]:
    """Answer whose searches are not over, each with the role that is known of them."""
    rows = await database.fetch(
        """
        select owner_id, min(owner_role) as owner_role
        from booking.search
        where state = 'live'
        group by owner_id
        """
    )
    return {row["owner_id"]: row["owner_role"] for row in rows}


async def set_role(connection: Connection, owner_id: int, role: str) -> None:
    """Note the role that the owner of searches has now."""
    await connection.execute(
        """
        update booking.search
        set owner_role = $2
        where owner_id = $1
          and state = 'live'
        """,
        owner_id,
        role,
    )


async def hours(database: Database) -> dict[int, Hours]:
    """Answer the opening hours by which resources were last looked at, by their ids."""
    rows = await database.fetch("select resource_id, timezone, opening from booking.search_hours")
    return {row["resource_id"]: Hours(_opening(row["opening"]), row["timezone"]) for row in rows}


async def set_hours(connection: Connection, hours: Mapping[int, Hours]) -> None:
    """Note the opening hours by which these resources are looked at now."""
    await connection.execute(
        """
        insert into booking.search_hours (resource_id, timezone, opening)
        select resource_id, timezone, opening::jsonb
        from unnest($1::bigint[], $2::text[], $3::text[]) as known (resource_id, timezone, opening)
        order by resource_id
        on conflict on constraint search_hours_pk do update
            set timezone = excluded.timezone,
                opening = excluded.opening
        """,
        *_columns(hours),
    )


async def add_hours(connection: Connection, hours: Mapping[int, Hours]) -> None:
    """Note the opening hours of these resources, unless some of them are known."""
    await connection.execute(
        """
        insert into booking.search_hours (resource_id, timezone, opening)
        select resource_id, timezone, opening::jsonb
        from unnest($1::bigint[], $2::text[], $3::text[]) as known (resource_id, timezone, opening)
        order by resource_id
        on conflict on constraint search_hours_pk do nothing
        """,
        *_columns(hours),
    )


async def forget_hours(connection: Connection, resource_ids: Sequence[int]) -> None:
    """Forget the hours of these resources, unless there is a search for some time within which one of them may be."""
    await connection.execute(
        """
        delete from booking.search_hours
        where resource_id = any($1::bigint[])
          and not exists (
              select
              from booking.search
              where state = 'live'
                and minutes is not null
                and resource_ids @> array[search_hours.resource_id]
          )
        """,
        resource_ids,
    )


def _columns(hours: Mapping[int, Hours]) -> tuple[list[int], list[str], list[str | None]]:
    some = hours.values()
    return list(hours), [one.timezone for one in some], [_text(one.opening) for one in some]


def _text(opening: Opening | None) -> str | None:
    if opening is None:
        return None
    return orjson.dumps(
        {
            "weekly": opening.weekly,
            "exceptions": {day.isoformat(): intervals for day, intervals in opening.exceptions.items()},
        }
    ).decode()


def _opening(text: str | None) -> Opening | None:
    if text is None:
        return None
    members = orjson.loads(text)
    exceptions = {date.fromisoformat(day): _intervals(some) for day, some in members["exceptions"].items()}
    return Opening(tuple(_intervals(some) for some in members["weekly"]), exceptions)


def _intervals(some: Sequence[Any]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in some)
