"""SQL for tags over all resources. A resource's tags are sorted by code point, as Python sorts them."""

from berth.kit.db import Connection


async def rename(connection: Connection, tag: str, name: str) -> list[int]:
    """Replace a tag, once where the new one is there already; answer the ids of the resources that bore it."""
    rows = await connection.fetch(
        """
        update catalog.resource
        set
            tags = array(
                select distinct tag collate "C"
                from unnest(array_replace(tags, $1, $2)) as changed (tag)
                order by 1
            ),
            version = version + 1
        where tags @> array[$1::text]
        returning id
        """,
        tag,
        name,
    )
    return sorted(row["id"] for row in rows)


async def delete(connection: Connection, tag: str) -> list[int]:
    """Take a tag away from all resources; answer the ids of those that bore it."""
    rows = await connection.fetch(
        """
        update catalog.resource
        set tags = array_remove(tags, $1), version = version + 1
        where tags @> array[$1::text]
        returning id
        """,
        tag,
    )
    return sorted(row["id"] for row in rows)
