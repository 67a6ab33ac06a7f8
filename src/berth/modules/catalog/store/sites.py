"""SQL for the tree of sites."""

from collections.abc import Sequence
from typing import Any

import orjson

from berth.kit.db import Connection, Row
from berth.modules.catalog.domain.opening import read_opening
from berth.modules.catalog.domain.sites import Site

COLUMNS = "id, parent_id, name, kind, timezone, policy, opening"


async def hold_still(connection: Connection) -> None:
    """Keep the tree as it is until the transaction ends; others may hold it too, but nobody may change it."""
    await connection.execute("lock table catalog.site in share mode")


async def hold_alone(connection: Connection) -> None:
    """Wait for all who hold the tree, and let nobody else hold or change it until the transaction ends.

    Two moves that are fine one by one can make a cycle together; so can a rule set on a site and one
    set on a resource below it make a contradiction. Changes of the tree are rare: one at a time.
    """
    await connection.execute("lock table catalog.site in share row exclusive mode")


async def all_sites(connection: Connection) -> list[Site]:
    """Answer every site."""
    return [_site(row) for row in await connection.fetch(f"select {COLUMNS} from catalog.site")]


async def site(connection: Connection, site_id: int) -> Site | None:
    """Answer one site."""
    row = await connection.fetchrow(f"select {COLUMNS} from catalog.site where id = $1", site_id)
    return _site(row) if row else None


async def insert(connection: Connection, *, parent_id: int | None, name: str, kind: str, timezone: str | None) -> int:
    """Add a site and answer its id."""
    site_id: int = await connection.fetchval(
        """
        insert into catalog.site (parent_id, name, kind, timezone)
        values ($1, $2, $3, $4)
        returning id
        """,
        parent_id,
        name,
        kind,
        timezone,
    )
    return site_id


async def insert_all(
    connection: Connection, sites: Sequence[tuple[int | None, str]]
) -> dict[tuple[int | None, str], int]:
    """Add sites, each given by its parent and name, and answer their ids."""
    rows = await connection.fetch(
        """
        insert into catalog.site (parent_id, name, kind)
        select parent_id, name, 'other'
        from unnest($1::bigint[], $2::text[]) as added (parent_id, name)
        returning id, parent_id, name
        """,
        [parent_id for parent_id, _ in sites],
        [name for _, name in sites],
    )
    return {(row["parent_id"], row["name"]): row["id"] for row in rows}


async def update(connection: Connection, changed: Site) -> None:
    """Write the members of a site, but not its rules."""
    await connection.execute(
        """
        update catalog.site
        set parent_id = $2, name = $3, kind = $4, timezone = $5
        where id = $1
        """,
        changed.id,
        changed.parent_id,
        changed.name,
        changed.kind,
        changed.timezone,
    )


async def delete(connection: Connection, site_id: int) -> None:
    """Remove a site; the foreign keys refuse one that holds something."""
    await connection.execute("delete from catalog.site where id = $1", site_id)


async def contents(connection: Connection, site_id: int) -> Row:
    """Count the sites and resources directly in a site, with the first few of their names."""
    return await connection.fetchrow(
        """
        select
            count(*) filter (where is_site) as sites,
            count(*) filter (where not is_site) as resources,
            (array_agg(name order by is_site desc, name))[1:5] as names
        from (
            select true as is_site, name from catalog.site where parent_id = $1
            union all
            select false as is_site, name from catalog.resource where site_id = $1
        ) as content
        """,
        site_id,
    )


def _site(row: Row) -> Site:
    opening: Any = row["opening"]
    return Site(
        id=row["id"],
        parent_id=row["parent_id"],
        name=row["name"],
        kind=row["kind"],
        timezone=row["timezone"],
        policy=orjson.loads(row["policy"]),
        opening=read_opening(orjson.loads(opening)) if opening else None,
    )
