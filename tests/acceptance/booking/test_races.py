"""Changes that meet inside the database: one waits for the other, and nothing of either is lost."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest
import pytest_asyncio

from tests.acceptance.booking.conftest import NewRoom, reserve, slot, told
from tests.acceptance.conftest import Caller


@pytest_asyncio.fixture(loop_scope="session")
async def database(fresh_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(fresh_url)
    yield connection
    connection.terminate()


async def waiting(database: asyncpg.Connection, count: int) -> None:
    """Wait until so many statements wait for a lock."""
    question = """
    select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()
    """
    async with asyncio.timeout(5):
        while await database.fetchval(question) < count:
            await database.execute("select pg_stat_clear_snapshot()")
            await asyncio.sleep(0.005)


async def occupy(database: asyncpg.Connection, occupant: int, room: int, start: str, end: str) -> None:
    times = slot(start, end)
    await database.execute(
        "insert into booking.allocation (occupant_id, resource_id, kind, occupies)"
        f" values ($1, $2, 'blackout', tstzrange('{times['start']}', '{times['end']}'))",
        occupant,
        room,
    )


async def test_a_move_to_another_room_and_one_to_another_time_at_once_are_both_kept(
    user: Caller, new_room: NewRoom, database: asyncpg.Connection
) -> None:
    here, there = await new_room(), await new_room()
    made = await reserve(user, here, "09:00", "10:00")
    path = f"reservations/{made['id']}"
    async with database.transaction():
        await database.execute("select from booking.reservation where id = $1 for update", made["id"])
        to_room = asyncio.create_task(user.patch(path, {"resource_ids": [there]}))
        await waiting(database, 1)
        to_time = asyncio.create_task(user.patch(path, slot("11:00", "12:00")))
        await waiting(database, 2)
    # Either may be the first; what is shown is how it stands by then, and may be the other's change, too.
    assert sorted([told(await one, 200)["version"] for one in (to_room, to_time)]) in ([2, 3], [3, 3])
    now = told(await user.get(path), 200)
    assert [one["id"] for one in now["resources"]] == [there]
    assert now["start"] == "2031-03-03T11:00:00Z"
    await reserve(user, here, "09:00", "12:00")


@pytest.mark.parametrize("what", ["blackout", "reservation", "move"])
async def test_whoever_loses_a_deadlock_tries_again(
    what: str, admin: Caller, user: Caller, new_room: NewRoom, database: asyncpg.Connection
) -> None:
    # Whoever has waited for a second looks for a deadlock, once. Where the test is slower than that, it is the one who
    # finds it later on, and who loses; then it is done again.
    await database.execute("set deadlock_timeout = '3s'")
    for _ in range(5):
        rooms = sorted([await new_room(), await new_room(), await new_room()])
        other = database.transaction()
        await other.start()
        await occupy(database, 2**40 + rooms[0], rooms[1], "09:00", "10:00")
        sent = await sending(what, admin, user, rooms)
        await waiting(database, 1)
        lost = False
        try:
            await occupy(database, 2**40 + rooms[1], rooms[0], "09:00", "10:00")
        except asyncpg.DeadlockDetectedError:
            lost = True
        await other.rollback()
        answer = await sent
        assert answer.status_code in (200, 201), answer.text
        if not lost:
            return
    raise AssertionError("the test itself lost every deadlock")


async def sending(what: str, admin: Caller, user: Caller, rooms: list[int]) -> "asyncio.Task[httpx.Response]":
    """Ask for the first two rooms at once, in one of three ways."""
    first, second, third = rooms
    times = slot("09:00", "10:00")
    if what == "blackout":
        wanted = {"resource_ids": [first, second], "reason": "Painting"}
        return asyncio.create_task(admin.post("blackouts", wanted | times))
    if what == "reservation":
        return asyncio.create_task(user.post("reservations", {"resource_ids": [first, second]} | times))
    made = await reserve(user, third, "09:00", "10:00")
    return asyncio.create_task(user.patch(f"reservations/{made['id']}", {"resource_ids": [first, second]}))
