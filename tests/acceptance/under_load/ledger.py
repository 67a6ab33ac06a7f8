"""What the database holds, read behind the program's back and held against what people were told."""

from dataclasses import dataclass
from typing import Any

import asyncpg

from tests.acceptance.under_load.traffic import Told

OVERLAPS = """
select one.occupant_id, other.occupant_id as other_id, one.resource_id
from booking.allocation as one
join booking.allocation as other
    on other.resource_id = one.resource_id
   and other.occupant_id > one.occupant_id
   and other.occupies && one.occupies
where one.active
  and other.active
"""

OVERLAPS_OF_RESERVATIONS = """
select one.id, other.id as other_id, mine.resource_id
from booking.reservation as one
join booking.allocation as mine on mine.occupant_id = one.id
join booking.allocation as theirs
    on theirs.resource_id = mine.resource_id
   and theirs.occupant_id > mine.occupant_id
join booking.reservation as other on other.id = theirs.occupant_id
where tstzrange(one.starts, one.ends) && tstzrange(other.starts, other.ends)
  and one.state <> 'cancelled'
  and other.state <> 'cancelled'
"""

ROWS = """
select id, title, state, starts, ends, owner_id, version,
    (select array_agg(resource_id order by resource_id) from booking.allocation where occupant_id = id and active)
        as resource_ids,
    (select count(*) from booking.outbox where subject = 'reservation/' || reservation.id) as events
from booking.reservation
where title like $1 || '%'
"""


@dataclass(frozen=True)
class Ledger:
    """Reservations as the tables hold them, and every pair of occupants that overlap."""

    rows: list[dict[str, Any]]
    overlaps: list[Any]


async def read(database_url: str, prefix: str) -> Ledger:
    """Read the reservations whose titles begin so, and the overlaps of all."""
    connection = await asyncpg.connect(database_url)
    try:
        rows = [dict(row) for row in await connection.fetch(ROWS, prefix)]
        overlaps = [*await connection.fetch(OVERLAPS), *await connection.fetch(OVERLAPS_OF_RESERVATIONS)]
    finally:
        await connection.close()
    return Ledger(rows, overlaps)


def as_shown(answer: dict[str, Any]) -> tuple[Any, ...]:
    """Answer what an answer says of a reservation, comparable with a row."""
    resources = sorted(one["id"] for one in answer["resources"])
    times = (answer["start"].replace("Z", "+00:00"), answer["end"].replace("Z", "+00:00"))
    return answer["id"], answer["state"], *times, answer["owner"]["id"], answer["version"], resources


def as_stored(row: dict[str, Any]) -> tuple[Any, ...]:
    """Answer what a row says of a reservation, comparable with an answer."""
    times = (row["starts"].isoformat(), row["ends"].isoformat())
    return row["id"], row["state"], *times, row["owner_id"], row["version"], row["resource_ids"] or []


async def prove(database_url: str, prefix: str, told: Told) -> Ledger:
    """Check that nothing overlaps, and that exactly what was acknowledged is stored, as it was told and told of once.

    A reservation, its allocations and its event stand together; of every other answer nothing is stored.
    """
    ledger = await read(database_url, prefix)
    assert ledger.overlaps == []
    stored = {row["title"]: row for row in ledger.rows}
    assert len(stored) == len(ledger.rows), "no wish was fulfilled twice"
    assert stored.keys() == told.made.keys()
    assert {title: as_stored(row) for title, row in stored.items()} == {
        title: as_shown(answer) for title, answer in told.made.items()
    }
    assert {row["events"] for row in ledger.rows} == {1}
    return ledger
