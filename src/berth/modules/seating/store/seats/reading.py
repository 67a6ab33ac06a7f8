"""How the seats of a performance stand."""

from berth.contracts.seating.performances import AreaNow, SeatsNow
from berth.kit.db import Database

NOW = """
select
    (
        select string_agg(left(state, 1), '' order by place)
        from seating.seat
        where performance_id = $1
    ) as states,
    array(
        select version
        from seating.seat
        where performance_id = $1
        order by place
    ) as versions,
    array(
        select row(key, capacity, taken, version)
        from seating.area
        where performance_id = $1
        order by key
    ) as areas
from seating.performance
where id = $1
"""


async def now(database: Database, performance_id: int) -> SeatsNow | None:
    """Answer how the seats of a performance stand; none if there is no such performance."""
    row = await database.fetch_row(NOW, performance_id)
    return row and SeatsNow(
        performance_id, row["states"] or "", tuple(row["versions"]), tuple(AreaNow(*one) for one in row["areas"])
    )


async def states(database: Database, performance_id: int) -> str:
    """Answer the states of all seats, a letter for each place."""
    found = await database.fetch_value(
        """
        select string_agg(left(state, 1), '' order by place)
        from seating.seat
        where performance_id = $1
        """,
        performance_id,
    )
    return str(found or "")
