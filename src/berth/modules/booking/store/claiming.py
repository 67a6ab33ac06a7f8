"""Turning what a hold or an offer occupies into a reservation, in place: it is never free in between."""

from berth.kit.db import Connection
from berth.modules.booking.store.placing import Placement


async def claim(connection: Connection, placement: Placement, kind: str) -> int:
    """Make the reservation of the occupant's number, and answer how many of its resources the occupant had.

    The rows of the calendar keep their times, which the constraint has allowed already.
    """
    one, visit = placement.reservation, placement.visit
    rows = await connection.fetch(
        """
        update booking.allocation
        set kind = 'reservation'
        where occupant_id = $1
          and kind = $2
          and active
        returning resource_id
        """,
        one.id,
        kind,
    )
    await connection.execute(
        """
        insert into booking.reservation
            (id, state, owner_id, created_by, title, description, starts, ends, early_minutes, no_show_minutes,
            created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """,
        one.id,
        one.state,
        one.owner_id,
        one.created_by,
        one.title,
        one.description,
        one.start,
        one.end,
        visit.early_minutes,
        visit.no_show_minutes,
        one.created_at,
    )
    return len(rows)
