"""SQL for the holidays of sites."""

from collections.abc import Sequence

from berth.contracts.catalog import Holiday
from berth.kit.db import Connection, Row
from berth.modules.catalog.domain.terms import Stretch

COLUMNS = "id, site_id, name, first_day, last_day"


async def all_holidays(connection: Connection) -> Sequence[Holiday]:
    """Answer every holiday."""
    return [_holiday(row) for row in await connection.fetch(f"select {COLUMNS} from catalog.holiday")]


async def holidays_of(connection: Connection, site_id: int) -> Sequence[Holiday]:
    """Answer the holidays that are set at one site, by their first days."""
    rows = await connection.fetch(
        f"""
        select {COLUMNS}
        from catalog.holiday
        where site_id = $1
        order by first_day, id
        """,
        site_id,
    )
    return [_holiday(row) for row in rows]


async def insert(connection: Connection, site_id: int, stated: Stretch) -> int:
    """Add a holiday and answer its id."""
    id_: int = await connection.fetchval(
        """
        insert into catalog.holiday (site_id, name, first_day, last_day)
        values ($1, $2, $3, $4)
        returning id
        """,
        site_id,
        stated.name,
        stated.first_day,
        stated.last_day,
    )
    return id_


async def update(connection: Connection, holiday_id: int, stated: Stretch) -> None:
    """Write what is stated of a holiday."""
    await connection.execute(
        """
        update catalog.holiday
        set name = $2, first_day = $3, last_day = $4
        where id = $1
        """,
        holiday_id,
        stated.name,
        stated.first_day,
        stated.last_day,
    )


async def delete(connection: Connection, holiday_id: int) -> None:
    """Remove a holiday."""
    await connection.execute("delete from catalog.holiday where id = $1", holiday_id)


def _holiday(row: Row) -> Holiday:
    return Holiday(row["id"], row["site_id"], row["name"], row["first_day"], row["last_day"])
