"""The waitlist as the database has it, and what must be true of it whatever happened at the same time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import asyncpg

LATE = timedelta(seconds=5)
"""How long a request may take from its start to its commit."""

ENTRIES = """
select
    id, state, owner_id, resource_ids, any_of is not null as any, starts, ends, minutes, created_at, ended_at,
    offer_id, offer_resource_ids, offer_starts, offer_ends, offered_at
from booking.waitlist_entry
where title like $1 || '%'
order by id
"""

TAKEN = """
select allocation.occupant_id, resource_id, kind, lower(occupies) as starts, upper(occupies) as ends,
    reservation.title, reservation.created_at
from booking.allocation
left join booking.reservation
  on reservation.id = allocation.occupant_id
where active
  and resource_id = any($1::bigint[])
order by resource_id, starts
"""


@dataclass(frozen=True)
class Line:
    """All places of one test, and what occupies its resources in the end."""

    entries: Sequence[asyncpg.Record]
    taken: Sequence[asyncpg.Record]
    thefts: Sequence[asyncpg.Record]

    def amiss(self, resource_ids: Sequence[int], hours: Sequence[datetime]) -> list[str]:
        """Answer what should not be, in sentences."""
        return [
            *self._overlapping(),
            *self._out_of_order(),
            *self._stolen(),
            *self._idle(resource_ids, hours),
            *self._not_kept(),
        ]

    def _overlapping(self) -> Iterator[str]:
        for one, other in zip(self.taken, self.taken[1:], strict=False):
            if one["resource_id"] == other["resource_id"] and other["starts"] < one["ends"]:
                yield f"{one['occupant_id']} and {other['occupant_id']} overlap"

    def _out_of_order(self) -> Iterator[str]:
        for one in self.entries:
            if one["offer_id"] is None:
                continue
            for before in self.entries:
                if before["id"] >= one["id"]:
                    break
                slot = one["offer_resource_ids"], one["offer_starts"], one["offer_ends"]
                if waits(before, one["offered_at"]) and fits(before, *slot):
                    yield f"{one['id']} was offered what {before['id']} waited for before"

    def _stolen(self) -> Iterator[str]:
        for theft in self.thefts:
            for one in self.entries:
                slot = [theft["resource_id"]], theft["starts"], theft["ends"]
                if waits(one, theft["created_at"]) and waits(one, theft["created_at"] + LATE) and fits(one, *slot):
                    yield f"{theft['id']} took what {one['id']} waited for"

    def _idle(self, resource_ids: Sequence[int], hours: Sequence[datetime]) -> Iterator[str]:
        taken = {(one["resource_id"], one["starts"]) for one in self.taken}
        for id_ in resource_ids:
            for start in hours:
                if (id_, start) in taken:
                    continue
                for one in self.entries:
                    if one["state"] == "waiting" and fits(one, [id_], start, start + timedelta(hours=1)):
                        yield f"{id_} at {start} is free, and {one['id']} waits for it"

    def _not_kept(self) -> Iterator[str]:
        held = {(one["occupant_id"], one["resource_id"], one["starts"], one["kind"]) for one in self.taken}
        for one in self.entries:
            kind = {"offered": "offer", "accepted": "reservation"}.get(one["state"])
            for id_ in one["offer_resource_ids"] or () if kind else ():
                if (one["offer_id"], id_, one["offer_starts"], kind) not in held:
                    yield f"{one['id']} is {one['state']}, and {id_} is not kept for it"
        kept = {one["offer_id"] for one in self.entries if one["state"] == "offered"}
        for occupant, *_, kind in held:
            if kind == "offer" and occupant not in kept:
                yield f"{occupant} is kept for nobody"


def waits(entry: asyncpg.Record, at: datetime) -> bool:
    """Tell whether an entry waited at a moment, with nothing offered to it."""
    ends = [one for one in (entry["offered_at"], entry["ended_at"]) if one is not None]
    return entry["created_at"] < at and all(at < one for one in ends)


def fits(entry: asyncpg.Record, resource_ids: Sequence[int], start: datetime, end: datetime) -> bool:
    """Tell whether an entry could have this slot, alone or as a part of it; all have an hour's length."""
    if entry["any"] or len(entry["resource_ids"]) == 1:
        mine = bool(set(entry["resource_ids"]) & set(resource_ids))
    else:
        mine = set(entry["resource_ids"]) <= set(resource_ids)
    if entry["minutes"] is None:
        return mine and (entry["starts"], entry["ends"]) == (start, end)
    return mine and entry["starts"] <= start and end <= entry["ends"]


async def read_line(url: str, name: str, resource_ids: Sequence[int]) -> Line:
    """Read what became of the entries, and of reservations that were made beside the line."""
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            entries = await connection.fetch(ENTRIES, f"{name} waits ")
            taken = await connection.fetch(TAKEN, resource_ids)
            thefts = await connection.fetch(
                """
                select reservation.id, resource_id, reservation.starts, reservation.ends, created_at
                from booking.reservation
                join booking.allocation
                  on occupant_id = reservation.id
                where title like $1 || '%'
                """,
                f"{name} steals ",
            )
            return Line(entries, taken, thefts)
    finally:
        connection.terminate()
