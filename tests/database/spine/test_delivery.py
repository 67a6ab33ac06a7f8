"""Events reach every group that listens once in effect, in the order of their subject, whatever fails."""

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime

from berth.kit.db import Connection
from berth.kit.inbox import parcels
from berth.kit.inbox import store as inbox
from berth.kit.inbox.worker import Worker
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.pace import Bell, Courtesy
from berth.kit.outbox.relay import load
from berth.kit.outbox.subscription import each
from berth.kit.telemetry.watch import Watch
from tests.database.spine.conftest import EVERYTHING, HORNS, Harbour, HornSounded, ShipSighted, in_order

Dead = Callable[[], Awaitable[Sequence[Mapping[str, object]]]]


async def test_each_group_gets_what_it_wants(harbour: Harbour) -> None:
    async with harbour.spine():
        await harbour.sight(ShipSighted(1, 0), HornSounded(1, 1), ShipSighted(2, 0))
        await harbour.settled(3)
        await harbour.settled(1, HORNS)
    assert in_order(await harbour.effects())
    assert [one["place"] for one in await harbour.effects(HORNS)] == [1]


async def test_events_written_before_anybody_listened_are_handled(harbour: Harbour) -> None:
    await harbour.sight(*(ShipSighted(1, place) for place in range(1000)))
    async with harbour.spine():
        await harbour.settled(1000)
    assert in_order(await harbour.effects())


async def test_what_rolls_back_tells_nobody(harbour: Harbour) -> None:
    async with harbour.spine():
        with contextlib.suppress(RuntimeError):
            async with harbour.database.transaction() as connection:
                await harbour.outbox.write(connection, [ShipSighted(1, 0)])
                raise RuntimeError
        await harbour.sight(ShipSighted(2, 0))
        await harbour.settled(1)
    assert [one["subject"] for one in await harbour.effects()] == ["ship/2"]


async def test_an_event_that_commits_behind_a_later_one_is_not_passed_over(harbour: Harbour) -> None:
    async with harbour.spine():
        async with harbour.database.transaction() as slow:
            await harbour.outbox.write(slow, [ShipSighted(1, 0)])
            await harbour.sight(ShipSighted(2, 0))
            await harbour.settled(1)
        await harbour.settled(2)
    assert in_order(await harbour.effects())


async def test_an_event_is_handled_within_milliseconds(harbour: Harbour) -> None:
    async with harbour.spine():
        await harbour.sight(ShipSighted(1, 0))
        await harbour.settled(1)
        began = asyncio.get_running_loop().time()
        await harbour.sight(ShipSighted(1, 1))
        await harbour.settled(2)
        # Without the bell it would be half of the idle second on average.
        assert asyncio.get_running_loop().time() - began < 0.4


async def test_an_event_of_a_long_transaction_is_handled_as_soon_as_that_commits(harbour: Harbour) -> None:
    async with harbour.spine():
        await harbour.sight(ShipSighted(1, 0))
        await harbour.settled(1)
        async with harbour.database.transaction() as connection:
            await harbour.outbox.write(connection, [ShipSighted(1, 1)])
            await asyncio.sleep(0.28)
        began = asyncio.get_running_loop().time()
        await harbour.settled(2)
        assert asyncio.get_running_loop().time() - began < 0.15


async def test_what_was_handed_on_before_there_was_a_broker_is_handled_behind_what_it_brings(harbour: Harbour) -> None:
    await harbour.sight(ShipSighted(1, 0), ShipSighted(1, 1), ShipSighted(2, 0))
    bell, handled, went_on = Bell(), [], asyncio.Event()
    numbers = [row["id"] for row in await harbour.database.fetch("select id from harbour.outbox order by id")]
    early, late, brought = await load(harbour.database, "harbour", numbers)

    async def handle(_: Connection, envelopes: Sequence[Envelope]) -> None:
        handled.extend(one.number for one in envelopes)
        if len(handled) == len(numbers):
            went_on.set()

    worker = Worker(
        database=harbour.database,
        schema="pilots",
        group="logbook",
        handle=handle,
        load=lambda source, numbers: load(harbour.database, source, numbers),
        bell=bell,
        courtesy=Courtesy(),
        clock=lambda: datetime.now(UTC),
        retries=harbour.retries,
        watch=Watch(),
        rung_for_inbox=True,
    )
    working = asyncio.ensure_future(worker.run())
    await asyncio.sleep(0.1)
    await harbour.database.execute(
        """
        insert into pilots.parcel (group_name, source, numbers)
        values ('logbook', 'harbour', $1::bigint[]), ('logbook', 'harbour', $2::bigint[])
        """,
        [early.number],
        [late.number],
    )
    await inbox.store(harbour.database, "pilots", "logbook", [brought])
    bell.ring()
    async with asyncio.timeout(5):
        await went_on.wait()
    working.cancel()
    assert handled == [brought.number, early.number, late.number]


async def test_who_is_behind_handles_many_small_parcels_together(harbour: Harbour) -> None:
    batches: list[int] = []

    async def slowly(connection: Connection, envelopes: Sequence[Envelope]) -> None:
        batches.append(len(envelopes))
        if len(batches) == 1:
            await trickled.wait()
        await harbour.log(connection, envelopes)

    trickled = asyncio.Event()
    harbour.handlers[EVERYTHING.name] = slowly
    async with harbour.spine():
        for place in range(20):
            await harbour.sight(ShipSighted(1, place))
            await until_published(harbour, place + 1)
        trickled.set()
        await harbour.settled(20)
    assert sum(batches) == 20
    assert len(batches) <= 3
    assert in_order(await harbour.effects())


