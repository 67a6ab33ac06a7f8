"""SQL for many resources at once."""

from collections.abc import Sequence
from dataclasses import asdict

import orjson

from berth.kit.db import Connection
from berth.modules.catalog.domain.resources import Particulars, Record
from berth.modules.catalog.store.resources import COLUMNS, record


async def records_named(connection: Connection, names: Sequence[str]) -> list[Record]:
    """Answer the resources with these names, and let nobody else change them until the transaction ends.

    They are locked by id, the order in which a second import waits for the first instead of for itself.
    """
    rows = await connection.fetch(
        f"""
        select {COLUMNS}
        from catalog.resource
        where name = any($1::text[])
        order by id
        for no key update
        """,
        names,
    )
    return [record(row) for row in rows]


async def save_all(connection: Connection, stated: Sequence[Particulars]) -> dict[str, int]:
    """Add the resources, or write those that are there by name; answer the ids by name."""
    rows = await connection.fetch(
        """
        insert into catalog.resource as resource
            (name, kind, site_id, capacity, timezone, tags, description, attributes)
        select name, kind, site_id, capacity, timezone, tags, description, attributes
        from jsonb_to_recordset($1) as stated (
            name text,
            kind text,
            site_id bigint,
            capacity integer,
            timezone text,
            tags text[],
            description text,
            attributes jsonb
        )
        on conflict on constraint resource_name_once do update
        set
            kind = excluded.kind,
            site_id = excluded.site_id,
            capacity = excluded.capacity,
            timezone = excluded.timezone,
            tags = excluded.tags,
            description = excluded.description,
            attributes = excluded.attributes,
            version = resource.version + 1
        returning id, name
        """,
        orjson.dumps([asdict(one) for one in stated]).decode(),
    )
    return {row["name"]: row["id"] for row in rows}
