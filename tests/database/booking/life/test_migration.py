"""Reservations made before there were endings end, each once and with its history."""

from importlib.resources import files

from berth.kit.db import Database
from tests.database.booking.calendar import HOUR, occupy
from tests.database.booking.life.conftest import Process

ENDINGS = files("berth.modules.booking") / "migrations" / "0004_post_endings.sql"


async def migrate(database: Database) -> None:
    async with database.transaction() as connection:
        await connection.execute("set local search_path = booking")
        await connection.execute(ENDINGS.read_text())


async def test_old_reservations_have_ended_and_coming_ones_will(process: Process) -> None:
    now = await process.database.fetch_value("select date_trunc('hour', now())")
    await occupy(process.database, 101, 1, now - 3 * HOUR, now - 2 * HOUR)
    await occupy(process.database, 102, 1, now + 2 * HOUR, now + 3 * HOUR)
    await occupy(process.database, 103, 1, now - 24 * HOUR, now - 23 * HOUR, active=False)
    await process.database.execute("update booking.reservation set state = 'cancelled' where id = 103")
    await process.database.execute("select setval('booking.occupant_id_seq', 200)")
    for _ in range(2):
        await migrate(process.database)
    rows = await process.database.fetch("select id, state, version from booking.reservation order by id")
    assert [tuple(row) for row in rows] == [(101, "finished", 2), (102, "ready", 1), (103, "cancelled", 1)]
    changes = await process.database.fetch("select reservation_id, version, what from booking.reservation_change")
    assert [tuple(row) for row in changes] == [(101, 2, "finished")]
    timers = await process.database.fetch("select key, due_at from booking.timer")
    assert [tuple(row) for row in timers] == [("reservation/102", now + 3 * HOUR)]
    process.clock.now = now
    await process.pass_all_time()
    assert await process.state(102) == "finished"
