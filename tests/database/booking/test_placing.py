"""Placing in batches: winners, losers and known keys side by side, all or none of several, and lost connections."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
import pytest_asyncio

from berth.app.data_dir import Secrets
from berth.app.database import open_doors
from berth.app.modules import modules
from berth.app.settings import Settings
from berth.kit.db import Database, DatabaseAway
from berth.kit.outbox.pace import Bell
from berth.kit.outbox.write import Outbox
from berth.modules.booking.domain.life.asking import Visit
from berth.modules.booking.domain.reservation import Occupied, Reservation
from berth.modules.booking.store import placing as store
from berth.modules.booking.store.placing import Placement
from berth.modules.booking.usecases.placing import Outcome, Placer

NINE = datetime(2031, 3, 3, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest_asyncio.fixture(loop_scope="session")
async def database(empty_url: str, settings: Settings, secrets: Secrets) -> AsyncIterator[Database]:
    everything = modules(settings, secrets)
    async with open_doors(empty_url, everything, secrets, connections_max=3, own_roles=True) as doors:
        yield doors.of("booking")


@contextlib.asynccontextmanager
async def placing(database: Database) -> AsyncIterator[Placer]:
    placer = Placer(database, Outbox("booking", Bell()))
    task = asyncio.create_task(placer.run())
    try:
        yield placer
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def placement(id_: int, *resource_ids: int, start: datetime = NINE, key: str | None = None) -> Placement:
    """An hour's reservation that fits the columns; what it says is of no matter here."""
    reservation = Reservation(
        id_, "ready", 1, 1, "Seminar", None, start, start + HOUR, resource_ids, 1, None, datetime.now(UTC)
    )
    occupied = tuple(Occupied(one, start, start + HOUR) for one in resource_ids)
    return Placement(reservation, Visit(15, None), occupied, "{}", None, f"answer {id_}", key, b"f" if key else None)


async def rows(database: Database) -> tuple[list[int], list[int], list[str], int]:
    """The reservations, the occupants of allocations, the keys, and the number of events."""
    reserved = await database.fetch("select id from booking.reservation order by id")
    allocated = await database.fetch("select occupant_id from booking.allocation order by occupant_id")
    keys = await database.fetch("select key from booking.idempotency order by key")
    events = await database.fetch_value("select count(*) from booking.outbox")
    return (
        [row["id"] for row in reserved],
        [row["occupant_id"] for row in allocated],
        [row["key"] for row in keys],
        events,
    )


async def test_a_batch_of_free_slots_is_placed_whole(database: Database) -> None:
    async with database.connection() as connection:
        await store.place_all(
            connection, [placement(1, 10, key="a"), placement(2, 11), placement(3, 10, start=NINE + HOUR)]
        )
    assert await rows(database) == ([1, 2, 3], [1, 2, 3], ["a"], 3)


@pytest.mark.parametrize("spoiler", [placement(2, 10, start=NINE + HOUR / 2), placement(2, 11, key="a")])
async def test_one_taken_slot_or_key_keeps_the_whole_batch_out(database: Database, spoiler: Placement) -> None:
    async with database.connection() as connection:
        with pytest.raises(asyncpg.IntegrityConstraintViolationError):
            await store.place_all(connection, [placement(1, 10, key="a"), spoiler])
    assert await rows(database) == ([], [], [], 0)


async def test_of_those_that_arrive_together_each_gets_its_own_answer(database: Database) -> None:
    async with placing(database) as placer:
        assert await placer.place(placement(1, 10, key="known")) is Outcome.PLACED
        together = [
            placement(2, 10),
            placement(3, 11),
            placement(4, 11, start=NINE + HOUR / 2),
            placement(5, 12, key="known"),
            placement(6, 13, key="new"),
        ]
        outcomes = await asyncio.gather(*(placer.place(one) for one in together))
    assert outcomes == [Outcome.BUSY, Outcome.PLACED, Outcome.BUSY, Outcome.KEY_KNOWN, Outcome.PLACED]
    assert await rows(database) == ([1, 3, 6], [1, 3, 6], ["known", "new"], 3)


async def test_several_resources_are_placed_together_or_not_at_all(database: Database) -> None:
    async with placing(database) as placer:
        assert await placer.place(placement(1, 11)) is Outcome.PLACED
        assert await placer.place(placement(2, 10, 11, 12, key="a")) is Outcome.BUSY
        assert await placer.place(placement(3, 10, 12)) is Outcome.PLACED
    assert await rows(database) == ([1, 3], [1, 3, 3], [], 2)


async def test_a_slot_wanted_by_fifty_goes_to_one(database: Database) -> None:
    async with placing(database) as placer:
        outcomes = await asyncio.gather(*(placer.place(placement(id_, 10)) for id_ in range(1, 51)))
    assert sorted(one.name for one in outcomes) == ["BUSY"] * 49 + ["PLACED"]


async def test_two_processes_that_want_the_same_slots_share_them_without_an_overlap(database: Database) -> None:
    async with placing(database) as here, placing(database) as there:
        wanted = [
            (placer, placement(id_ * 2 + side, id_))
            for id_ in range(1, 21)
            for side, placer in enumerate((here, there))
        ]
        outcomes = await asyncio.gather(*(placer.place(one) for placer, one in wanted))
    assert [outcomes.count(one) for one in (Outcome.PLACED, Outcome.BUSY)] == [20, 20]


class LosesAnswers(Database):
    """A database whose connection is lost after a statement has committed, for the first ``times`` times."""

    def __init__(self, database: Database, times: int) -> None:
        super().__init__(database._pool)
        self.times = times

    @contextlib.asynccontextmanager
    async def connection(self) -> AsyncIterator[asyncpg.Connection]:
        async with super().connection() as connection:
            yield connection
        if self.times:
            self.times -= 1
            raise DatabaseAway("the connection was lost")


@pytest.mark.parametrize("times", [1, 2, 3])
async def test_what_had_committed_when_its_answer_was_lost_is_told_as_placed(database: Database, times: int) -> None:
    async with placing(database) as placer:
        assert await placer.place(placement(1, 10)) is Outcome.PLACED
    async with placing(LosesAnswers(database, times)) as placer:
        together = [placement(2, 10), placement(3, 11, key="a"), placement(4, 12)]
        outcomes = await asyncio.gather(*(placer.place(one) for one in together))
    assert outcomes == [Outcome.BUSY, Outcome.PLACED, Outcome.PLACED]
    assert await rows(database) == ([1, 3, 4], [1, 3, 4], ["a"], 3)


async def test_several_resources_whose_answer_was_lost_are_told_as_placed(database: Database) -> None:
    async with placing(LosesAnswers(database, 1)) as placer:
        assert await placer.place(placement(1, 10, 11)) is Outcome.PLACED
    assert await rows(database) == ([1], [1, 1], [], 1)