async def test_a_group_that_lets_events_gather_handles_the_first_at_once_and_the_rest_together(
    harbour: Harbour,
) -> None:
    batches: list[int] = []

    async def count(connection: Connection, envelopes: Sequence[Envelope]) -> None:
        batches.append(len(envelopes))
        await harbour.log(connection, envelopes)

    harbour.handlers[EVERYTHING.name] = count
    harbour.gather_seconds = 1.0
    async with harbour.spine():
        await harbour.sight(ShipSighted(1, 0))
        await harbour.settled(1)
        for place in range(1, 10):
            await harbour.sight(ShipSighted(1, place))
            await until_published(harbour, place + 1)
        await harbour.settled(10)
    assert batches[0] == 1
    assert len(batches) <= 3
    assert in_order(await harbour.effects())


async def test_parcels_of_which_somebody_else_took_one_are_left_whole(harbour: Harbour) -> None:
    database = harbour.database
    await database.execute(
        """
        insert into pilots.parcel (group_name, source, numbers)
        values ('logbook', 'harbour', '{1}'), ('logbook', 'harbour', '{2}')
        """
    )
    waiting = (await parcels.look(database, "pilots", "logbook", [])).parcels
    assert [list(one.numbers) for one in waiting] == [[1], [2]]
    async with database.transaction() as connection:
        assert await parcels.take(connection, "pilots", "logbook", waiting[:1])
    async with database.transaction() as connection:
        assert not await parcels.take(connection, "pilots", "logbook", waiting)


async def until_published(harbour: Harbour, count: int) -> None:
    """Return when so many events were handed on."""
    sql = "select count(*) from harbour.outbox where published_at is not null"
    async with asyncio.timeout(10):
        while True:
            if await harbour.database.fetch_value(sql) >= count:
                return
            await asyncio.sleep(0.005)


async def test_a_poisonous_event_holds_up_nobody_and_ends_among_the_dead(harbour: Harbour, dead: Dead) -> None:
    async def choke(connection: Connection, envelope: Envelope) -> None:
        if envelope.subject == "ship/13" and envelope.members()["place"] == 1:
            raise ValueError("a ship of ill omen")
        await harbour.log(connection, [envelope])

    harbour.handlers[EVERYTHING.name] = each(choke)
    async with harbour.spine():
        await harbour.sight(*(ShipSighted(ship, place) for place in range(3) for ship in (12, 13, 14)))
        await harbour.settled(8)
        [letter] = await dead()
    assert (letter["group_name"], letter["subject"], letter["attempts"]) == ("logbook", "ship/13", 3)
    assert "ill omen" in str(letter["error"])
    handled = [one["place"] for one in await harbour.effects() if one["subject"] == "ship/13"]
    assert handled == [0, 2]


async def test_later_events_of_a_subject_wait_for_the_one_that_fails(harbour: Harbour, dead: Dead) -> None:
    failures = 3  # of the parcel, of the batch, and of the event alone

    async def stumble(connection: Connection, envelope: Envelope) -> None:
        nonlocal failures
        if envelope.subject == "ship/1" and envelope.members()["place"] == 0 and failures:
            failures -= 1
            raise ValueError("not yet")
        await harbour.log(connection, [envelope])

    harbour.handlers[EVERYTHING.name] = each(stumble)
    async with harbour.spine():
        await harbour.sight(*(ShipSighted(ship, place) for place in range(5) for ship in (1, 2)))
        await harbour.settled(10)
    assert in_order(await harbour.effects())
    assert list(await dead()) == []
    assert [one["subject"] for one in await harbour.effects()][:5] == ["ship/2"] * 5


async def test_an_effect_is_undone_with_the_failure_that_follows_it(harbour: Harbour) -> None:
    failures = 1

    async def write_then_fail(connection: Connection, envelopes: Sequence[Envelope]) -> None:
        nonlocal failures
        await harbour.log(connection, envelopes)
        if failures:
            failures -= 1
            raise ValueError("after the effect")

    harbour.handlers[EVERYTHING.name] = write_then_fail
    async with harbour.spine():
        await harbour.sight(*(ShipSighted(1, place) for place in range(5)))
        await harbour.settled(5)
    assert in_order(await harbour.effects())
    assert len(await harbour.effects()) == 5


async def test_two_processes_and_lost_connections_handle_each_event_once(harbour: Harbour, dead: Dead) -> None:
    ships, places = 20, 15

    async def write() -> None:
        for place in range(places):
            for ship in range(ships):
                await harbour.sight(ShipSighted(ship, place))
                await asyncio.sleep(0)

    async def disturb() -> None:
        while True:
            await asyncio.sleep(random.uniform(0.02, 0.1))
            # Locks of leadership among them: they are what the two processes compete for.
            await harbour.database.execute(
                """
                select pg_terminate_backend(pid)
                from pg_locks
                where locktype = 'advisory'
                  and database = (select oid from pg_database where datname = current_database())
                  and pid <> pg_backend_pid()
                limit 1
                """
            )

    async with harbour.spine(), harbour.spine():
        disturbing = asyncio.create_task(disturb())
        await write()
        disturbing.cancel()
        await harbour.settled(ships * places, seconds_max=20)
        await asyncio.sleep(0.2)
    effects = await harbour.effects()
    assert len(effects) == ships * places
    assert in_order(effects)
    assert list(await dead()) == []


async def test_one_group_that_fails_does_not_hold_up_the_other(harbour: Harbour) -> None:
    async def refuse(connection: Connection, envelopes: Sequence[Envelope]) -> None:
        raise ValueError("never")

    harbour.handlers[HORNS.name] = refuse
    async with harbour.spine():
        await harbour.sight(*(HornSounded(1, place) for place in range(3)))
        await harbour.settled(3)
    assert list(await harbour.effects(HORNS)) == []
