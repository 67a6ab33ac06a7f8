"""Whatever somebody who owns the tables does to the record, verifying tells the first entry that does not fit."""

import pytest

from berth.modules.audit.domain.entry import Head
from berth.modules.audit.usecases.verifying import Verifying
from tests.database.audit.conftest import Record, happened

COLUMNS = "event, type, subject, actor_id, occurred_at, recorded_at, address, trace_id, data, previous_hash, hash"
COPY = f"insert into audit.entry (sequence, {COLUMNS}) select {{}}, {COLUMNS} from audit.entry where sequence = {{}}"
SWAP = """
    update audit.entry set sequence = -1 where sequence = 4;
    update audit.entry set sequence = 4 where sequence = 5;
    update audit.entry set sequence = 5 where sequence = -1
"""

TAMPERINGS = {
    "another title": ("""update audit.entry set data = '{"title": "x"}' where sequence = 4""", 4, "content"),
    "another actor": ("update audit.entry set actor_id = 9 where sequence = 4", 4, "content"),
    "no actor": ("update audit.entry set actor_id = null where sequence = 4", 4, "content"),
    "another time": ("update audit.entry set occurred_at = now() where sequence = 4", 4, "content"),
    "another hash": ("update audit.entry set hash = sha256('x') where sequence = 4", 4, "content"),
    "another link": ("update audit.entry set previous_hash = sha256('x') where sequence = 4", 4, "previous-hash"),
    "a space more": ("update audit.entry set data = (data::text || ' ')::json where sequence = 10", 10, "content"),
    "the first is gone": ("delete from audit.entry where sequence = 1", 1, "missing"),
    "one in the middle is gone": ("delete from audit.entry where sequence = 4", 4, "missing"),
    "the last is gone": ("delete from audit.entry where sequence = 10", 10, "cut"),
    "the tail is gone": ("delete from audit.entry where sequence > 6", 7, "cut"),
    "all is gone": ("delete from audit.entry", 1, "cut"),
    "all is gone at once": ("truncate audit.entry", 1, "cut"),
    "one is put behind": (COPY.format(11, 10), 11, "previous-hash"),
    "one is put before": (COPY.format(0, 1), 0, "left-over"),
    "two are swapped": (SWAP, 4, "previous-hash"),
    "the kept head is gone": ("delete from audit.head", 1, "added"),
    "the kept head is another": ("update audit.head set hash = sha256('x')", 10, "head"),
    "the kept head is older": ("update audit.head set sequence = 6", 7, "added"),
    "an invented removal": (
        "insert into audit.checkpoint (sequence, hash) select sequence, hash from audit.entry where sequence = 4",
        1,
        "left-over",
    ),
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
async def test_tampering_is_found(record: Record, tampering: str) -> None:
    statement, sequence, reason = TAMPERINGS[tampering]
    await record.owner.execute("alter table audit.entry disable trigger user")
    await record.owner.execute(statement)
    broken = (await record.verify()).broken
    assert broken is not None
    assert (broken.sequence, broken.reason) == (sequence, reason)


async def test_a_well_made_forgery_at_the_end_is_found_too(record: Record) -> None:
    kept = await record.owner.fetchrow("select sequence, hash from audit.head")
    await record.write(happened())
    await record.owner.execute("update audit.head set sequence = $1, hash = $2", *kept)
    broken = (await record.verify()).broken
    assert broken is not None
    assert (broken.sequence, broken.reason) == (11, "added")


async def test_a_tail_cut_with_its_head_is_found_by_a_noted_head_alone(record: Record) -> None:
    noted = (await record.verify()).head
    await record.owner.execute(
        """
        alter table audit.entry disable trigger user;
        delete from audit.entry where sequence > 6;
        update audit.head
        set sequence = entry.sequence, hash = entry.hash
        from audit.entry as entry
        where entry.sequence = 6
        """
    )
    assert (await record.verify()).broken is None
    broken = (await Verifying(record.database).verify(noted)).broken
    assert broken is not None
    assert broken.reason == "noted-head"


async def test_a_noted_head_that_fits_is_no_break(record: Record) -> None:
    noted = (await record.verify()).head
    await record.write(happened())
    assert (await Verifying(record.database).verify(noted)).broken is None
    broken = (await Verifying(record.database).verify(Head(5, bytes(32)))).broken
    assert broken is not None
    assert (broken.sequence, broken.reason) == (5, "noted-head")
