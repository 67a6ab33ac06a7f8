"""SQL for the terms of sites."""

from collections.abc import Sequence

from berth.contracts.catalog import Term
from berth.kit.db import Connection, Row
from berth.modules.catalog.domain.terms import Stretch

COLUMNS = "id, site_id, name, first_day, last_day"


async def all_terms(connection: Connection) -> Sequence[Term]:
    """Answer every term."""
    return [_term(row) for row in await connection.fetch(f"select {COLUMNS} from catalog.term")]


async def terms_of(connection: Connection, site_id: int) -> Sequence[Term]:
    """Answer the terms that are set at one site, by their first days."""
    rows = await connection.fetch(
        f"""
        select {COLUMNS}
        from catalog.term
        where site_id = $1
        order by first_day
        """,
        site_id,
    )
    return [_term(row) for row in rows]


async def insert(connection: Connection, site_id: int, stated: Stretch) -> int:
    """Add a term and answer its id."""
    id_: int = await connection.fetchval(
        """
        insert into catalog.term (site_id, name, first_day, last_day)
        values ($1, $2, $3, $4)
        returning id
        """,
        site_id,
        stated.name,
        stated.first_day,
        stated.last_day,
    )
    return id_


async def update(connection: Connection, term_id: int, stated: Stretch) -> None:
    """Write what is stated of a term."""
    await connection.execute(
        """
        update catalog.term
        set name = $2, first_day = $3, last_day = $4
        where id = $1
        """,
        term_id,
        stated.name,
        stated.first_day,
        stated.last_day,
    )


async def delete(connection: Connection, term_id: int) -> None:
    """Remove a term."""
    await connection.execute("delete from catalog.term where id = $1", term_id)


def _term(row: Row) -> Term:
    return Term(row["id"], row["site_id"], row["name"], row["first_day"], row["last_day"])
