"""Allowances in SQL."""

from collections.abc import Sequence
from datetime import datetime

from berth.kit.auth import Role
from berth.kit.db import Connection, Database, Row
from berth.modules.quota.domain.allowances import Allowance, AllowanceUnit, Per, Rule, Scope

COLUMNS = "id, name, unit, amount, per, kind, tag, site_id, role, person_id, shared, removed_at"


def _read(row: Row) -> Allowance:
    rule = Rule(
        name=row["name"],
        unit=AllowanceUnit(row["unit"]),
        amount=row["amount"],
        per=Per(row["per"]),
        scope=Scope(row["kind"], row["tag"], row["site_id"]),
        role=Role(row["role"]) if row["role"] else None,
        person_id=row["person_id"],
        shared=row["shared"],
    )
    return Allowance(row["id"], rule, row["removed_at"])


async def add(connection: Connection, rule: Rule) -> int:
    """Keep a new allowance and answer its id; raises ``UniqueViolationError`` if its name is taken."""
    id_: int = await connection.fetchval(
        """
        insert into quota.allowance (name, unit, amount, per, kind, tag, site_id, role, person_id, shared)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        returning id
        """,
        rule.name,
        rule.unit,
        rule.amount,
        rule.per,
        rule.scope.kind,
        rule.scope.tag,
        rule.scope.site_id,
        rule.role,
        rule.person_id,
        rule.shared,
    )
    return id_


async def change(connection: Connection, id_: int, rule: Rule) -> None:
    """Change all of an allowance but how it is counted; raises ``UniqueViolationError`` if its name is taken."""
    await connection.execute(
        """
        update quota.allowance
        set name = $2,
            amount = $3,
            kind = $4,
            tag = $5,
            site_id = $6,
            role = $7,
            person_id = $8
        where id = $1
        """,
        id_,
        rule.name,
        rule.amount,
        rule.scope.kind,
        rule.scope.tag,
        rule.scope.site_id,
        rule.role,
        rule.person_id,
    )


async def lock(connection: Connection, id_: int) -> Allowance | None:
    """Answer an allowance that was not removed; nobody else changes it until the transaction ends.

    The lock is the one that leaves reservations free to refer to it.
    """
    row = await connection.fetchrow(
        f"""
        select {COLUMNS}
        from quota.allowance
        where id = $1
          and removed_at is null
        for no key update
        """,
        id_,
    )
    return row and _read(row)


async def remove(connection: Connection, id_: int, now: datetime) -> None:
    """Let an allowance count nothing any more."""
    await connection.execute("update quota.allowance set removed_at = $2 where id = $1", id_, now)


async def find(database: Database, id_: int) -> Allowance | None:
    """Answer an allowance, a removed one too."""
    row = await database.fetch_row(f"select {COLUMNS} from quota.allowance where id = $1", id_)
    return row and _read(row)


async def listed(
    database: Database, *, removed: bool, name: str | None, after: tuple[str, int] | None, limit: int
) -> Sequence[Allowance]:
    """Answer allowances by name and id, those that hold or those that were removed."""
    rows = await database.fetch(
        f"""
        select {COLUMNS}
        from quota.allowance
        where (removed_at is not null) = $1
          and ($2::text is null or name = $2)
          and ($3::text is null or (name, id) > ($3, $4))
        order by name, id
        limit $5
        """,
        removed,
        name,
        after and after[0],
        after and after[1],
        limit,
    )
    return [_read(row) for row in rows]


async def for_persons(connection: Connection, person_ids: Sequence[int]) -> Sequence[Allowance]:
    """Answer the allowances that may count for these persons: their own, and all that are for many."""
    rows = await connection.fetch(
        f"""
        select {COLUMNS}
        from quota.allowance
        where removed_at is null
          and (person_id is null or person_id = any($1::bigint[]))
        order by id
        """,
        person_ids,
    )
    return [_read(row) for row in rows]
