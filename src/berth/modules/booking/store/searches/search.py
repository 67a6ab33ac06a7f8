"""Saved searches as rows."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

import asyncpg
import orjson

from berth.contracts.catalog import ResourceQuery
from berth.kit.db import Connection, Database, Row
from berth.modules.booking.domain.searches.search import SavedSearch, SearchState, sought

COLUMNS = """
    search.id,
    search.state,
    search.owner_id,
    search.owner_role,
    search.name,
    search.any_of,
    search.resource_ids,
    search.starts,
    search.ends,
    search.minutes,
    search.created_at,
    coalesce(search_watch.notify, false) as notify,
    search_watch.told_at
"""

NAME_ONCE = "search_name_once"


class NameTaken(Exception):
    """The owner has a search of this name already."""


def read(row: Row) -> SavedSearch:
    """Answer the search of a row of ``COLUMNS``."""
    members = orjson.loads(row["any_of"])
    lists = {"tags": tuple(members["tags"]), "ids": tuple(members["ids"]) if members["ids"] else None}
    query = ResourceQuery(**{**members, **lists})
    wanted = sought(query, row["starts"], row["ends"], row["minutes"], tuple(row["resource_ids"]))
    return SavedSearch(
        id=row["id"],
        state=SearchState(row["state"]),
        owner_id=row["owner_id"],
        owner_role=row["owner_role"],
        name=row["name"],
        wanted=wanted,
        created_at=row["created_at"],
        notify=row["notify"],
        told_at=row["told_at"],
    )


async def one_at_a_time(connection: Connection, owner_id: int) -> None:
    """Wait until no other search of this person is being saved, so that their number can be counted."""
    await connection.execute(
        "select pg_advisory_xact_lock(hashtextextended('berth.booking.searches/' || $1::bigint, 0))", owner_id
    )


async def count(connection: Connection, owner_id: int) -> int:
    """Answer how many searches a person has that are not over."""
    found: int = await connection.fetchval(
        """
        select count(*)
        from booking.search
        where owner_id = $1
          and state = 'live'
        """,
        owner_id,
    )
    return found


async def add(connection: Connection, search: SavedSearch) -> int:
    """Write a search down, to be watched from now on, and answer its number; raises ``NameTaken``."""
    wanted = search.wanted
    try:
        return int(
            await connection.fetchval(
                """
                with added as (
                    insert into booking.search
                        (owner_id, owner_role, name, any_of, resource_ids, starts, ends, minutes, closes_at, created_at)
                    values ($1, $2, $3, $4::text::jsonb, $5, $6, $7, $8, $9, $10)
                    returning id
                )
                insert into booking.search_watch (search_id, notify, seen_id)
                select id, $11, (select coalesce(max(id), 0) from booking.freed)
                from added
                returning search_id
                """,
                search.owner_id,
                search.owner_role,
                search.name,
                orjson.dumps(asdict(search.query)).decode(),
                wanted.resource_ids,
                wanted.start,
                wanted.end,
                wanted.minutes,
                wanted.closes_at,
                search.created_at,
                search.notify,
            )
        )
    except asyncpg.UniqueViolationError as error:
        raise _name_taken(error) from error


LISTED = f"""
select {COLUMNS}
from booking.search
left join booking.search_watch
    on search_watch.search_id = search.id
where ($1::bigint is null or search.owner_id = $1)
  and search.state = any($2::text[])
  and search.id > $3
  and ($5::bigint is null or search.id = $5)
order by search.id
limit $4
"""


async def listed(database: Database, owner_id: int, states: Sequence[str], after: int, limit: int) -> list[SavedSearch]:
    """Answer a person's searches in the order in which they were saved, from behind ``after``."""
    return [read(row) for row in await database.fetch(LISTED, owner_id, states, after, limit, None)]


async def one(database: Database, id_: int) -> SavedSearch | None:
    """Answer a search."""
    rows = await database.fetch(LISTED, None, list(SearchState), 0, 1, id_)
    return read(rows[0]) if rows else None


async def locked(connection: Connection, id_: int) -> SavedSearch | None:
    """Answer a search that is not over, and keep others from changing it until the transaction ends."""
    # Whoever changes a search has what watches it first, so that no two wait for each other.
    await connection.execute("select from booking.search_watch where search_id = $1 for update", id_)
    row = await connection.fetchrow(
        f"""
        select {COLUMNS}
        from booking.search_watch
        join booking.search
            on search.id = search_watch.search_id
        where search_watch.search_id = $1
        """,
        id_,
    )
    return row and read(row)


async def rename(connection: Connection, id_: int, name: str) -> None:
    """Give a search another name; raises ``NameTaken``."""
    try:
        await connection.execute(
            """
            update booking.search
            set name = $2
            where id = $1
            """,
            id_,
            name,
        )
    except asyncpg.UniqueViolationError as error:
        raise _name_taken(error) from error


async def set_notify(connection: Connection, id_: int, *, notify: bool) -> None:
    """Pause the telling or go on with it; what was freed while it was paused is not told."""
    await connection.execute(
        """
        update booking.search_watch
        set notify = $2,
            seen_id = (select coalesce(max(id), 0) from booking.freed),
            fresh_ids = '{}',
            look_at = null
        where search_id = $1
        """,
        id_,
        notify,
    )


async def remove(connection: Connection, id_: int) -> None:
    """Forget a search, whether it is over or not."""
    await _unwatch(connection, id_)
    await connection.execute("delete from booking.search where id = $1", id_)


async def end(connection: Connection, id_: int, now: datetime) -> None:
    """End a search whose time has passed; it stays to be seen for a while."""
    await _unwatch(connection, id_)
    await connection.execute(
        """
        update booking.search
        set state = 'over',
            ended_at = $2
        where id = $1
        """,
        id_,
        now,
    )


async def forget(database: Database, before: datetime) -> None:
    """Forget the searches that were over before a time."""
    await database.execute(
        """
        delete from booking.search
        where state = 'over'
          and ended_at < $1
        """,
        before,
    )


async def overdue(database: Database, before: datetime, limit: int) -> list[int]:
    """Answer searches whose time passed before a moment, and that are not over yet."""
    rows = await database.fetch(
        """
        select id
        from booking.search
        where state = 'live'
          and closes_at < $1
        order by closes_at
        limit $2
        """,
        before,
        limit,
    )
    return [row["id"] for row in rows]


async def _unwatch(connection: Connection, id_: int) -> None:
    await connection.execute("delete from booking.search_watch where search_id = $1", id_)
    await connection.execute("delete from booking.search_told where search_id = $1", id_)


def _name_taken(error: asyncpg.UniqueViolationError) -> Exception:
    return NameTaken() if error.constraint_name == NAME_ONCE else error
