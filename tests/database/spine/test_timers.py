"""Timers fall due once, in their order, and not at all once they are cancelled."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from berth.kit.db import Connection
from berth.kit.outbox.event import Envelope
from tests.database.spine.conftest import Harbour


def soon(seconds: float) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)


class Alarms:
    """Notes what fell due."""

    def __init__(self, harbour: Harbour) -> None:
        self.rung: list[str] = []
        harbour.timer_handlers["alarm"] = self.ring

    async def ring(self, connection: Connection, envelopes: Sequence[Envelope]) -> None:
        self.rung += [f"{one.subject} {one.members().get('word', '')}".strip() for one in envelopes]

    async def until(self, count: int) -> None:
        async with asyncio.timeout(5):
            while True:
                if len(self.rung) >= count:
                    return
                await asyncio.sleep(0.01)


async def test_timers_fall_due_in_their_order(harbour: Harbour) -> None:
    alarms = Alarms(harbour)
    async with harbour.spine():
        async with harbour.database.transaction() as connection:
            await harbour.timers.set(connection, "late", soon(0.15), "alarm")
            await harbour.timers.set(connection, "early", soon(0.05), "alarm", {"word": "up"})
        assert alarms.rung == []
        await alarms.until(2)
    assert alarms.rung == ["early up", "late"]


async def test_a_timer_set_anew_falls_due_once_and_then(harbour: Harbour) -> None:
    alarms = Alarms(harbour)
    async with harbour.spine():
        async with harbour.database.transaction() as connection:
            await harbour.timers.set(connection, "one", soon(5), "alarm", {"word": "first"})
        async with harbour.database.transaction() as connection:
            await harbour.timers.set(connection, "one", soon(0.1), "alarm", {"word": "second"})
        await alarms.until(1)
        await asyncio.sleep(0.1)
    assert alarms.rung == ["one second"]


async def test_a_cancelled_timer_is_silent(harbour: Harbour) -> None:
    alarms = Alarms(harbour)
    async with harbour.spine():
        async with harbour.database.transaction() as connection:
            await harbour.timers.set(connection, "wrong", soon(0.8), "alarm")
            await harbour.timers.set(connection, "right", soon(1), "alarm")
        async with harbour.database.transaction() as connection:
            await harbour.timers.cancel(connection, "wrong")
        await alarms.until(1)
    assert alarms.rung == ["right"]


async def test_a_key_can_be_used_again_after_it_fell_due(harbour: Harbour) -> None:
    alarms = Alarms(harbour)
    async with harbour.spine():
        for round_ in (1, 2):
            async with harbour.database.transaction() as connection:
                await harbour.timers.set(connection, "again", soon(0), "alarm")
            await alarms.until(round_)
    assert alarms.rung == ["again", "again"]


async def test_timers_that_fell_due_while_nobody_ran_ring_at_the_start(harbour: Harbour) -> None:
    alarms = Alarms(harbour)
    async with harbour.database.transaction() as connection:
        await harbour.timers.set(connection, "missed", soon(-60), "alarm")
    async with harbour.spine():
        await alarms.until(1)
    assert alarms.rung == ["missed"]


async def test_a_timer_without_a_handler_becomes_a_dead_letter(harbour: Harbour) -> None:
    Alarms(harbour)
    async with harbour.spine():
        async with harbour.database.transaction() as connection:
            await harbour.timers.set(connection, "stray", soon(0), "unheard of")
        async with asyncio.timeout(5):
            while True:
                if await harbour.database.fetch_value("select count(*) from pilots.dead_letter"):
                    return
                await asyncio.sleep(0.02)
