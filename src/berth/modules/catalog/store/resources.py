"""SQL for resources."""

from collections.abc import Sequence
from typing import Any

import orjson

from berth.kit.db import Connection, Row
from berth.modules.catalog.domain.opening import read_opening
from berth.modules.catalog.domain.resources import Particulars, Record

COLUMNS = """
    id, name, kind, site_id, capacity, timezone, tags, description, attributes, policy, opening, version,
    retired_at is not null as retired
"""


async def all_records(connection: Connection) -> list[Record]:
    """Answer every resource."""
    return [record(row) for row in await connection.fetch(f"select {COLUMNS} from catalog.resource")]


async def records(connection: Connection, ids: Sequence[int]) -> list[Record]:
    """Answer the resources with these ids."""
    rows = await connection.fetch(f"select {COLUMNS} from catalog.resource where id = any($1::bigint[])", ids)
    return [record(row) for row in rows]


async def records_inheriting(connection: Connection) -> list[Record]:
    """Answer the resources that a change of their sites can make unsound: without a zone, or with a policy."""
    rows = await connection.fetch(
        f"""
        select {COLUMNS}
        from catalog.resource
        where timezone is null
        or policy <> '{{}}'
        """
    )
    return [record(row) for row in rows]


async def record_for_update(connection: Connection, resource_id: int) -> Record | None:
    """Answer one resource, and let nobody else change it until the transaction ends."""
    row = await connection.fetchrow(
        f"select {COLUMNS} from catalog.resource where id = $1 for no key update", resource_id
    )
    return record(row) if row else None


async def insert(connection: Connection, stated: Particulars) -> int:
    """Add a resource and answer its id."""
    resource_id: int = await connection.fetchval(
        """
        insert into catalog.resource (name, kind, site_id, capacity, timezone, tags, description, attributes)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        returning id
        """,
        *_values(stated),
    )
    return resource_id


async def update(connection: Connection, resource_id: int, stated: Particulars) -> None:
    """Write what is stated of a resource."""
    await connection.execute(
        """
        update catalog.resource
        set
            name = $2,
            kind = $3,
            site_id = $4,
            capacity = $5,
            timezone = $6,
            tags = $7,
            description = $8,
            attributes = $9,
            version = version + 1
        where id = $1
        """,
        resource_id,
        *_values(stated),
    )


async def set_retired(connection: Connection, resource_id: int, *, retired: bool) -> None:
    """Take a resource out of use, or bring it back."""
    await connection.execute(
        """
        update catalog.resource
        set retired_at = case when $2 then now() end, version = version + 1
        where id = $1
        """,
        resource_id,
        retired,
    )


def _values(stated: Particulars) -> tuple[Any, ...]:
    return (
        stated.name,
        stated.kind,
        stated.site_id,
        stated.capacity,
        stated.timezone,
        stated.tags,
        stated.description,
        orjson.dumps(stated.attributes).decode(),
    )


def record(row: Row) -> Record:
    """Answer the resource of a row of ``COLUMNS``."""
    return Record(
        id=row["id"],
        stated=Particulars(
            name=row["name"],
            kind=row["kind"],
            site_id=row["site_id"],
            capacity=row["capacity"],
            timezone=row["timezone"],
            tags=tuple(row["tags"]),
            description=row["description"],
            attributes=orjson.loads(row["attributes"]),
        ),
        policy=orjson.loads(row["policy"]),
        opening=read_opening(orjson.loads(row["opening"])) if row["opening"] else None,
        retired=row["retired"],
        version=row["version"],
    )
