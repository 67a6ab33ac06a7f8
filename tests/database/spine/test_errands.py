"""Errands are done after the change that wants them has committed, at least once, and settled once."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from berth.kit.db import Connection
from berth.kit.errand.runner import Settle
from berth.kit.errand.store import Errand
from tests.database.spine.conftest import Harbour


class Calls:
    """Stands for the world outside: notes who called, and fails as often as it is told to."""

    def __init__(self, harbour: Harbour, failures: int = 0) -> None:
        self.made: list[str] = []
        self.settled: list[str] = []
        self.open = asyncio.Event()
        self.open.set()
        self._failures = failures
        harbour.errand_handlers["call"] = self.call

    async def call(self, errand: Errand) -> Settle:
        said = f"{errand.key} {errand.data.get('word', '')}".strip()
        self.made.append(said)
        await self.open.wait()
        if len(self.made) <= self._failures:
            raise ConnectionError("nobody answers")

        async def settle(connection: Connection) -> None:
            await connection.execute("select 1")
            self.settled.append(said)

        return settle


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while True:
            if condition():
                return
            await asyncio.sleep(0.01)


async def waiting(harbour: Harbour) -> list[tuple[str, int, bool]]:
    rows = await harbour.database.fetch("select key, attempts, given_up_at from pilots.errand order by key")
    return [(row["key"], row["attempts"], row["given_up_at"] is not None) for row in rows]


async def until_forgotten(harbour: Harbour) -> None:
    async with asyncio.timeout(5):
        while True:
            if not await waiting(harbour):
                return
            await asyncio.sleep(0.01)


async def ask(harbour: Harbour, key: str, word: str = "", **more: datetime) -> None:
    async with harbour.database.transaction() as connection:
        await harbour.errands.ask(connection, key, "call", {"word": word}, **more)


async def test_an_errand_is_done_once_and_forgotten(harbour: Harbour) -> None:
    calls = Calls(harbour)
    async with harbour.spine():
        await ask(harbour, "lock/1", "open")
        await until(lambda: calls.settled)
        await asyncio.sleep(0.1)
    assert calls.made == calls.settled == ["lock/1 open"]
    assert await waiting(harbour) == []


async def test_one_of_a_change_that_is_rolled_back_is_never_done(harbour: Harbour) -> None:
    calls = Calls(harbour)
    async with harbour.spine():
        try:
            async with harbour.database.transaction() as connection:
                await harbour.errands.ask(connection, "lock/1", "call")
                raise ConnectionError
        except ConnectionError:
            pass
        await asyncio.sleep(0.2)
    assert calls.made == []


async def test_what_fails_is_done_again_and_at_last_given_up(harbour: Harbour) -> None:
    calls = Calls(harbour, failures=4)
    async with harbour.spine():
        await ask(harbour, "lock/1")
        await until(lambda: len(calls.made) == 3)
        await asyncio.sleep(0.3)
        assert await waiting(harbour) == [("lock/1", 3, True)]
        await ask(harbour, "lock/1")
        await until(lambda: calls.settled)
        await until_forgotten(harbour)
    assert len(calls.made) == 5


async def test_one_asked_for_while_its_like_is_under_way_is_done_after_it(harbour: Harbour) -> None:
    calls = Calls(harbour)
    calls.open.clear()
    async with harbour.spine():
        await ask(harbour, "lock/1", "open")
        await until(lambda: calls.made)
        await ask(harbour, "lock/1", "close")
        await asyncio.sleep(0.1)
        assert calls.made == ["lock/1 open"]
        calls.open.set()
        await until(lambda: len(calls.settled) == 2)
        await until_forgotten(harbour)
    assert calls.settled == ["lock/1 open", "lock/1 close"]


async def test_one_that_is_slow_holds_up_no_other_and_a_later_one_waits_for_its_time(harbour: Harbour) -> None:
    calls = Calls(harbour)
    calls.open.clear()
    async with harbour.spine():
        await ask(harbour, "lock/1")
        await ask(harbour, "lock/2")
        await ask(harbour, "lock/3", due_at=datetime.now(UTC) + timedelta(seconds=0.4))
        await until(lambda: len(calls.made) == 2)
        assert set(calls.made) == {"lock/1", "lock/2"}
        calls.open.set()
        await until(lambda: len(calls.settled) == 3)
    assert calls.settled[-1] == "lock/3"


async def test_an_errand_cut_off_is_done_again_by_the_next_process(harbour: Harbour) -> None:
    calls = Calls(harbour)
    calls.open.clear()
    async with harbour.spine():
        await ask(harbour, "lock/1")
        await until(lambda: calls.made)
    calls.open.set()
    async with harbour.spine():
        await until(lambda: calls.settled)
    assert calls.made == ["lock/1", "lock/1"]
    assert calls.settled == ["lock/1"]
