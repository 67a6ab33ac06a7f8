"""A calendar from outside as time goes by."""

from datetime import timedelta

from berth.contracts.booking.questions import BusyTime
from tests.calendar_server import calendar
from tests.database.calendar.conftest import ADMIN, NINE, Process

MORNING = "DTSTART:20270302T090000Z\r\nDTEND:20270302T100000Z"
HOUR = timedelta(hours=1)
BUSY = [BusyTime(NINE + 24 * HOUR, NINE + 25 * HOUR)]


async def due(process: Process) -> set[str]:
    """Have the due ones asked, and answer the errands there are."""
    await process.refreshing.ask_due()
    return {one["key"] for one in await process.database.fetch("select key from calendar.errand")}


async def test_it_is_asked_every_quarter_of_an_hour(process: Process) -> None:
    made = await process.follow()
    await process.database.execute("delete from calendar.errand")
    assert await due(process) == {f"subscription/{made.id}/refresh"}
    await process.database.execute("delete from calendar.errand")
    process.clock.now += timedelta(minutes=14)
    assert await due(process) == set()
    process.clock.now += timedelta(minutes=1)
    assert await due(process) == {f"subscription/{made.id}/refresh"}


async def test_that_nothing_changed_is_believed_for_less_than_a_day(process: Process) -> None:
    process.server.data, process.server.etag = calendar(MORNING), '"1"'
    made = await process.follow()
    first = await process.refresh(made.id)
    process.clock.now += HOUR
    second = await process.refresh(made.id)
    assert [one.etag for one in process.server.asked] == [None, '"1"']
    assert first is not None
    assert second is not None
    assert (second.read_at, second.fetched_at) == (first.read_at, NINE + HOUR)
    process.clock.now += 20 * HOUR
    third = await process.refresh(made.id)
    assert third is not None
    assert third.read_at == process.clock.now
    assert process.server.asked[-1].etag is None
    assert process.booking.closed == {made.source: BUSY}


async def test_an_error_changes_the_error_alone(process: Process) -> None:
    process.server.data = calendar(MORNING)
    made = await process.follow()
    await process.refresh(made.id)
    for data, said in ((None, "away"), (b"<html>", "no line of a calendar"), (calendar("SUMMARY:?"), "no DTSTART")):
        process.server.data = data
        process.clock.now += HOUR
        failed = await process.refresh(made.id)
        assert failed is not None
        assert said in (failed.error or "")
        assert (failed.fetched_at, failed.tried_at) == (NINE, process.clock.now)
        assert process.booking.closed == {made.source: BUSY}
    process.server.data = calendar()
    mended = await process.refresh(made.id)
    assert mended is not None
    assert mended.error is None
    assert process.booking.closed == {made.source: []}


async def test_what_cannot_be_read_is_asked_ever_less_often(process: Process) -> None:
    process.server.data = b"<html>"
    made = await process.follow()
    pauses = []
    for _ in range(8):
        await process.refresh(made.id)
        next_at = await process.database.fetch_value("select next_at from calendar.subscription")
        pauses.append((next_at - process.clock.now) / timedelta(minutes=1))
    assert pauses == [15, 30, 60, 120, 240, 360, 360, 360]
    process.server.data = calendar()
    await process.refresh(made.id)
    process.server.data = b"<html>"
    await process.refresh(made.id)
    assert await process.database.fetch_value("select unreadable from calendar.subscription") == 1


async def test_the_number_grows_with_what_is_said_and_not_with_asking(process: Process) -> None:
    process.server.data = calendar(MORNING)
    made = await process.follow()
    for _ in range(3):
        await process.refresh(made.id)
    process.server.data = calendar()
    await process.refresh(made.id)
    assert process.booking.numbers == [1, 1, 1, 2]


async def test_what_is_removed_opens_what_it_closed_and_is_forgotten(process: Process) -> None:
    process.server.data = calendar(MORNING)
    made = await process.follow()
    await process.refresh(made.id)
    await process.following.remove(ADMIN, made.id)
    asked = len(process.server.asked)
    assert await process.refresh(made.id) is None
    assert process.booking.closed == {made.source: []}
    assert process.booking.numbers[-1] > process.booking.numbers[0]
    assert len(process.server.asked) == asked
    assert await process.database.fetch_value("select count(*) from calendar.busy") == 0


async def test_a_calendar_that_is_removed_while_it_is_fetched_closes_nothing(process: Process) -> None:
    made = await process.follow()
    fetch = process.server.fetch

    async def removed_meanwhile(url: str, seen: object) -> object:
        await process.following.remove(ADMIN, made.id)
        return await fetch(url, seen)

    process.server.data = calendar(MORNING)
    process.server.fetch = removed_meanwhile
    await process.refresh(made.id)
    assert process.booking.closed == {made.source: []}
