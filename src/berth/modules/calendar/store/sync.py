"""What a person's collection held when a client was told a token."""

from collections.abc import Mapping
from datetime import datetime

import orjson

from berth.kit.db import Connection, Database

KEPT_MAX = 50
"""How many states are kept of each person; a client with an older token reads everything anew."""


async def members(database: Database, person_id: int, number: int) -> dict[str, str] | None:
    """Answer the ETags that a collection had by its members' names; none if that is not known any more."""
    found = await database.fetch_value(
        """
        select members
        from calendar.sync_state
        where person_id = $1
          and number = $2
        """,
        person_id,
        number,
    )
    return None if found is None else dict(orjson.loads(found))


async def number_of(connection: Connection, person_id: int, held: Mapping[str, str], now: datetime) -> int:
    """Answer the number of the state in which a collection holds this: the last one, or a new one."""
    await connection.execute(
        "select pg_advisory_xact_lock(hashtextextended('berth.calendar.sync/' || $1::bigint, 0))", person_id
    )
    last = await connection.fetchrow(
        """
        select number, members
        from calendar.sync_state
        where person_id = $1
        order by number desc
        limit 1
        """,
        person_id,
    )
    if last is not None and orjson.loads(last["members"]) == held:
        return int(last["number"])
    number = int(last["number"]) + 1 if last is not None else 1
    await connection.execute(
        """
        insert into calendar.sync_state (person_id, number, members, created_at)
        values ($1, $2, $3::text::jsonb, $4)
        """,
        person_id,
        number,
        orjson.dumps(dict(held)).decode(),
        now,
    )
    await connection.execute(
        "delete from calendar.sync_state where person_id = $1 and number <= $2", person_id, number - KEPT_MAX
    )
    return number
