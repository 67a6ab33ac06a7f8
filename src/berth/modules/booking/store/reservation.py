"""Reservations as they stand, and their histories."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from berth.kit.db import Connection, Database, Row
from berth.modules.booking.domain.reservation import Change, Reservation

COLUMNS = """
    reservation.id,
    reservation.state,
    reservation.owner_id,
    reservation.created_by,
    reservation.title,
    reservation.description,
    reservation.starts,
    reservation.ends,
    reservation.version,
    reservation.cancel_reason,
    reservation.created_at,
    reservation.series_id,
    reservation.occurrence,
    array(
        select resource_id
        from booking.allocation
        where occupant_id = reservation.id
        order by resource_id
    ) as resource_ids
"""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which reservations to list; every member that is given must hold.

    ``start`` and ``until`` bound the time in which a reservation takes place; ``after`` is the cursor:
    the start and id of the last one on the page before.
    """

    owner_id: int | None = None
    resource_id: int | None = None
    states: tuple[str, ...] | None = None
    start: datetime | None = None
    until: datetime | None = None
    after: tuple[datetime, int] | None = None
    newest_first: bool = False


def read(row: Row) -> Reservation:
    """Answer the reservation of a row of ``COLUMNS``."""
    return Reservation(
        id=row["id"],
        state=row["state"],
        owner_id=row["owner_id"],
        created_by=row["created_by"],
        title=row["title"],
        description=row["description"],
        start=row["starts"],
        end=row["ends"],
        resource_ids=tuple(row["resource_ids"]),
        version=row["version"],
        cancel_reason=row["cancel_reason"],
        created_at=row["created_at"],
        series_id=row["series_id"],
        occurrence=row["occurrence"],
    )


async def one(database: Database, id_: int) -> Reservation | None:
    """Answer a reservation."""
    row = await database.fetch_row(f"select {COLUMNS} from booking.reservation where id = $1", id_)
    return row and read(row)


async def locked(connection: Connection, id_: int) -> Reservation | None:
    """Answer a reservation, and keep others from changing it until the transaction ends.

    It is locked first and read then: a statement that had to wait for the lock reads the row as it is by
    then, but the allocations as they were when it began.
    """
    await connection.execute("select from booking.reservation where id = $1 for update", id_)
    row = await connection.fetchrow(f"select {COLUMNS} from booking.reservation where id = $1", id_)
    return row and read(row)


async def listed(database: Database, which: Filter, limit: int) -> list[Reservation]:
    """Answer up to ``limit`` reservations that pass the filter, by start and id."""
    values: list[Any] = []
    clauses = ["true"]

    def clause(sql: str, *given: Any) -> None:
        if given[0] is not None:
            numbers = [f"${len(values) + place}" for place in range(1, len(given) + 1)]
            values.extend(given)
            clauses.append(sql.format(*numbers))

    clause("reservation.owner_id = {}", which.owner_id)
    clause("reservation.state = any({})", which.states)
    clause("reservation.ends > {}", which.start)
    clause("reservation.starts < {}", which.until)
    clause(
        "reservation.id in (select occupant_id from booking.allocation where resource_id = {})",
        which.resource_id,
    )
    beyond, order = ("<", "desc") if which.newest_first else (">", "asc")
    clause(f"(reservation.starts, reservation.id) {beyond} ({{}}, {{}})", *(which.after or (None,)))
    where = "\n  and ".join(clauses)
    rows = await database.fetch(
        f"select {COLUMNS} from booking.reservation where {where} "
        f"order by reservation.starts {order}, reservation.id {order} limit {limit:d}",
        *values,
    )
    return [read(row) for row in rows]


async def changes(database: Database, id_: int) -> list[Change]:
    """Answer what happened to a reservation after its creation, oldest first."""
    rows = await database.fetch(
        """
        select version, what, actor_id, before, after, changed_at
        from booking.reservation_change
        where reservation_id = $1
        order by version
        """,
        id_,
    )
    return [
        Change(
            row["version"],
            row["what"],
            row["actor_id"],
            orjson.loads(row["before"]),
            orjson.loads(row["after"]),
            row["changed_at"],
        )
        for row in rows
    ]
