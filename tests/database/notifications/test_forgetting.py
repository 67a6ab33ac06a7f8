"""Old notifications go: those that were read after a while, those that nobody read after a year."""

from datetime import timedelta

import pytest

from berth.modules.notifications.store import reading
from tests.database.notifications.conftest import ADA, NINE, Process, reserved

DAY = timedelta(days=1)


async def test_what_was_read_goes_first_and_what_was_not_stays_for_a_year(process: Process) -> None:
    await process.tell(reserved(1), reserved(2), reserved(3, time=NINE + 200 * DAY))
    newest = (await process.about(ADA))[0]
    await process.centre.read(ADA, await oldest_id(process))

    process.clock.now = NINE + 90 * DAY
    await process.centre.forget(90)
    assert len(await process.about(ADA)) == 3
    process.clock.now = NINE + 91 * DAY
    await process.centre.forget(90)
    assert await process.about(ADA) == [newest, "reservation/2"]
    process.clock.now = NINE + 366 * DAY
    await process.centre.forget(90)
    assert await process.about(ADA) == [newest]


async def test_one_that_was_read_late_is_kept_from_then_on(process: Process) -> None:
    await process.tell(reserved(1))
    process.clock.now = NINE + 200 * DAY
    await process.centre.read(ADA, await oldest_id(process))
    await process.centre.forget(90)
    assert await process.about(ADA) == ["reservation/1"]


async def test_however_many_there_are_they_all_go(process: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "FORGET_AT_ONCE_MAX", 2)
    await process.tell(*[reserved(id_) for id_ in range(1, 6)])
    process.clock.now = NINE + 400 * DAY
    await process.centre.forget(90)
    assert await process.about(ADA) == []


async def oldest_id(process: Process) -> int:
    found: int = await process.database.fetch_value("select min(id) from notifications.notification")
    return found
