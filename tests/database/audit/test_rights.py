"""The record can be added to, and nothing else: by privilege for audit itself, by triggers for its owner."""

import asyncpg
import pytest

from tests.database.audit.conftest import Record

CHANGES = [
    "update audit.entry set actor_id = 1",
    "update audit.entry set actor_id = 1 where false",
    "delete from audit.entry",
    "delete from audit.entry where sequence = 10",
    "truncate audit.entry",
    "update audit.checkpoint set sequence = 1",
    "delete from audit.checkpoint",
    "truncate audit.checkpoint",
]
MORE_CHANGES = [
    "insert into audit.checkpoint (sequence, hash) values (4, '')",
    "alter table audit.entry disable trigger user",
    "drop trigger entry_unchanged on audit.entry",
    "create or replace function audit.refuse_change() returns trigger language sql as 'select null'",
]


@pytest.mark.parametrize("statement", CHANGES + MORE_CHANGES)
async def test_audit_itself_may_not_change_the_record(record: Record, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match=r"permission denied|must be owner"):
        await record.database.execute(statement)
    assert await record.sequences() == list(range(1, 11))


@pytest.mark.parametrize("statement", [one for one in CHANGES if one != "delete from audit.checkpoint"])
async def test_triggers_refuse_the_owner(record: Record, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="append-only"):
        await record.owner.execute(statement)
    assert await record.sequences() == list(range(1, 11))
