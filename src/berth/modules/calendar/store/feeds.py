"""Feeds, by the hash of the secret in their addresses."""

from datetime import datetime

from berth.kit.db import Connection, Database, Row
from berth.modules.calendar.domain.feed import Feed, FeedKind

COLUMNS = "id, kind, subject_id, titles, created_by, created_at, read_at, content_hash, changed_at"


def _read(row: Row) -> Feed:
    return Feed(
        id=row["id"],
        kind=FeedKind(row["kind"]),
        subject_id=row["subject_id"],
        titles=row["titles"],
        created_by=row["created_by"],
        created_at=row["created_at"],
        read_at=row["read_at"],
        content_hash=row["content_hash"],
        changed_at=row["changed_at"],
    )


async def add(
    connection: Connection,
    *,
    token_hash: bytes,
    kind: FeedKind,
    subject_id: int,
    titles: bool,
    created_by: int,
    now: datetime,
    count_max: int,
) -> Feed | None:
    """Make a feed and answer it; none if its maker has too many."""
    await connection.execute(
        "select pg_advisory_xact_lock(hashtextextended('berth.calendar.feed/' || $1::bigint, 0))", created_by
    )
    row = await connection.fetchrow(
        f"""
        insert into calendar.feed (token_hash, kind, subject_id, titles, created_by, created_at)
        select $1, $2, $3, $4, $5, $6
        where (
            select count(*)
            from calendar.feed
            where created_by = $5
        ) < $7
        returning {COLUMNS}
        """,
        token_hash,
        kind.value,
        subject_id,
        titles,
        created_by,
        now,
        count_max,
    )
    return row and _read(row)


async def listed(database: Database, created_by: int | None, after: int, limit: int) -> list[Feed]:
    """Answer feeds by id: those of one maker, or everybody's."""
    rows = await database.fetch(
        f"""
        select {COLUMNS}
        from calendar.feed
        where id > $2
          and ($1::bigint is null or created_by = $1)
        order by id
        limit $3
        """,
        created_by,
        after,
        limit,
    )
    return [_read(row) for row in rows]


async def remove(connection: Connection, id_: int, created_by: int | None) -> Feed | None:
    """Forget a feed and answer what it was; none if there is none that this maker, or anybody, made."""
    row = await connection.fetchrow(
        f"""
        delete from calendar.feed
        where id = $1
          and ($2::bigint is null or created_by = $2)
        returning {COLUMNS}
        """,
        id_,
        created_by,
    )
    return row and _read(row)


async def by_token(database: Database, token_hash: bytes) -> Feed | None:
    """Answer the feed of a secret."""
    row = await database.fetch_row(f"select {COLUMNS} from calendar.feed where token_hash = $1", token_hash)
    return row and _read(row)


# A feed is read every few minutes: that is noted once an hour, and a change when there is one.
async def note_read(database: Database, id_: int, content_hash: bytes, now: datetime) -> datetime:
    """Note that a feed was read and what it showed; answer since when it has shown that."""
    changed_at: datetime | None = await database.fetch_value(
        """
        update calendar.feed
        set read_at = $3,
            changed_at = case when content_hash is distinct from $2 then $3 else changed_at end,
            content_hash = $2
        where id = $1
          and (content_hash is distinct from $2 or read_at < $3::timestamptz - interval '1 hour')
        returning changed_at
        """,
        id_,
        content_hash,
        now,
    )
    if changed_at is None:
        changed_at = await database.fetch_value("select changed_at from calendar.feed where id = $1", id_)
    return changed_at or now
