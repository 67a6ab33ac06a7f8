"""SQL for the terms and the holidays of sites: two tables of one form."""

from collections.abc import Sequence

from berth.kit.db import Connection, Row
from berth.modules.catalog.domain.days import Days, Kind, Stretch

COLUMNS = "id, site_id, name, first_day, last_day"


async def everywhere(connection: Connection, kind: Kind[Days]) -> Sequence[Days]:
    """Answer all days of a kind."""
    return [_days(kind, row) for row in await connection.fetch(f"select {COLUMNS} from catalog.{kind.one}")]


async def of_site(connection: Connection, kind: Kind[Days], site_id: int) -> Sequence[Days]:
    """Answer the days that are set at one site, by the first of each."""
    rows = await connection.fetch(
        f"""
        select {COLUMNS}
        from catalog.{kind.one}
        where site_id = $1
        order by first_day, id
        """,
        site_id,
    )
    return [_days(kind, row) for row in rows]


async def insert(connection: Connection, kind: Kind[Days], site_id: int, stated: Stretch) -> int:
    """Add days and answer their id."""
    id_: int = await connection.fetchval(
        f"""
        insert into catalog.{kind.one} (site_id, name, first_day, last_day)
        values ($1, $2, $3, $4)
        returning id
        """,
        site_id,
        stated.name,
        stated.first_day,
        stated.last_day,
    )
    return id_


async def update(connection: Connection, kind: Kind[Days], id_: int, stated: Stretch) -> None:
    """Write what is stated of days."""
    await connection.execute(
        f"""
        update catalog.{kind.one}
        set name = $2, first_day = $3, last_day = $4
        where id = $1
        """,
        id_,
        stated.name,
        stated.first_day,
        stated.last_day,
    )


async def delete(connection: Connection, kind: Kind[Days], id_: int) -> None:
    """Remove days."""
    await connection.execute(f"delete from catalog.{kind.one} where id = $1", id_)


def _days(kind: Kind[Days], row: Row) -> Days:
    return kind.value(row["id"], row["site_id"], row["name"], row["first_day"], row["last_day"])
