"""Removing what is too old: oldest first, with a checkpoint from which verifying goes on."""

from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from berth.modules.audit.domain.entry import Head, chained
from berth.modules.audit.store import recording
from berth.modules.audit.usecases import retention
from berth.modules.audit.usecases.retention import remove_before
from berth.modules.audit.usecases.verifying import Verifying
from tests.database.audit.conftest import Record, happened


@pytest.fixture
async def aged(empty_record: Record, monkeypatch: pytest.MonkeyPatch) -> Record:
    """Ten entries, of which six were recorded ten days ago; removed four at once."""
    monkeypatch.setattr(retention, "REMOVED_AT_ONCE", 4)
    old = datetime.now(UTC) - timedelta(days=10)
    for present, count in ((old, 6), (None, 4)):
        await _write_at(empty_record, present, count)
    assert (await empty_record.verify()).entries == 10
    return empty_record


async def _write_at(record: Record, present: datetime | None, count: int) -> None:
    async with record.database.transaction() as connection:
        head, now = await recording.lock_head(connection)
        await recording.append(connection, chained([happened() for _ in range(count)], head, present or now))


async def test_old_entries_go_and_the_rest_is_still_verified(aged: Record) -> None:
    noted = (await aged.verify()).head
    assert await remove_before(aged.database, datetime.now(UTC) - timedelta(days=5)) == 6
    assert await aged.sequences() == [7, 8, 9, 10]
    verdict = await Verifying(aged.database).verify(noted)
    assert (verdict.broken, verdict.entries) == (None, 4)
    assert verdict.checkpoint is not None
    assert verdict.checkpoint.head.sequence == 6
    assert await remove_before(aged.database, datetime.now(UTC) - timedelta(days=5)) == 0
    await aged.write(happened())
    assert (await aged.verify()).head.sequence == 11


async def test_tampering_behind_a_checkpoint_is_found(aged: Record) -> None:
    await remove_before(aged.database, datetime.now(UTC) - timedelta(days=5))
    await aged.owner.execute("alter table audit.entry disable trigger user")
    await aged.owner.execute("delete from audit.entry where sequence = 7")
    broken = (await aged.verify()).broken
    assert broken is not None
    assert (broken.sequence, broken.reason) == (7, "missing")


async def test_all_may_be_too_old_and_the_chain_goes_on(aged: Record) -> None:
    await aged.owner.execute(
        """
        alter table audit.entry disable trigger user;
        update audit.entry set recorded_at = now() - interval '30 days';
        alter table audit.entry enable trigger user
        """
    )
    assert await remove_before(aged.database, datetime.now(UTC) - timedelta(days=5)) == 10
    await aged.write(happened())
    verdict = await aged.verify()
    assert (verdict.broken, verdict.entries, verdict.head.sequence) == (None, 1, 11)


async def test_a_noted_head_that_was_removed_says_nothing(aged: Record) -> None:
    await remove_before(aged.database, datetime.now(UTC) - timedelta(days=5))
    verdict = await Verifying(aged.database).verify(Head(3, bytes(32)))
    assert verdict.broken is None
    assert verdict.noted_was_removed
    at_checkpoint = await Verifying(aged.database).verify(Head(6, bytes(32)))
    assert at_checkpoint.broken is not None


async def test_nobody_removes_the_last_day(aged: Record) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="last day"):
        await remove_before(aged.database, datetime.now(UTC))
    assert len(await aged.sequences()) == 10
