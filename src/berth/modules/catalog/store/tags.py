"""SQL for tags over all resources. A resource's tags are sorted by code point, as Python sorts them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from berth.kit.db import Connection, Row


@dataclass(frozen=True, slots=True)
class Retagged:
    """A resource's tags, as they were and as they are."""

    resource_id: int
    before: Sequence[str]
    after: Sequence[str]


async def rename(connection: Connection, tag: str, name: str) -> list[Retagged]:
    """Replace a tag, once where the new one is there already; answer the resources that bore it, by id."""
    rows = await connection.fetch(
        """
        with bearing as (
            select id, tags
            from catalog.resource
            where tags @> array[$1::text]
            for no key update
        )
        update catalog.resource as resource
        set
            tags = array(
                select distinct tag collate "C"
                from unnest(array_replace(bearing.tags, $1, $2)) as changed (tag)
                order by 1
            ),
            version = version + 1
        from bearing
        where resource.id = bearing.id
        returning resource.id, bearing.tags as before, resource.tags as after
        """,
        tag,
        name,
    )
    return _retagged(rows)


async def delete(connection: Connection, tag: str) -> list[Retagged]:
    """Take a tag away from all resources; answer those that bore it, by id."""
    rows = await connection.fetch(
        """
        with bearing as (
            select id, tags
            from catalog.resource
            where tags @> array[$1::text]
            for no key update
        )
        update catalog.resource as resource
        set tags = array_remove(bearing.tags, $1), version = version + 1
        from bearing
        where resource.id = bearing.id
        returning resource.id, bearing.tags as before, resource.tags as after
        """,
        tag,
    )
    return _retagged(rows)


def _retagged(rows: Iterable[Row]) -> list[Retagged]:
    found = [Retagged(row["id"], row["before"], row["after"]) for row in rows]
    return sorted(found, key=lambda one: one.resource_id)
