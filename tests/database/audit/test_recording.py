"""Writing entries: gapless and once, whatever is undone or comes at the same time."""

import asyncio

from berth.modules.audit.handlers import write_down
from tests.database.audit.conftest import Record, happened


async def test_entries_are_numbered_without_gaps_and_chained(record: Record) -> None:
    assert await record.sequences() == list(range(1, 11))
    verdict = await record.verify()
    assert (verdict.broken, verdict.entries, verdict.head.sequence) == (None, 10, 10)


async def test_what_is_rolled_back_leaves_no_trace_and_comes_again_as_one_entry(record: Record) -> None:
    event = happened()
    async with record.database.connection() as connection:
        transaction = connection.transaction()
        await transaction.start()
        await write_down(connection, [event])
        await transaction.rollback()
    assert await record.sequences() == list(range(1, 11))
    await record.write(event)
    assert await record.owner.fetchval("select count(*) from audit.entry where event = $1", event.id) == 1
    assert await record.sequences() == list(range(1, 12))
    assert (await record.verify()).broken is None


async def test_two_who_write_at_once_take_turns(empty_record: Record) -> None:
    await asyncio.gather(*(empty_record.write(*(happened() for _ in range(5))) for _ in range(6)))
    assert await empty_record.sequences() == list(range(1, 31))
    assert (await empty_record.verify()).broken is None


async def test_an_entry_says_who_what_when_and_from_where(empty_record: Record) -> None:
    event = happened("reservation/42", 7)
    await empty_record.write(event)
    row = await empty_record.owner.fetchrow(
        "select event, type, subject, actor_id, occurred_at, address, trace_id, data from audit.entry"
    )
    said = (event.id, event.type, "reservation/42", 7, event.time, "::1", f"{event.number:032x}", event.data)
    assert tuple(row) == said


async def test_two_hundred_events_take_two_statements(empty_record: Record) -> None:
    asked: list[str] = []
    await empty_record.write(happened())  # asyncpg learns the types of a connection at its first statement
    async with empty_record.database.transaction() as connection:
        with connection.query_logger(lambda one: asked.append(one.query)):
            await write_down(connection, [happened() for _ in range(200)])
    assert len(asked) == 2
