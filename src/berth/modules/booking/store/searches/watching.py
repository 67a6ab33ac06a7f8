"""What was freed, and which searches it may interest.

Whoever notes what was freed, or looks at it, takes a turn: then the numbers of what was freed are seen in their order.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from berth.contracts.booking.searches import FreeSlot
from berth.kit.db import Connection, Database
from berth.modules.booking.domain.opening import Range
from berth.modules.booking.domain.searches.matching import Opened
from berth.modules.booking.domain.searches.search import SavedSearch
from berth.modules.booking.store.searches.search import COLUMNS, read


@dataclass(frozen=True, slots=True)
class Noted:
    """Time that became free; ``reach`` is the time in which reservations take some of it, with their buffers."""

    resource_id: int
    start: datetime
    end: datetime
    reach: Range
    briefly: bool
    person_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Watch:
    """A search that is to be looked at: for what was freed behind ``seen_id``, and in its ``fresh_ids``."""

    search: SavedSearch
    seen_id: int
    fresh_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """What is known of a search after it was looked at; ``told_at`` is none if there was nothing to tell."""

    search_id: int
    fresh_ids: Sequence[int]
    look_at: datetime | None
    told_at: datetime | None


async def take_turn(connection: Connection) -> None:
    """Wait until nobody else notes or looks; until the transaction ends, others wait."""
    await connection.execute("select pg_advisory_xact_lock(hashtextextended('berth.booking.searches', 0))")


async def anybody_waits(connection: Connection) -> bool:
    """Tell whether there is anybody who may want to be told of anything."""
    found: bool = await connection.fetchval("select exists (select from booking.search_watch where notify)")
    return found


# For each resource the index answers which searches are for it. (`offset 0` keeps the planner from comparing what was
# freed with every search, which it takes for cheap.) Who is to be looked at already is left as he is, so that many
# events after each other wake nobody twice.
AWAKE = """
with interested as materialized (
    select distinct search.id
    from unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[], $4::text[])
        as freed (resource_id, starts, ends, person_ids)
    cross join lateral (
        select id
        from booking.search
        where state = 'live'
          and resource_ids @> array[freed.resource_id]
          and starts < freed.ends
          and ends > freed.starts
          and owner_id <> all(freed.person_ids::bigint[])
        offset 0
    ) as search
),
awoken as (
    update booking.search_watch
    set look_at = greatest($5::timestamptz, told_at + $6::interval)
    where search_id in (select id from interested)
      and notify
      and look_at is null
    returning search_id
)
select count(*)
from awoken
"""


async def awake(connection: Connection, freed: Sequence[Noted], look_at: datetime, pause: timedelta) -> int:
    """Have the searches looked at that this may interest, and answer how many were not to be anyway.

    They are looked at then, or the pause after their owner was last told; the caller has the turn.
    """
    found: int = await connection.fetchval(
        AWAKE,
        [one.resource_id for one in freed],
        [one.reach[0] for one in freed],
        [one.reach[1] for one in freed],
        [_array(sorted(one.person_ids)) for one in freed],
        look_at,
        pause,
    )
    return found


async def note(connection: Connection, freed: Sequence[Noted]) -> None:
    """Note what was freed for those who are to be looked at, if there is anybody; the caller has the turn."""
    await connection.execute(
        """
        insert into booking.freed (resource_id, starts, ends, briefly, person_ids)
        select resource_id, starts, ends, briefly, person_ids::bigint[]
        from unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[], $4::boolean[], $5::text[]) with ordinality
            as given (resource_id, starts, ends, briefly, person_ids, place)
        where exists (
            select
            from booking.search_watch
            where look_at is not null
        )
        order by place
        """,
        [one.resource_id for one in freed],
        [one.start for one in freed],
        [one.end for one in freed],
        [one.briefly for one in freed],
        [_array(sorted(one.person_ids)) for one in freed],
    )


async def due(connection: Connection, now: datetime, limit: int) -> list[Watch]:
    """Answer searches that it is time to look at; nobody else changes them until the transaction ends."""
    rows = await connection.fetch(
        f"""
        select {COLUMNS}, search_watch.seen_id, search_watch.fresh_ids
        from booking.search_watch
        join booking.search
            on search.id = search_watch.search_id
        where search_watch.look_at <= $1
        order by search_watch.look_at, search.id
        limit $2
        for update of search_watch
        """,
        now,
        limit,
    )
    return [Watch(read(row), row["seen_id"], tuple(row["fresh_ids"])) for row in rows]


async def freed_since(connection: Connection, seen_id: int, now: datetime) -> list[tuple[int, Opened]]:
    """Answer what was freed behind a number and is not over, each with its own number."""
    rows = await connection.fetch(
        """
        select id, resource_id, starts, ends, briefly, person_ids
        from booking.freed
        where id > $1
          and ends > $2
        order by starts, id
        """,
        seen_id,
        now,
    )
    return [
        (row[0], Opened(row[1], row[2], row[3], None, None, briefly=row[4], person_ids=frozenset(row[5])))
        for row in rows
    ]


# Active allocations of a resource never overlap, so in the order of their starts the nearest ones are the only ones
# that matter.
AROUND = """
select wanted.place, lower(near.occupies) as starts, upper(near.occupies) as ends
from unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[]) with ordinality
    as wanted (resource_id, starts, ends, place)
