"""What is in the way of a closing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from berth.kit.db import Connection
from berth.modules.booking.domain.hold import Hold
from berth.modules.booking.domain.waitlist.entry import Entry
from berth.modules.booking.store.blackout import Blackout
from berth.modules.booking.store.hold import COLUMNS as HOLD
from berth.modules.booking.store.hold import read as read_hold
from berth.modules.booking.store.waitlist.entry import COLUMNS as ENTRY
from berth.modules.booking.store.waitlist.entry import read as read_entry


@dataclass(frozen=True, slots=True)
class Wanted:
    """A move that is not confirmed: the reservation that it is of, and the slot that it wants."""

    number: int
    reservation_id: int
    start: datetime
    end: datetime
    resource_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """The numbers of all that occupies a resource within a time, by what it is."""

    reservations: tuple[int, ...] = ()
    moves: tuple[int, ...] = ()
    holds: tuple[int, ...] = ()
    offers: tuple[int, ...] = ()
    blackouts: tuple[int, ...] = ()

    @property
    def all(self) -> set[int]:
        """Answer all of the numbers."""
        return {*self.reservations, *self.moves, *self.holds, *self.offers, *self.blackouts}


# The one-number range is written as in the constraint, so that its index answers.
WITHIN = """
select distinct occupant_id, kind
from booking.allocation
where int8range(resource_id, resource_id, '[]') = int8range($1, $1, '[]')
  and occupies && tstzrange($2, $3)
  and active
order by occupant_id
limit $4
"""


async def within(connection: Connection, resource_id: int, start: datetime, end: datetime, limit: int) -> Within:
    """Answer up to ``limit`` things that occupy the resource within the time."""
    rows = await connection.fetch(WITHIN, resource_id, start, end, limit)
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(row["kind"], []).append(row["occupant_id"])

    def of(kind: str) -> tuple[int, ...]:
        return tuple(found.get(kind, ()))

    return Within(of("reservation"), of("move"), of("hold"), of("offer"), of("blackout"))


async def moves(connection: Connection, numbers: Sequence[int]) -> list[Wanted]:
    """Answer these moves."""
    rows = await connection.fetch(
        """
        select id, reservation_id, starts, ends, resource_ids
        from booking.move
        where id = any($1::bigint[])
        order by id
        """,
        numbers,
    )
    return [
        Wanted(row["id"], row["reservation_id"], row["starts"], row["ends"], tuple(row["resource_ids"])) for row in rows
    ]


async def holds(connection: Connection, numbers: Sequence[int]) -> list[Hold]:
    """Answer these holds."""
    rows = await connection.fetch(f"select {HOLD} from booking.hold where id = any($1::bigint[]) order by id", numbers)
    return [read_hold(row) for row in rows]


async def offered(connection: Connection, numbers: Sequence[int]) -> list[Entry]:
    """Answer the places in line to which these offers were made."""
    rows = await connection.fetch(
        f"""
        select {ENTRY}
        from booking.waitlist_entry
        where offer_id = any($1::bigint[])
          and state = 'offered'
        order by id
        """,
        numbers,
    )
    return [read_entry(row) for row in rows]


async def blackouts(connection: Connection, numbers: Sequence[int]) -> list[Blackout]:
    """Answer these blackouts, without the resources that they close beside the one at hand."""
    rows = await connection.fetch(
        """
        select id, reason, starts, ends, created_by
        from booking.blackout
        where id = any($1::bigint[])
        order by id
        """,
        numbers,
    )
    return [Blackout(row["id"], (), row["starts"], row["ends"], row["reason"], row["created_by"]) for row in rows]
