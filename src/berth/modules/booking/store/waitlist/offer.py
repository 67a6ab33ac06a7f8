"""Giving what is free to whoever is next: the locks that keep the line in order, and the offers.

Two locks, taken in this order and before anything of a calendar is changed. ``gate`` is shared by all who free
something and taken alone by who joins: whoever joins sees all that was freed, and whoever frees sees all who wait.
``line`` is taken by who gives something away, one at a time, for two at once could not tell who is next.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from berth.kit.db import Connection
from berth.modules.booking.domain.waitlist.entry import Entry, Offer
from berth.modules.booking.store.waitlist.entry import COLUMNS, read

REACH = timedelta(days=1)
"""The longest set-up or tear-down that a policy allows: so far from its time an entry is kept waiting at most."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time at which a resource may become free; with ``closing_id`` it belongs to a closing as soon as it does."""

    resource_id: int
    start: datetime
    end: datetime
    closing_id: int | None = None


async def share_gate(connection: Connection) -> None:
    """Wait until nobody is joining; until the transaction ends, who joins waits."""
    await connection.execute("select pg_advisory_xact_lock_shared(hashtextextended('berth.booking.waitlist/gate', 0))")


async def close_gate(connection: Connection) -> None:
    """Wait until nobody is freeing anything; until the transaction ends, who frees and who joins waits."""
    await connection.execute("select pg_advisory_xact_lock(hashtextextended('berth.booking.waitlist/gate', 0))")


async def take_line(connection: Connection) -> None:
    """Wait until nobody is giving anything away; until the transaction ends, others who would wait."""
    await connection.execute("select pg_advisory_xact_lock(hashtextextended('berth.booking.waitlist/line', 0))")


AWAITED = """
select resource_id, min(lower(occupies)) as starts, max(upper(occupies)) as ends, null::bigint as closing_id
from booking.allocation
where occupant_id = any($1::bigint[])
  and active
  and exists (
      select
      from booking.waitlist_entry
      where waitlist_entry.state = 'waiting'
        and waitlist_entry.resource_ids @> array[allocation.resource_id]
        and waitlist_entry.starts - $2::interval < upper(allocation.occupies)
        and waitlist_entry.ends + $2::interval > lower(allocation.occupies)
  )
group by resource_id
union all
select allocation.resource_id, lower(allocation.occupies), upper(allocation.occupies), closing.id
from booking.allocation
join booking.closing
    on closing.resource_id = allocation.resource_id
   and tstzrange(closing.starts, closing.ends) && allocation.occupies
where allocation.occupant_id = any($1::bigint[])
  and allocation.active
  and closing.id <> all($1::bigint[])
"""


async def awaited(connection: Connection, occupant_ids: Sequence[int]) -> list[Stretch]:
    """Answer what these occupants hold that somebody waits for, or might, or that closings take before anybody."""
    rows = await connection.fetch(AWAITED, occupant_ids, REACH)
    return [Stretch(row["resource_id"], row["starts"], row["ends"], row["closing_id"]) for row in rows]


async def waiting_for(connection: Connection, stretches: Sequence[Stretch], after: int, limit: int) -> list[Entry]:
    """Answer who waits for any of these, in the order of the line from behind ``after``; nobody changes them."""
    rows = await connection.fetch(
        f"""
        select {COLUMNS}
        from booking.waitlist_entry
        where state = 'waiting'
          and id > $5
          and exists (
              select
              from unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[]) as freed (resource_id, starts, ends)
              where waitlist_entry.resource_ids @> array[freed.resource_id]
                and waitlist_entry.starts - $4::interval < freed.ends
                and waitlist_entry.ends + $4::interval > freed.starts
          )
        order by id
        limit $6
        for update
        """,
        [one.resource_id for one in stretches],
        [one.start for one in stretches],
        [one.end for one in stretches],
        REACH,
        after,
        limit,
    )
    return [read(row) for row in rows]


async def waiting_behind(connection: Connection, after: int, limit: int) -> list[Entry]:
    """Answer who waits for anything, in the order of the line from behind ``after``."""
    rows = await connection.fetch(
        f"""
        select {COLUMNS}
        from booking.waitlist_entry
        where state = 'waiting'
          and id > $1
        order by id
        limit $2
        for update
        """,
        after,
        limit,
    )
    return [read(row) for row in rows]


async def offer(connection: Connection, entry_id: int, offer: Offer) -> None:
    """Note what an entry is offered; the caller has taken the slot for it."""
    await connection.execute(
        """
        update booking.waitlist_entry
        set state = 'offered',
            offer_id = $2,
            offer_resource_ids = $3,
            offer_starts = $4,
            offer_ends = $5,
            offered_at = $6,
            expires_at = $7
        where id = $1
        """,
        entry_id,
        offer.id,
        offer.resource_ids,
        offer.start,
        offer.end,
        offer.offered_at,
        offer.expires_at,
    )


# The one-number range is written as in the constraint, so that its index answers.
BUSY = """
select resource_id, lower(occupies) as starts, upper(occupies) as ends
from unnest($1::bigint[]) as wanted (id)
join booking.allocation
    on int8range(resource_id, resource_id, '[]') = int8range(wanted.id, wanted.id, '[]')
where active
  and occupies && tstzrange($2, $3)
order by resource_id, starts
"""


async def busy(
    connection: Connection, resource_ids: Sequence[int], start: datetime, end: datetime
) -> Mapping[int, list[tuple[datetime, datetime]]]:
    """Answer what occupies these resources, as this transaction sees it."""
    found: dict[int, list[tuple[datetime, datetime]]] = {}
    for row in await connection.fetch(BUSY, resource_ids, start, end):
        found.setdefault(row["resource_id"], []).append((row["starts"], row["ends"]))
    return found
