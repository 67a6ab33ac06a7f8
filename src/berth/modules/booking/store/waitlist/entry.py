"""Places in line as rows."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import orjson

from berth.contracts.catalog import ResourceQuery
from berth.kit.db import Connection, Database, Row
from berth.modules.booking.domain.waitlist.entry import Entry, EntryState, Offer, Wanted

COLUMNS = """
    waitlist_entry.id,
    waitlist_entry.state,
    waitlist_entry.owner_id,
    waitlist_entry.owner_role,
    waitlist_entry.resource_ids,
    waitlist_entry.any_of,
    waitlist_entry.starts,
    waitlist_entry.ends,
    waitlist_entry.minutes,
    waitlist_entry.people,
    waitlist_entry.title,
    waitlist_entry.description,
    waitlist_entry.created_at,
    waitlist_entry.offer_id,
    waitlist_entry.offer_resource_ids,
    waitlist_entry.offer_starts,
    waitlist_entry.offer_ends,
    waitlist_entry.offered_at,
    waitlist_entry.expires_at
"""


def read(row: Row, position: int | None = None) -> Entry:
    """Answer the entry of a row of ``COLUMNS``."""
    offer = None
    if row["offer_id"] is not None:
        offer = Offer(
            row["offer_id"],
            tuple(row["offer_resource_ids"]),
            row["offer_starts"],
            row["offer_ends"],
            row["offered_at"],
            row["expires_at"],
        )
    wanted = Wanted(
        tuple(row["resource_ids"]),
        _query(row["any_of"]),
        row["starts"],
        row["ends"],
        row["minutes"],
        row["people"],
        row["title"],
        row["description"],
    )
    state = EntryState(row["state"])
    return Entry(row["id"], state, row["owner_id"], row["owner_role"], wanted, row["created_at"], offer, position)


def _query(text: str | None) -> ResourceQuery | None:
    if text is None:
        return None
    members = orjson.loads(text)
    return ResourceQuery(**{**members, "tags": tuple(members["tags"])})


async def add(connection: Connection, entry: Entry) -> int:
    """Put an entry at the end of the line, and answer its number; the caller has the line to itself."""
    wanted = entry.wanted
    return int(
        await connection.fetchval(
            """
            insert into booking.waitlist_entry
                (id, owner_id, owner_role, resource_ids, any_of, starts, ends, minutes, people, title, description,
                closes_at, created_at)
            values (
                nextval('booking.waitlist_entry_id_seq'), $1, $2, $3, $4::text::jsonb, $5, $6, $7, $8, $9, $10, $11, $12
            )
            returning id
            """,
            entry.owner_id,
            entry.owner_role,
            wanted.resource_ids,
            orjson.dumps(asdict(wanted.any_of)).decode() if wanted.any_of else None,
            wanted.start,
            wanted.end,
            wanted.minutes,
            wanted.people,
            wanted.title,
            wanted.description,
            wanted.closes_at,
            entry.created_at,
        )
    )


async def live(connection: Connection, owner_id: int) -> list[Entry]:
    """Answer what a person waits for, or has been offered."""
    rows = await connection.fetch(
        f"""
        select {COLUMNS}
        from booking.waitlist_entry
        where owner_id = $1
          and state in ('waiting', 'offered')
        order by id
        """,
        owner_id,
    )
    return [read(row) for row in rows]


async def one(database: Database, id_: int) -> Entry | None:
    """Answer an entry."""
    row = await database.fetch_row(f"select {COLUMNS} from booking.waitlist_entry where id = $1", id_)
    return row and read(row)


async def locked(connection: Connection, ids: Sequence[int]) -> list[Entry]:
    """Answer these entries in their order, and keep others from changing them until the transaction ends."""
    rows = await connection.fetch(
        f"""
        select {COLUMNS}
        from booking.waitlist_entry
        where id = any($1::bigint[])
        order by id
        for update
        """,
        ids,
    )
    return [read(row) for row in rows]


async def end(connection: Connection, id_: int, state: EntryState, now: datetime) -> None:
    """End an entry; the caller has it locked."""
    await connection.execute(
        """
        update booking.waitlist_entry
        set state = $2,
            ended_at = $3
        where id = $1
        """,
        id_,
        state,
        now,
    )


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries to list; every member that is given must hold. ``after`` is the number of the last one seen."""

    owner_id: int | None = None
    resource_id: int | None = None
    states: tuple[str, ...] = ()
    after: int = 0


# How many stand before: who joined earlier and waits for a time that overlaps, of a resource that would do for both.
LISTED = f"""
select {COLUMNS},
    case waitlist_entry.state when 'waiting' then (
        select count(*) + 1
        from booking.waitlist_entry as before
        where before.state = 'waiting'
          and before.id < waitlist_entry.id
          and before.resource_ids && waitlist_entry.resource_ids
          and before.starts < waitlist_entry.ends
          and before.ends > waitlist_entry.starts
    ) end as position
from booking.waitlist_entry
where ($1::bigint is null or waitlist_entry.owner_id = $1)
  and ($2::bigint is null or waitlist_entry.resource_ids @> array[$2::bigint])
  and waitlist_entry.state = any($3::text[])
  and waitlist_entry.id > $4
  and ($6::bigint is null or waitlist_entry.id = $6)
order by waitlist_entry.id
limit $5
"""


async def listed(database: Database, which: Filter, limit: int, *, id_: int | None = None) -> list[Entry]:
    """Answer entries in the order of the line, each with its position if it waits; only that of ``id_`` if given."""
    states = which.states or tuple(EntryState)
    rows = await database.fetch(LISTED, which.owner_id, which.resource_id, states, which.after, limit, id_)
    return [read(row, row["position"]) for row in rows]


async def searching(database: Database, after: int, limit: int) -> list[Entry]:
    """Answer entries that wait for any resource that fits, from behind ``after``."""
    rows = await database.fetch(
        f"""
        select {COLUMNS}
        from booking.waitlist_entry
        where state = 'waiting'
          and any_of is not null
          and id > $1
        order by id
        limit $2
        """,
        after,
        limit,
    )
    return [read(row) for row in rows]


async def fit(connection: Connection, found: Mapping[int, Sequence[int]]) -> None:
    """Let these entries wait for what fits their searches now."""
    for id_, resource_ids in found.items():
        await connection.execute(
            """
            update booking.waitlist_entry
            set resource_ids = $2
            where id = $1
              and state = 'waiting'
            """,
            id_,
            list(resource_ids),
        )


async def owners(database: Database) -> dict[int, str]:
    """Answer who waits, each with the role that is known of them."""
    rows = await database.fetch(
        """
        select owner_id, min(owner_role) as owner_role
        from booking.waitlist_entry
        where state in ('waiting', 'offered')
        group by owner_id
        """
    )
    return {row["owner_id"]: row["owner_role"] for row in rows}


async def set_role(connection: Connection, owner_id: int, role: str) -> None:
    """Note the role that somebody who waits has now."""
    await connection.execute(
        """
        update booking.waitlist_entry
        set owner_role = $2
        where owner_id = $1
          and state in ('waiting', 'offered')
        """,
        owner_id,
        role,
    )


async def overdue(database: Database, before: datetime, limit: int) -> list[int]:
    """Answer entries, and offers, whose time ended before a moment."""
    rows = await database.fetch(
        """
        select id
        from booking.waitlist_entry
        where state in ('waiting', 'offered')
          and case state when 'offered' then expires_at else closes_at end < $1
        order by id
        limit $2
        """,
        before,
        limit,
    )
    return [row["id"] for row in rows]
