"""SQL for the rules that are set on a site or a resource: its policy and its opening hours."""

import orjson

from berth.contracts.catalog import Opening
from berth.kit.db import Connection
from berth.modules.catalog.domain.opening import write_opening
from berth.modules.catalog.domain.policy import Owner, OwnPolicy


async def set_policy(connection: Connection, owner: Owner, owner_id: int, policy: OwnPolicy) -> bool | None:
    """Write the members that are set here; tell whether that changed anything, ``None`` if nobody has the id."""
    return await connection.fetchval(  # type: ignore[no-any-return]
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
        returning before.policy <> $2
        """,
        owner_id,
        orjson.dumps(policy).decode(),
    )


async def set_opening(connection: Connection, owner: Owner, owner_id: int, opening: Opening | None) -> bool | None:
    """Write the opening hours, or that they are inherited; answer as ``set_policy`` does."""
    return await connection.fetchval(  # type: ignore[no-any-return]
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
        returning before.opening is distinct from $2
        """,
        owner_id,
        orjson.dumps(write_opening(opening)).decode() if opening else None,
    )
