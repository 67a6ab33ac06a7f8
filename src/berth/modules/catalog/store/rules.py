"""SQL for the rules that are set on a site or a resource: its policy and its opening hours."""

from dataclasses import dataclass
from typing import Any

import orjson

from berth.contracts.catalog import Opening
from berth.kit.db import Connection, Row
from berth.modules.catalog.domain.opening import write_opening
from berth.modules.catalog.domain.policy import Owner, OwnPolicy


@dataclass(frozen=True, slots=True)
class Replaced:
    """What was set before, as JSON has it, and whether it was something else."""

    before: Any
    changed: bool


async def set_policy(connection: Connection, owner: Owner, owner_id: int, policy: OwnPolicy) -> Replaced | None:
    """Write the members that are set here; answer what they replace, ``None`` if nobody has the id."""
    row = await connection.fetchrow(
        f"""
        with before as (
            select id, policy
            from catalog.{owner}
            where id = $1
            for no key update
        )
        update catalog.{owner} as owner
        set policy = $2
        from before
        where owner.id = before.id
        returning before.policy as before, before.policy <> $2 as changed
        """,
        owner_id,
        orjson.dumps(policy).decode(),
    )
    return _replaced(row)


async def set_opening(connection: Connection, owner: Owner, owner_id: int, opening: Opening | None) -> Replaced | None:
    """Write the opening hours, or that they are inherited; answer as ``set_policy`` does."""
    row = await connection.fetchrow(
        f"""
        with before as (
            select id, opening
            from catalog.{owner}
            where id = $1
            for no key update
        )
        update catalog.{owner} as owner
        set opening = $2
        from before
        where owner.id = before.id
        returning before.opening as before, before.opening is distinct from $2 as changed
        """,
        owner_id,
        orjson.dumps(write_opening(opening)).decode() if opening else None,
    )
    return _replaced(row)


def _replaced(row: Row | None) -> Replaced | None:
    if row is None:
        return None
    return Replaced(orjson.loads(row["before"]) if row["before"] else None, row["changed"])