cross join lateral (
    (
        select occupies
        from booking.allocation
        where resource_id = wanted.resource_id
          and lower(occupies) <= wanted.starts
          and active
        order by lower(occupies) desc
        limit 1
    )
    union all
    (
        select occupies
        from booking.allocation
        where resource_id = wanted.resource_id
          and lower(occupies) > wanted.starts
          and lower(occupies) < wanted.ends
          and active
    )
    union all
    (
        select occupies
        from booking.allocation
        where resource_id = wanted.resource_id
          and lower(occupies) >= wanted.ends
          and active
        order by lower(occupies)
        limit 1
    )
) as near
order by wanted.place, starts
"""


async def around(connection: Connection, freed: Sequence[Opened]) -> list[list[Range]]:
    """Answer for each of these what occupies its resource within it, and next to it on both sides."""
    found: list[list[Range]] = [[] for _ in freed]
    if not freed:
        return found
    columns = [one.resource_id for one in freed], [one.start for one in freed], [one.end for one in freed]
    for row in await connection.fetch(AROUND, *columns):
        found[row["place"] - 1].append((row["starts"], row["ends"]))
    return found


async def told_before(connection: Connection, search_ids: Sequence[int]) -> Mapping[int, list[FreeSlot]]:
    """Answer what was told of these searches."""
    rows = await connection.fetch(
        """
        select search_id, resource_id, starts, ends
        from booking.search_told
        where search_id = any($1::bigint[])
        """,
        search_ids,
    )
    found: dict[int, list[FreeSlot]] = {}
    for row in rows:
        found.setdefault(row["search_id"], []).append(FreeSlot(row["resource_id"], row["starts"], row["ends"]))
    return found


async def note_told(connection: Connection, told: Sequence[tuple[int, FreeSlot]], now: datetime) -> None:
    """Note what is told now, by the search."""
    await connection.execute(
        """
        insert into booking.search_told (search_id, resource_id, starts, ends, told_at)
        select search_id, resource_id, starts, ends, $5
        from unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::timestamptz[])
            as told (search_id, resource_id, starts, ends)
        """,
        [one[0] for one in told],
        [one[1].resource_id for one in told],
        [one[1].start for one in told],
        [one[1].end for one in told],
        now,
    )


async def settle(connection: Connection, looked: Sequence[Looked]) -> None:
    """Note that these were looked at, for all that was freed by now."""
    await connection.execute(
        """
        update booking.search_watch
        set seen_id = (select coalesce(max(id), 0) from booking.freed),
            fresh_ids = looked.fresh_ids::bigint[],
            look_at = looked.look_at,
            told_at = coalesce(looked.told_at, search_watch.told_at)
        from unnest($1::bigint[], $2::text[], $3::timestamptz[], $4::timestamptz[])
            as looked (search_id, fresh_ids, look_at, told_at)
        where search_watch.search_id = looked.search_id
        """,
        [one.search_id for one in looked],
        [_array(one.fresh_ids) for one in looked],
        [one.look_at for one in looked],
        [one.told_at for one in looked],
    )


async def forget(connection: Connection) -> None:
    """Forget what was freed, as far as everybody whom it may interest has looked at it."""
    await connection.execute(
        """
        delete from booking.freed
        where id <= (
            select coalesce(min(seen_id), 9223372036854775807)
            from booking.search_watch
            where look_at is not null
        )
        """
    )


NEXT = "select min(look_at) from booking.search_watch where look_at is not null"


async def next_look(asked: Connection | Database) -> datetime | None:
    """Answer when the next search is to be looked at."""
    found: datetime | None = (
        await asked.fetch_value(NEXT) if isinstance(asked, Database) else await asked.fetchval(NEXT)
    )
    return found


def _array(numbers: Iterable[int]) -> str:
    return "{" + ",".join(map(str, numbers)) + "}"
